"use client";

import { useEffect, useState } from "react";
import type { Failure } from "@/components/rpc/failure";

/** Seconds that the person must still wait after a failure that slows them down; 0 when they may go on. */
export function useWait(failure: Failure | undefined): number {
  const [left, setLeft] = useState(0);

  useEffect(() => {
    const seconds = failure?.facts["retryAfterSeconds"];
    if (typeof seconds !== "number") {
      setLeft(0);
      return;
    }
    const end = performance.now() + seconds * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [failure]);

  return left;
}
