"use client";

import { useEffect, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { type Failure, failureOf } from "@/components/rpc/failure";
import type { PreviewRoleInput, RolePreview } from "@/server/roles/contract";

const PAUSE_MS = 250;

/** What the server says of a role as it is typed. */
export interface Preview {
  /** Of what was typed a moment ago, while the newest is on its way. */
  readonly preview: RolePreview | undefined;
  readonly isCurrent: boolean;
  readonly failure: Failure | undefined;
}

/** Asks what a role would be, once the typing pauses. */
export function usePreview(input: PreviewRoleInput): Preview {
  const client = useTRPCClient();
  const [answer, setAnswer] = useState<{ of: string; preview?: RolePreview; failure?: Failure }>();
  const of = JSON.stringify(input);

  useEffect(() => {
    let isOver = false;
    const asked = JSON.parse(of) as PreviewRoleInput;
    async function ask() {
      try {
        const preview = await client.roles.preview.mutate(asked);
        if (!isOver) setAnswer({ of, preview });
      } catch (error) {
        if (!isOver) setAnswer((before) => ({ ...before, of, failure: failureOf(error) }));
      }
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, of]);

  return { preview: answer?.preview, isCurrent: answer?.of === of, failure: answer?.failure };
}
