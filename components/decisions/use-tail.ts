"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { type Failure, failureOf } from "@/components/rpc/failure";
import type { DecisionFilter, DecisionPage } from "@/server/policies/decision-contract";
import { type Tail, tailOf, withAllShown, withArrivals } from "./tail";

const LOOK_EVERY_MS = 2_000;
/** So many may come between two looks; of more, the newest page alone is shown. */
const MOST_AT_ONCE = 200;

type Options = {
  readonly filter: DecisionFilter;
  readonly page: DecisionPage;
  /** Older pages stand still. */
  readonly isNewest: boolean;
  readonly isLive: boolean;
  /** Whether rows would move under the reader's eyes now. */
  readonly isRead: () => boolean;
};

/** The list, and what came since it was read. While it is live and nobody reads in it, what comes is shown at once. */
export function useTail({ filter, page, isNewest, isLive, isRead }: Options) {
  const client = useTRPCClient();
  const [tail, setTail] = useState<Tail>(() => tailOf(page));
  const [seen, setSeen] = useState(page);
  const [failure, setFailure] = useState<Failure>();

  // The page was read again, because a decision was opened: what came since waits, like all else that comes.
  if (seen !== page) {
    setSeen(page);
    if (isNewest) setTail(withArrivals(tail, page, isTorn(tail, page) ? "leaves a gap" : "goes on"));
  }

  const look = useEffectEvent(async (): Promise<boolean> => {
    try {
      const came = await client.decisions.list.query({ ...filter, after: tail.newest, limit: MOST_AT_ONCE });
      const isTooMany = came.rows.length === MOST_AT_ONCE;
      const arrivals = isTooMany ? await client.decisions.list.query(filter) : came;
      const isHeld = isRead();
      setTail((current) => {
        const next = withArrivals(current, arrivals, isTooMany ? "leaves a gap" : "goes on");
        return isHeld ? next : withAllShown(next);
      });
      setFailure(undefined);
      return true;
    } catch (error) {
      const failed = failureOf(error);
      setFailure(failed);
      return failed.code === "network";
    }
  });

  const isFollowed = isLive && isNewest;
  useEffect(() => {
    if (!isFollowed) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const again = async () => {
      const goesOn = document.hidden || (await look());
      if (goesOn && !isOver) timer = setTimeout(() => void again(), LOOK_EVERY_MS);
    };
    void again();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isFollowed]);

  return { tail, failure: isFollowed ? failure : undefined, show: () => setTail(withAllShown(tail)) };
}

/** Whether more came than the page that was read again holds. */
function isTorn({ newest }: Tail, { rows, next }: DecisionPage): boolean {
  const oldest = rows.at(-1);
  return next !== null && oldest !== undefined && oldest.seq > newest;
}
