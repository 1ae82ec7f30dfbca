"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { type Failure, failureOf } from "@/components/rpc/failure";
import type { PolicyChange } from "@/server/policies/contract";
import type { GainsPage } from "@/server/policies/impact-contract";
import { addGains, addPage, NOTHING_REPLAYED, type Replayed } from "./merge";

/** So many decisions are decided again at most, the newest of the log. */
const MOST_DECISIONS = 100_000;

/** How far a draft's impact is known. */
export interface Impact {
  readonly isRunning: boolean;
  /** What was asked about; something else may have been typed since. */
  readonly changes: readonly PolicyChange[];
  readonly replayed: Replayed;
  /** Decisions that will be replayed. */
  readonly total: number;
  readonly identities: GainsPage["identities"];
  readonly asked: number;
  readonly of: number;
  readonly limits: readonly string[];
  readonly failure: Failure | null;
  /** When it was found out; null before. */
  readonly at: Date | null;
}

const NOT_YET: Impact = {
  ...{
    isRunning: false,
    changes: [],
    replayed: NOTHING_REPLAYED,
    total: 0,
    identities: [],
    asked: 0,
    of: 0,
    limits: [],
  },
  ...{ failure: null, at: null },
};

/** Finds out what some changes would do, page by page; another run, or leaving the page, ends the one before. */
export function useImpact(changes: readonly PolicyChange[]): Impact & { run(): void } {
  const client = useTRPCClient();
  const [impact, setImpact] = useState(NOT_YET);
  const runs = useRef(0);
  useEffect(() => () => void (runs.current += 1), []);

  const run = useCallback(async () => {
    runs.current += 1;
    const mine = runs.current;
    const isOver = () => runs.current !== mine;
    const show = (more: Partial<Impact>) => !isOver() && setImpact((before) => ({ ...before, ...more }));
    show({ ...NOT_YET, isRunning: true, changes });
    const all = [...changes];
    const replayLog = async () => {
      let [soFar, before] = [NOTHING_REPLAYED, null as number | null];
      do {
        const page = await client.policyImpact.replay.mutate({ changes: all, which: { order: "newest", before } });
        [soFar, before] = [addPage(soFar, page), page.next];
        show({ replayed: soFar, total: Math.min(page.total, MOST_DECISIONS) });
      } while (before !== null && soFar.replayed < MOST_DECISIONS && !isOver());
    };
    const askEverybody = async () => {
      let [soFar, after] = [[] as GainsPage["identities"], 0 as number | null];
      while (after !== null && !isOver()) {
        const page: GainsPage = await client.policyImpact.gains.mutate({ changes: all, after });
        [soFar, after] = [addGains(soFar, page), page.next];
        show({ identities: soFar, asked: page.asked, of: page.of, limits: page.limits });
      }
    };
    try {
      await replayLog();
      await askEverybody();
      show({ isRunning: false, at: new Date() });
    } catch (error) {
      show({ isRunning: false, failure: failureOf(error) });
    }
  }, [client, changes]);
  return { ...impact, run: () => void run() };
}
