"use client";

import { useEffect, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import type { CheckResult, PolicyChange } from "@/server/policies/contract";

/** What the server says of changes, asked once for each set of them. */
export function useCheck(changes: readonly PolicyChange[]) {
  const client = useTRPCClient();
  const { run, failure } = useDeed();
  const [checked, setChecked] = useState<{ readonly of: string; readonly check: CheckResult }>();
  const of = JSON.stringify(changes);
  useEffect(() => {
    let isOver = false;
    const asked = JSON.parse(of) as PolicyChange[];
    if (asked.length === 0) return;
    void run(() => client.policies.check.mutate({ changes: asked })).then(
      (done) => !isOver && done && setChecked({ of, check: done.value }),
    );
    return () => {
      isOver = true;
    };
  }, [client, run, of]);
  return { check: checked?.of === of ? checked.check : undefined, failure };
}
