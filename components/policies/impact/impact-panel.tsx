"use client";

import { FailureNote } from "@/components/identities/failure-note";
import { Button } from "@/components/ui/button";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatCount, formatInstant, plural } from "@/components/ui/format";
import { Meter } from "@/components/ui/meter";
import { Note } from "@/components/ui/note";
import type { PolicyChange } from "@/server/policies/contract";
import { GainsTable } from "./gains-table";
import { ImpactGroups } from "./impact-groups";
import { countOf, NOTHING_REPLAYED, sentenceOf } from "./merge";
import { type Impact, useImpact } from "./use-impact";

type Props = {
  readonly changes: readonly PolicyChange[];
  /** Why the draft cannot be asked yet: it has problems. */
  readonly blockedBy: string | null;
};

/** What a draft would do: the log decided again with it, and what everybody gains and loses. */
export function ImpactPanel({ changes, blockedBy }: Props) {
  const impact = useImpact(changes);
  const isAsked = impact.isRunning || impact.replayed !== NOTHING_REPLAYED;
  return (
    <div>
      <div className="imp__bar">
        <p className="x2" role="status">
          {blockedBy ?? (isAsked && impact.changes !== changes ? CHANGED_SINCE : statusOf(impact))}
        </p>
        <Button
          size="s"
          icon="turn"
          disabled={blockedBy !== null}
          busy={impact.isRunning && "Replaying"}
          onClick={impact.run}
        >
          {isAsked ? "Replay again" : "Replay the log"}
        </Button>
      </div>
      <FailureNote failure={impact.failure ?? undefined} title="The log could not be replayed" />
      {isAsked && impact.replayed !== NOTHING_REPLAYED && <Results impact={impact} />}
    </div>
  );
}

function Results({ impact }: { readonly impact: Impact }) {
  const { replayed, identities, limits } = impact;
  const [denied, allowed] = [countOf(replayed, "newly denied"), countOf(replayed, "newly allowed")];
  return (
    <>
      <div className="imp">
        <div className="imp__s">
          <p className="x1 w5">{sentenceOf(denied, allowed)}</p>
          <p className="x2 mt-1">{periodOf(impact)}</p>
          <DefinitionList
            isNarrow
            hasTopLine={false}
            items={[
              { term: "Unchanged", detail: formatCount(replayed.replayed - denied - allowed - replayed.unreadable) },
              { term: "Newly denied", detail: formatCount(denied) },
              { term: "Newly allowed", detail: formatCount(allowed) },
              replayed.unreadable > 0 && { term: "Not readable", detail: formatCount(replayed.unreadable) },
            ]}
          />
        </div>
        <ImpactGroups change="newly denied" replayed={replayed} />
        <ImpactGroups change="newly allowed" replayed={replayed} />
      </div>
      {limits.length > 0 && (
        <div className="pad">
          <Note tone="warn" title="Not every resource was asked about">
            {limits.join("; ")}.
          </Note>
        </div>
      )}
      <GainsTable identities={identities} asked={impact.asked} of={impact.of} isRunning={impact.isRunning} />
      {impact.isRunning && (
        <div className="pad">
          <Meter
            value={replayed.replayed + impact.asked}
            max={impact.total + Math.max(1, impact.of)}
            label="Progress"
          />
        </div>
      )}
    </>
  );
}

const CHANGED_SINCE = "The text has changed since it was replayed: what follows is about the text before.";

function statusOf({ isRunning, at, replayed, total, of, failure }: Impact): string {
  if (failure && replayed !== NOTHING_REPLAYED)
    return `Not all was asked: ${formatCount(replayed.replayed)} of ${plural(total, "decision")} decided again.`;
  if (isRunning && replayed === NOTHING_REPLAYED) return "Deciding the newest decisions of the log again.";
  if (isRunning && replayed.replayed < total)
    return `${formatCount(replayed.replayed)} of ${plural(total, "decision")} decided again.`;
  if (isRunning) return "Asking what everybody gains and loses.";
  if (at === null) return "Decide the newest decisions of the log again with this draft, before anybody meets it.";
  return `${plural(replayed.replayed, "decision")} of the log decided again, ${plural(of, "identity", "identities")} asked.`;
}

function periodOf({ replayed: { oldest, newest, replayed } }: Impact): string {
  if (oldest === null || newest === null) return "The log holds no decision yet: nothing asked the gateway.";
  return `${plural(replayed, "decision")} from ${formatInstant(oldest, newest)} to ${formatInstant(newest, newest)} UTC, decided again with this draft, on what was known when each was made.`;
}
