import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { dayKey, formatClock, formatInstant, plural } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import type { PolicyDetail } from "@/server/policies/contract";
import { roleOfPolicy } from "../policy-address";
import type { Draft } from "./use-draft";

type BadgeProps = { readonly draft: Draft; readonly isInForce: boolean; readonly now: number };

/** Where the text on the page stands. */
export function DraftBadge({ draft: { saved, isChanged }, isInForce, now }: BadgeProps) {
  if (isChanged) {
    return (
      <Badge tone="warn" icon="edit">
        {saved ? `Draft, revision ${saved.revision}, and changes that are not saved` : "Not saved"}
      </Badge>
    );
  }
  if (saved) {
    return (
      <Badge tone={saved.kind === "removal" ? "danger" : "neutral"} icon={saved.kind === "removal" ? "x" : undefined}>
        {saved.kind === "removal" ? "To be removed" : "Draft"}, revision {saved.revision}, saved{" "}
        {savedAt(saved.updatedAt, now)} by {saved.by.name}
      </Badge>
    );
  }
  return isInForce ? <Badge tone="ok">In force</Badge> : null;
}

/** The clock alone for what was saved today. */
export function savedAt(at: Date, now: number): string {
  return dayKey(at) === dayKey(now) ? formatClock(at) : formatInstant(at, now);
}

/** Since when it is in force, and how often it decided. */
export function factsOf(detail: PolicyDetail | null, now: number): ReactNode {
  if (detail === null) return "It decides nothing until it is published.";
  const { text, versions, decisions, lastDecidedAt, origin } = detail;
  if (text === null && versions.length === 0) return "It decides nothing until it is published.";
  const current = versions.find(({ isInForce }) => isInForce);
  const since =
    origin === "built-in"
      ? "Comes with the program"
      : current?.at
        ? `Version ${current.version} since ${formatInstant(current.at, now)} UTC`
        : "Not in force any more";
  return (
    <>
      {since}; {lastDecidedAt ? `decided ${plural(decisions, "time")}, last ` : "it never decided anything."}
      {lastDecidedAt && <Time at={lastDecidedAt} now={now} form="relative" />}
      {lastDecidedAt && "."}
    </>
  );
}

type NotesProps = {
  readonly detail: PolicyDetail | null;
  readonly draft: Draft;
  /** Why whoever looks may not write drafts. */
  readonly draftRefused: string | undefined;
  readonly onReload: () => void;
};

/** What somebody should know before going on. */
export function DraftNotes({ detail, draft: { saved, saving, isChanged }, draftRefused, onReload }: NotesProps) {
  const role = detail && roleOfPolicy(detail);
  const isConflict = saving.failure?.code === "policy.draft_changed";
  return (
    <div className="pad grid gap-3 pb-4 empty:hidden">
      {detail?.origin === "built-in" && (
        <Note tone="neutral" title="It comes with the program, and is read here.">
          To refuse what it permits, write a policy that forbids what it should not permit: one that forbids wins. To
          permit more, write another that permits it.
        </Note>
      )}
      {role && (
        <Note tone="neutral" icon="shield" title="It is written by a role, and is read here.">
          The role{" "}
          <Link className="link mono" href={`/roles/${encodeURIComponent(role)}`}>
            {role}
          </Link>{" "}
          writes it, and it changes when the role does. It permits within the scopes of the role’s grants alone.
        </Note>
      )}
      {detail === null && draftRefused !== undefined && (
        <Note tone="neutral" icon="lock" title="You may not write policies.">
          {draftRefused}
        </Note>
      )}
      {isConflict && (
        <Note
          tone="warn"
          title="Somebody else saved this draft."
          isRow
          actions={<Button onClick={onReload}>Load theirs</Button>}
        >
          What you typed is still here. Copy what you need, and load theirs.
        </Note>
      )}
      {saved?.review?.isCurrent && !isChanged && (
        <Note tone="info" icon="send" title={`${saved.by.name} asks for a review:`}>
          {saved.review.note}
        </Note>
      )}
      {saved && !saved.isBaseInForce && (
        <Note tone="warn" title="Another text came into force since this draft was begun.">
          Publishing replaces that one. History shows what it says.
        </Note>
      )}
      {saved?.kind === "removal" && (
        <Note tone="danger" icon="x" title="This draft removes the policy.">
          Published, it decides nothing any more. Discard the draft to keep the policy.
        </Note>
      )}
    </div>
  );
}
