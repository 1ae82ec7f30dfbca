"use client";

import { useCallback, useEffect, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { type Failure, failureOf } from "@/components/rpc/failure";
import type { PolicyChange, TestResult } from "@/server/policies/contract";

/** The policy tests, with what becomes of them under the draft. */
export interface PolicyTests {
  /** Undefined until they were run once. */
  readonly results: readonly TestResult[] | undefined;
  readonly isRunning: boolean;
  readonly failure: Failure | undefined;
  /** Runs them again after one came or went. */
  readonly add: () => void;
}

/** A pause in typing, after which the tests are run. */
const PAUSE_MS = 700;

/** Runs the tests in the beginning, and again after each change that can be read. */
export function useTests(changes: readonly PolicyChange[], isReadable: "readable" | "not readable"): PolicyTests {
  const client = useTRPCClient();
  const [state, setState] = useState<Omit<PolicyTests, "add">>({
    results: undefined,
    isRunning: false,
    failure: undefined,
  });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    if (isReadable === "not readable") return;
    let isOver = false;
    const timer = setTimeout(
      async () => {
        setState((before) => ({ ...before, isRunning: true }));
        try {
          const results = await client.policyTests.run.mutate({ changes: [...changes] });
          if (!isOver) setState({ results, isRunning: false, failure: undefined });
        } catch (error) {
          if (!isOver) setState((before) => ({ ...before, isRunning: false, failure: failureOf(error) }));
        }
      },
      turn === 0 && changes.length === 0 ? 0 : PAUSE_MS,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, changes, isReadable, turn]);

  return { ...state, add: useCallback(() => setTurn((before) => before + 1), []) };
}
