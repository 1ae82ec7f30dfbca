"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type Failure, failureOf } from "@/components/rpc/failure";
import type { TotpOffer } from "@/server/identities/contract";

/** The authenticator on offer: asked for when the form opens, and anew when it has ended. */
export function useOffer(make: () => Promise<TotpOffer>) {
  const [offer, setOffer] = useState<TotpOffer>();
  const [failure, setFailure] = useState<Failure>();
  const isAsked = useRef(false);

  const renew = useCallback(async () => {
    setFailure(undefined);
    setOffer(undefined);
    try {
      setOffer(await make());
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, [make]);

  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    void renew();
  }, [renew]);

  return { offer, failure, renew };
}
