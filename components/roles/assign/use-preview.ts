"use client";

import { useEffect, useState } from "react";
import { failureOf } from "@/components/rpc/failure";
import { useTRPCClient } from "@/components/rpc/client";
import type { AddGrantsInput, GrantPreview } from "@/server/roles/grant-contract";

/** What a grant would newly allow, as soon as nobody changed it for a moment; or why it cannot be asked, in words. */
export type Preview = GrantPreview & { readonly failure?: string };

const PAUSE_MS = 150;

/** Undefined while nothing is asked, or the answer is on its way. */
export function usePreview(wish: AddGrantsInput | undefined): Preview | undefined {
  const client = useTRPCClient();
  const [known, setKnown] = useState<{ readonly key: string; readonly preview: Preview }>();
  const key = wish ? JSON.stringify(wish) : "";

  useEffect(() => {
    if (key === "") return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const asked = JSON.parse(key, (name, value: unknown) =>
        name === "endsAt" && typeof value === "string" ? new Date(value) : value,
      ) as AddGrantsInput;
      client.grants.preview
        .mutate(asked, { signal: controller.signal })
        .then((preview) => setKnown({ key, preview }))
        .catch((error: unknown) => {
          if (controller.signal.aborted) return;
          setKnown({ key, preview: { holders: [], limits: [], failure: failureOf(error).message } });
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, key]);

  return known?.key === key ? known.preview : undefined;
}
