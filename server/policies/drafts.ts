import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import { type DraftDetail, type DraftInput, PolicyName, type SaveDraftInput } from "./contract";
import { type DraftRow, deleteDrafts, findDraft, findDraftOf, insertDraft, updateDraft } from "./draft-store";
import { DraftChanged, PolicyIsBuiltIn, PolicyIsOfRole, PolicyNameTaken, PolicyTextRefused } from "./errors";
import { inForce } from "./in-force";
import { nameIn } from "./policy-text";

/**
 * Keeps what somebody is writing. The text may have problems; its name must be readable when it is new.
 *
 * @throws {PolicyTextRefused} @throws {PolicyNameTaken} @throws {PolicyIsBuiltIn} @throws {DraftChanged} @throws {Missing}
 */
export async function saveDraft(ctx: Context, input: SaveDraftInput): Promise<DraftDetail> {
  const policy = await nameOfDraft(ctx.read, input);
  const permit = await authorize(ctx, "policy.draft", { type: "Policy", id: policy });

  return commit(permit, async (tx) => {
    const before = input.draft === null ? undefined : await getDraft(tx, { id: input.draft, revision: input.revision });
    const other = await findDraftOf(tx, policy);
    if (other && other.id !== before?.id) throw new PolicyNameTaken(policy);
    const words = {
      ...{ policy, text: input.text, revision: (before?.revision ?? 0) + 1, updatedAt: ctx.now() },
      ...{ updatedById: ctx.actor.id, updatedByName: ctx.actor.name },
    };
    if (before) await updateDraft(tx, before.id, words);
    else {
      const baseVersionId = (await baseOf(tx, policy))?.versionId ?? null;
      await insertDraft(tx, { id: ctx.newId("pdr"), ...words, baseVersionId, createdAt: ctx.now() });
    }
    const saved = await getDraftOf(tx, policy);
    return {
      value: await describeDraft(tx, saved),
      event: {
        kind: "policy.draft_saved",
        object: { type: "Policy", id: policy },
        detail: { draft: saved.id, revision: saved.revision, removes: saved.text === null },
      },
    };
  });
}

/** Throws a draft away. @throws {Missing} @throws {DraftChanged} */
export async function discardDraft(ctx: Context, input: DraftInput): Promise<{ policy: string }> {
  const draft = await getDraft(ctx.read, { id: input.draft, revision: input.revision });
  const permit = await authorize(ctx, "policy.draft", { type: "Policy", id: draft.policy });

  return commit(permit, async (tx) => {
    const { id, policy, text } = await getDraft(tx, { id: input.draft, revision: input.revision });
    await deleteDrafts(tx, [id]);
    return {
      value: { policy },
      event: {
        kind: "policy.draft_discarded",
        object: { type: "Policy", id: policy },
        before: { text },
      },
    };
  });
}

/** A draft as it was read. @throws {Missing} @throws {DraftChanged} when somebody saved it since. */
export async function getDraft(
  db: ReadDatabase,
  { id, revision }: { readonly id: string; readonly revision: number | null },
): Promise<DraftRow> {
  const draft = await findDraft(db, id);
  if (!draft) throw new Missing("draft", id);
  if (draft.revision !== revision) throw new DraftChanged(draft.updatedByName, draft.revision);
  return draft;
}

/** A draft as people see it. */
export async function describeDraft(db: ReadDatabase, draft: DraftRow): Promise<DraftDetail> {
  const base = await baseOf(db, draft.policy);
  return {
    id: draft.id,
    policy: draft.policy,
    kind: kindOf(draft),
    text: draft.text,
    revision: draft.revision,
    updatedAt: draft.updatedAt,
    by: { id: draft.updatedById, name: draft.updatedByName },
    isBaseInForce: draft.baseVersionId === (base?.versionId ?? null),
    review:
      draft.reviewRevision === null
        ? null
        : { note: draft.reviewNote ?? "", isCurrent: draft.reviewRevision === draft.revision },
    shadowSince: draft.shadowSince,
  };
}

/** Whether a draft makes, changes or removes its policy. */
export function kindOf({ text, baseVersionId }: DraftRow): DraftDetail["kind"] {
  if (text === null) return "removal";
  return baseVersionId === null ? "new" : "change";
}

async function getDraftOf(db: ReadDatabase, policy: string): Promise<DraftRow> {
  const draft = await findDraftOf(db, policy);
  if (!draft) throw new Missing("draft", policy);
  return draft;
}

/** The policy in force that a draft of this name changes. */
async function baseOf(db: ReadDatabase, name: string) {
  const { set } = await inForce(db);
  return set.policies.find((policy) => policy.name === name);
}

async function nameOfDraft(db: ReadDatabase, { policy, text, draft }: SaveDraftInput): Promise<string> {
  const written = text === null ? null : nameIn(text);
  if (policy === null) return nameOfNew(db, { written, text, draft });
  const base = await baseOf(db, policy);
  if (!base) throw new Missing("policy", policy);
  if (base.origin === "built-in") throw new PolicyIsBuiltIn(policy);
  if (base.origin === "role") throw new PolicyIsOfRole(policy);
  if (written !== null && written !== policy)
    throw new PolicyTextRefused(`the policy ${policy} keeps its name: write @id("${policy}")`);
  return policy;
}

async function nameOfNew(
  db: ReadDatabase,
  { written, text, draft }: { written: string | null; text: string | null; draft: string | null },
): Promise<string> {
  if (text === null) throw new PolicyTextRefused("a new policy has a text");
  const name = written ?? (draft === null ? null : (await findDraft(db, draft))?.policy) ?? null;
  if (name === null) throw new PolicyTextRefused('the policy has no name; write @id("what-it-does") before it');
  const parsed = PolicyName.safeParse(name);
  if (!parsed.success) throw new PolicyTextRefused(`@id("${name}"): ${parsed.error.issues[0]?.message}`);
  if (await baseOf(db, name)) throw new PolicyNameTaken(name);
  return name;
}
