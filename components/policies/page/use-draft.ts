"use client";

import { useMemo, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { type Deed, useDeed } from "@/components/rpc/use-deed";
import { nameProblemsIn } from "../blocks/name";
import type { Problem } from "@/server/engines/cedar/syntax/problem";
import type { DraftDetail, PolicyChange, PolicyDetail } from "@/server/policies/contract";

/** A policy that somebody is writing. */
export interface Draft {
  /** As it was saved last; null while it was not. */
  readonly saved: DraftDetail | null;
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly errors: number;
  /** Whether something is typed that is not saved. */
  readonly isChanged: boolean;
  /** What would be other than in force: with what is typed, and as it was saved. */
  readonly changes: readonly PolicyChange[];
  readonly savedChanges: readonly PolicyChange[];
  readonly saving: Deed;
  edit(text: string, problems: readonly Problem[]): void;
  /** Saves what is typed, or that the policy is to go. Undefined when it failed; `saving` says why. */
  save(): Promise<DraftDetail | undefined>;
  saveRemoval(): Promise<DraftDetail | undefined>;
  /** Takes over what the server answered about the draft. */
  keep(draft: DraftDetail): void;
}

/** Keeps what is typed about a policy, and saves it as a draft. `detail` is null for a new one. */
export function useDraft(detail: PolicyDetail | null, startText: string): Draft {
  const client = useTRPCClient();
  const saving = useDeed();
  const [saved, setSaved] = useState(detail?.draft ?? null);
  const [savedText, setSavedText] = useState(detail === null ? "" : startText);
  const [text, setText] = useState(startText);
  const [problems, setProblems] = useState<readonly Problem[]>([]);

  const inForce = detail?.text ?? null;
  const policy = inForce === null ? null : (detail?.id ?? null);
  const isRemoval = saved?.kind === "removal";
  const changes = useMemo(
    () => (isRemoval ? [{ policy, text: null }] : changesOf(policy, inForce, text)),
    [policy, inForce, text, isRemoval],
  );
  const savedChanges = useMemo(() => (saved ? [{ policy, text: saved.text }] : []), [policy, saved]);

  async function saveText(next: string | null) {
    const input = { draft: saved?.id ?? null, policy, text: next, revision: saved?.revision ?? null };
    const done = await saving.run(() => client.policies.saveDraft.mutate(input));
    if (!done) return undefined;
    setSaved(done.value);
    if (next !== null) setSavedText(next);
    return done.value;
  }

  return {
    ...{ saved, text, problems, changes, savedChanges, saving, keep: setSaved },
    errors: problems.filter(({ severity }) => severity === "error").length,
    isChanged: !isRemoval && text !== savedText,
    edit(next, found) {
      setText(next);
      // A role names its policies as nobody else may, and beside what cannot be read a name is no matter.
      const isNameLeft = detail?.origin === "role" || found.some(({ severity }) => severity === "error");
      setProblems(isNameLeft ? found : [...nameProblemsIn(next), ...found]);
    },
    save: () => saveText(text),
    saveRemoval: () => saveText(null),
  };
}

function changesOf(policy: string | null, inForce: string | null, text: string): PolicyChange[] {
  return text === inForce || text.trim() === "" ? [] : [{ policy, text }];
}
