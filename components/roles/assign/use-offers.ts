"use client";

import { useEffect, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import type { HolderInput, Offers } from "@/server/roles/grant-contract";

/** What could be given to somebody; undefined while nobody is chosen, or it is not known yet. */
export function useOffers(holder: HolderInput | undefined): Offers | undefined {
  const client = useTRPCClient();
  const [known, setKnown] = useState<{ readonly key: string; readonly offers: Offers }>();
  const key = holder ? `${holder.kind} ${holder.id}` : "";

  useEffect(() => {
    if (key === "") return undefined;
    const [kind = "", id = ""] = key.split(" ");
    const controller = new AbortController();
    client.grants.offers
      .query({ holder: { kind: kind === "team" ? "team" : "identity", id } }, { signal: controller.signal })
      .then((offers) => setKnown({ key, offers }))
      .catch(() => undefined);
    return () => controller.abort();
  }, [client, key]);

  return known?.key === key ? known.offers : undefined;
}
