import type { Context } from "@/server/kernel/context";
import { authorize, type Permit } from "@/server/kernel/permit";
import type { PublishFolderInput, PublishInput, Published, RollbackInput } from "./contract";
import type { DraftRow } from "./draft-store";
import { getDraft } from "./drafts";
import { getSet } from "./epochs";
import { EpochMoved, NothingToPublish, PolicyTextRefused, ReviewRequired } from "./errors";
import { inForce, type KnownSet, setOf } from "./in-force";
import { changesTo, proposalOf, propose } from "./propose";
import { putInForce } from "./put-in-force";
import { newestEpoch } from "./store";
import { PolicyTest } from "./test-contract";
import { allTests } from "./test-store";

const EVERY_POLICY = { type: "Policy", id: "*" } as const;

/**
 * Publishes drafts as one epoch. Where two people are required, whoever publishes wrote none of them, and each was given
 * to others to look at as it is now.
 *
 * @throws {DraftChanged} @throws {ReviewRequired} and as `putInForce`
 */
export async function publishDrafts(ctx: Context, { drafts, base, note }: PublishInput): Promise<Published> {
  const permit = await authorize(ctx, "policy.publish", EVERY_POLICY);
  const rows: DraftRow[] = [];
  for (const { draft, revision } of drafts) rows.push(await getDraft(ctx.read, { id: draft, revision }));
  if (ctx.policyReview === "required") assertReviewed(ctx, rows);
  const { set } = await inForce(ctx.read);
  const known = new Set(set.policies.map(({ name }) => name));
  const changes = rows.map(({ policy, text }) => ({ policy: known.has(policy) ? policy : null, text }));
  const [author] = rows.filter(({ updatedById }) => updatedById !== ctx.actor.id);
  return putInForce(ctx, permit, {
    proposal: propose(set, changes),
    tests: await allTests(ctx.read),
    how: {
      ...{ kind: "published", base, note, drafts: rows },
      ...(author && { proposedBy: { id: author.updatedById, name: author.updatedByName } }),
    },
  });
}

/**
 * Publishes a folder: its policies are those in force from then on beside the built-in ones, and its tests the tests.
 *
 * @throws {ReviewRequired} where two people are required; and as `putInForce`
 */
export async function publishFolder(ctx: Context, input: PublishFolderInput): Promise<Published> {
  const permit = await authorize(ctx, "policy.publish", EVERY_POLICY);
  if (ctx.policyReview === "required") {
    throw new ReviewRequired(
      "two people are required to publish here: save drafts, and let somebody else publish them",
    );
  }
  const { set } = await inForce(ctx.read);
  const tests = input.tests === null ? await allTests(ctx.read) : readTests(input.tests);
  const proposal = propose(set, changesTo(set, input.policies));
  return putInForce(ctx, permit, {
    proposal,
    tests,
    how: {
      ...{ kind: "published", base: input.base ?? set.epoch, note: input.note },
      ...(input.tests !== null && { tests }),
    },
  });
}

/** Puts policies and schema of an earlier epoch in force again. @throws {Missing} and as `putInForce` */
export async function rollBack(ctx: Context, { to, base, note }: RollbackInput): Promise<Published> {
  const permit = await authorize(ctx, "policy.publish", EVERY_POLICY);
  const { set } = await inForce(ctx.read);
  if (base !== newestEpoch(ctx.read)) throw new EpochMoved(base, newestEpoch(ctx.read));
  if (to === set.epoch) throw new NothingToPublish(`epoch ${to} is in force`);
  const target = await getSet(ctx.read, to);
  return restore(ctx, permit, { set, target, base, note });
}

/** Tests may have come since: they told what was wanted, and are not asked of what was in force before them. */
function restore(
  ctx: Context,
  permit: Permit,
  { set, target, base, note }: { set: KnownSet; target: KnownSet; base: number; note: string },
): Promise<Published> {
  return putInForce(ctx, permit, {
    // Roles have a history of their own: their policies stay as they are.
    proposal: proposalOf(set, withRolesOf(set, target)),
    tests: [],
    how: { kind: "rolled_back", base, note, restores: target.epoch },
  });
}

function withRolesOf(set: KnownSet, target: KnownSet): KnownSet {
  const ofRoles = set.policies.filter(({ origin }) => origin === "role");
  return setOf({ ...target, policies: [...target.policies.filter(({ origin }) => origin !== "role"), ...ofRoles] });
}

/** The tests of a folder. @throws {PolicyTextRefused} naming the first that cannot be read */
export function readTests(tests: readonly unknown[]): PolicyTest[] {
  const names = new Set<string>();
  return tests.map((one, at) => {
    const parsed = PolicyTest.safeParse(one);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new PolicyTextRefused(`test ${at + 1}, ${issue?.path.join(".") || "whole"}: ${issue?.message}`);
    }
    if (names.has(parsed.data.name)) throw new PolicyTextRefused(`two tests are called "${parsed.data.name}"`);
    names.add(parsed.data.name);
    return parsed.data;
  });
}

function assertReviewed({ actor }: Context, drafts: readonly DraftRow[]): void {
  const own = drafts.find(({ updatedById }) => updatedById === actor.id);
  if (own)
    throw new ReviewRequired(
      `you wrote the draft of ${own.policy}; two people are required, so let somebody else publish it`,
    );
  const unseen = drafts.find(({ reviewRevision, revision }) => reviewRevision !== revision);
  if (unseen) {
    throw new ReviewRequired(
      `nobody asked for a review of ${unseen.policy} as it is now; ask ${unseen.updatedByName} to`,
    );
  }
}
