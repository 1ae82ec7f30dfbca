import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { PolicyDetail, PolicyInput, PolicyList, PolicySummary } from "./contract";
import { allDrafts, type DraftRow, findDraftOf } from "./draft-store";
import { describeDraft, kindOf } from "./drafts";
import { inForce, type KnownPolicy } from "./in-force";
import { describePolicy } from "./policy-text";
import { usesOfPolicies, versionsOfPolicy } from "./store";

/** Every policy in force, in the order of the set, and behind them every draft of a new one. */
export async function listPolicies(ctx: Context): Promise<PolicyList> {
  await authorize(ctx, "policy.list", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  const [drafts, uses] = [await allDrafts(ctx.read), await usesOfPolicies(ctx.read)];
  const summary = (
    policy: KnownPolicy,
    draft: DraftRow | undefined,
    isInForce: "in force" | "draft",
  ): PolicySummary => ({
    ...describePolicy(policy.text, policy.name),
    origin: policy.origin,
    version: isInForce === "in force" ? policy.version : null,
    since: policy.createdAt,
    draft: draft ? summaryOf(draft) : null,
    decisions: uses.get(policy.name)?.decisions ?? 0,
    lastDecidedAt: uses.get(policy.name)?.lastAt ?? null,
  });
  const known = new Set(set.policies.map(({ name }) => name));
  const fresh = drafts.filter(({ policy, text }) => !known.has(policy) && text !== null);
  return {
    version: set.version,
    epoch: set.epoch,
    policies: [
      ...set.policies.map((policy) =>
        summary(
          policy,
          drafts.find((draft) => draft.policy === policy.name),
          "in force",
        ),
      ),
      ...fresh.map((draft) => summary(asPolicy(draft), draft, "draft")),
    ],
    ...(await rightsOf(ctx)),
  };
}

/** A policy with its history and its draft, or the draft of a new one. @throws {Missing} */
export async function getPolicy(ctx: Context, { policy: name }: PolicyInput): Promise<PolicyDetail> {
  await authorize(ctx, "policy.read", { type: "Policy", id: name });
  const { set } = await inForce(ctx.read);
  const policy = set.policies.find((one) => one.name === name);
  const draft = await findDraftOf(ctx.read, name);
  const versions = await versionsOfPolicy(ctx.read, name);
  if (!policy && !draft && versions.length === 0) throw new Missing("policy", name);
  const rights = await rightsOf(ctx);
  const uses = (await usesOfPolicies(ctx.read)).get(name);
  return {
    id: name,
    origin: policy?.origin ?? "written",
    text: policy?.text ?? null,
    versions:
      policy?.versionId === null
        ? [firstOf(policy)]
        : versions.map(({ version, epochs }) => ({
            version: version.number,
            text: version.text,
            at: version.createdAt,
            by: { id: version.createdById, name: version.createdByName },
            epochs,
            isInForce: version.id === policy?.versionId,
          })),
    draft: draft ? await describeDraft(ctx.read, draft) : null,
    epoch: set.epoch,
    ...rights,
    mayPublishDraft: rights.mayPublish && !(rights.needsReview && draft?.updatedById === ctx.actor.id),
    decisions: uses?.decisions ?? 0,
    lastDecidedAt: uses?.lastAt ?? null,
  };
}

/** What whoever asks may do with policies. */
async function rightsOf(ctx: Context): Promise<Pick<PolicyList, "needsReview" | "mayDraft" | "mayPublish">> {
  const may = async (action: "policy.draft" | "policy.publish") => {
    const question = { principal: ctx.actor, action, resource: { type: "Policy", id: "*" } } as const;
    return (await ctx.decide(ctx.read, { ...question, at: ctx.now(), address: ctx.origin.address })).allowed;
  };
  return {
    needsReview: ctx.policyReview === "required",
    mayDraft: await may("policy.draft"),
    mayPublish: await may("policy.publish"),
  };
}

function summaryOf(draft: DraftRow): PolicySummary["draft"] {
  return {
    kind: kindOf(draft),
    updatedAt: draft.updatedAt,
    by: { id: draft.updatedById, name: draft.updatedByName },
    isReviewAsked: draft.reviewRevision === draft.revision,
    shadowSince: draft.shadowSince,
  };
}

function asPolicy({ policy, text }: DraftRow): KnownPolicy {
  return { name: policy, text: text ?? "", origin: "written", versionId: null, version: 1, createdAt: null };
}

function firstOf({ text }: KnownPolicy): PolicyDetail["versions"][number] {
  return {
    version: 1,
    text,
    at: null,
    by: { id: "system:program", name: "the program" },
    epochs: [0],
    isInForce: true,
  };
}
