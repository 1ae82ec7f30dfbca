"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { useTRPCClient } from "@/components/rpc/client";
import { type Failure, failureOf } from "@/components/rpc/failure";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { formatCount, formatInstant, plural } from "@/components/ui/format";
import type { DraftDetail, PolicyChange } from "@/server/policies/contract";
import { ImpactGroups } from "./impact-groups";
import { addPage, countOf, NOTHING_REPLAYED, type Replayed } from "./merge";

/** How often the log is asked for what came since. */
const LOOK_EVERY_MS = 2_000;

type Props = {
  /** As it was saved: what is typed since does not run. */
  readonly draft: DraftDetail;
  readonly changes: readonly PolicyChange[];
  readonly mayDraft: boolean;
};

/** A draft beside the policies in force: where it would have answered otherwise, as it happens. It decides nothing. */
export function ShadowPanel({ draft, changes, mayDraft }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const deed = useDeed();
  const since = draft.shadowSince;
  const { seen, failure } = useDisagreements(changes, since);
  const [denied, allowed] = [countOf(seen, "newly denied"), countOf(seen, "newly allowed")];

  async function setRuns(runs: boolean) {
    const input = { draft: draft.id, revision: draft.revision, runs };
    const done = await deed.run(() => client.policies.setShadow.mutate(input));
    if (done) router.refresh();
  }

  return (
    <div>
      <div className="imp__bar">
        <p className="x2" role="status">
          {since === null
            ? "As a shadow the saved draft is asked beside the policies in force. It decides nothing; you see where it would."
            : `Running as a shadow since ${formatInstant(since, since)} UTC: ${plural(seen.replayed, "decision")} seen, ${formatCount(denied + allowed)} would be different.`}
        </p>
        <Button size="s" disabled={!mayDraft} busy={deed.isPending && "Saving"} onClick={() => setRuns(since === null)}>
          {since === null ? "Run as a shadow" : "End the shadow"}
        </Button>
      </div>
      <FailureNote failure={deed.failure ?? failure} />
      {since !== null && (
        <div className="imp imp--two">
          <ImpactGroups change="newly denied" replayed={seen} />
          <ImpactGroups change="newly allowed" replayed={seen} />
        </div>
      )}
    </div>
  );
}

/** Follows the log from when the shadow began; nothing is asked while there is none. */
function useDisagreements(changes: readonly PolicyChange[], since: Date | null): { seen: Replayed; failure?: Failure } {
  const client = useTRPCClient();
  const [state, setState] = useState<{ seen: Replayed; failure?: Failure }>({ seen: NOTHING_REPLAYED });
  useEffect(() => {
    if (since === null) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    let [seen, after] = [NOTHING_REPLAYED, null as number | null];
    const look = async () => {
      try {
        const which = { order: "since" as const, after, from: since };
        const page = await client.policyImpact.replay.mutate({ changes: [...changes], which });
        seen = addPage(seen, page);
        after = page.next ?? after;
        if (!isOver) setState({ seen });
      } catch (error) {
        if (!isOver) setState({ seen, failure: failureOf(error) });
      }
      if (!isOver) timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, changes, since]);
  return state;
}
