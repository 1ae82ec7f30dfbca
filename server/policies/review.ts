import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { AskReviewInput, DraftDetail, ShadowInput } from "./contract";
import { describeDraft, getDraft } from "./drafts";
import { updateDraft } from "./draft-store";

/** Asks others to look at a draft as it is now. @throws {Missing} @throws {DraftChanged} */
export async function askReview(ctx: Context, input: AskReviewInput): Promise<DraftDetail> {
  const { policy } = await getDraft(ctx.read, { id: input.draft, revision: input.revision });
  const permit = await authorize(ctx, "policy.draft", { type: "Policy", id: policy });

  return commit(permit, async (tx) => {
    const draft = await getDraft(tx, { id: input.draft, revision: input.revision });
    const asked = { reviewRevision: draft.revision, reviewNote: input.note };
    await updateDraft(tx, draft.id, asked);
    return {
      value: await describeDraft(tx, { ...draft, ...asked }),
      event: {
        kind: "policy.review_asked",
        object: { type: "Policy", id: policy },
        detail: { draft: draft.id, revision: draft.revision, note: input.note },
      },
    };
  });
}

/**
 * Runs a draft beside the policies in force, or ends that: what it would decide otherwise is noted, and nothing is
 * enforced by it.
 *
 * @throws {Missing} @throws {DraftChanged}
 */
export async function setShadow(ctx: Context, input: ShadowInput): Promise<DraftDetail> {
  const { policy } = await getDraft(ctx.read, { id: input.draft, revision: input.revision });
  const permit = await authorize(ctx, "policy.draft", { type: "Policy", id: policy });

  return commit(permit, async (tx) => {
    const draft = await getDraft(tx, { id: input.draft, revision: input.revision });
    const changed = { shadowSince: input.runs ? (draft.shadowSince ?? ctx.now()) : null };
    await updateDraft(tx, draft.id, changed);
    return {
      value: await describeDraft(tx, { ...draft, ...changed }),
      event: {
        kind: input.runs ? "policy.shadow_started" : "policy.shadow_ended",
        object: { type: "Policy", id: policy },
        detail: { draft: draft.id, revision: draft.revision },
      },
    };
  });
}
