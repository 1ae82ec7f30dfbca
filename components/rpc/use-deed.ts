"use client";

import { useCallback, useState } from "react";
import { type Failure, failureOf } from "./failure";

/** One thing that a form does: whether it is on its way, and how it failed last. */
export interface Deed {
  readonly isPending: boolean;
  readonly failure: Failure | undefined;
  /** Does it; answers undefined when it failed, and then `failure` says why. */
  run<T>(deed: () => Promise<T>): Promise<{ readonly value: T } | undefined>;
  /** Forgets the failure, for example when the person goes on typing. */
  clear(): void;
}

/** For the forms that write: one deed at a time, its failure kept to be shown. */
export function useDeed(): Deed {
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const run = useCallback(async <T>(deed: () => Promise<T>) => {
    setPending(true);
    setFailure(undefined);
    try {
      return { value: await deed() };
    } catch (error) {
      setFailure(failureOf(error));
      return undefined;
    } finally {
      setPending(false);
    }
  }, []);
  const clear = useCallback(() => setFailure(undefined), []);

  return { isPending, failure, run, clear };
}
