import type { Context, Event, Transaction } from "@/server/kernel/context";
import { commit, type Permit, type Written } from "@/server/kernel/permit";
import type { Prepared } from "@/server/kernel/ports";
import { Authority } from "./authority";
import { isError, problemsOf } from "./check-set";
import type { PolicyProblem, Published, TestResult } from "./contract";
import { deleteDrafts } from "./draft-store";
import { getDraft } from "./drafts";
import { summarizeEpoch } from "./epochs";
import { EpochMoved, NothingToPublish, PoliciesRefused, TestsFailed, WouldLockOut } from "./errors";
import type { KnownPolicy, KnownSet } from "./in-force";
import { findLockOut } from "./lock-out";
import type { Proposal } from "./propose";
import { runTests } from "./run-tests";
import { findEpoch, findVersion, insertEpoch, insertSchema, insertVersion, newestEpoch, newestVersion } from "./store";
import type { PolicyTest } from "./test-contract";
import { replaceTests } from "./test-store";

/** How an epoch comes about. */
export interface Publishing {
  readonly kind: "published" | "rolled_back" | "upgraded";
  /** The epoch that it was built on. */
  readonly base: number;
  readonly note: string;
  readonly restores?: number;
  readonly proposedBy?: { readonly id: string; readonly name: string };
  /** Drafts that end with it, as they were read. */
  readonly drafts?: readonly { readonly id: string; readonly revision: number }[];
  /** What the tests are from then on; left out, they stay. */
  readonly tests?: readonly PolicyTest[];
}

/** What is found when a set is looked at before it comes into force. */
export interface Examination {
  readonly problems: readonly PolicyProblem[];
  readonly tests: readonly TestResult[];
  readonly lockOut: string | null;
  readonly notices: readonly string[];
}

/** Looks at a proposal as publishing does: by the schema, by its tests, and for who could still administer. */
export async function examine(
  ctx: Context,
  { set, added, changed }: Proposal,
  tests: readonly PolicyTest[],
): Promise<Examination> {
  const problems = problemsOf(
    set,
    set.swarm.number === null ? [...added, ...changed] : set.policies.map(({ name }) => name),
  );
  if (problems.some(isError)) return { problems, tests: [], lockOut: null, notices: [] };
  const { refusal, notices } = await findLockOut(ctx, Authority.of(set));
  return { problems, tests: await runTests(ctx, set, tests), lockOut: refusal, notices };
}

/**
 * Puts a set in force as the next epoch, under a permit to publish: in every process the next decision is made by it.
 *
 * @throws {PoliciesRefused} @throws {TestsFailed} @throws {WouldLockOut} @throws {EpochMoved} @throws {NothingToPublish}
 */
export async function putInForce(ctx: Context, permit: Permit, next: NextEpoch): Promise<Published> {
  const prepared = await prepareEpoch(ctx, next);
  return commit(permit, (tx) => prepared.write(tx));
}

/** What is to be in force next, by which tests, and how it comes about. */
interface NextEpoch {
  readonly proposal: Proposal;
  readonly tests: readonly PolicyTest[];
  readonly how: Publishing;
}

/**
 * Looks at the next epoch as `putInForce` does. What it answers belongs into the commit of whoever wants it in force.
 *
 * @throws as `putInForce`
 */
export async function prepareEpoch(
  ctx: Context,
  { proposal, tests, how }: NextEpoch,
): Promise<Prepared<Written<Published>>> {
  assertBase(newestEpoch(ctx.read), how.base);
  const { problems, tests: results, lockOut, notices } = await examine(ctx, proposal, tests);
  const errors = problems.filter(isError);
  if (errors.length > 0) throw new PoliciesRefused(errors);
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length > 0) throw new TestsFailed(failed);
  if (lockOut !== null) throw new WouldLockOut(lockOut);

  const write = async (tx: Transaction): Promise<Written<Published>> => {
    assertBase(newestEpoch(tx), how.base);
    for (const draft of how.drafts ?? []) await getDraft(tx, draft);
    const number = await keep(ctx, tx, proposal.set, how);
    await deleteDrafts(
      tx,
      (how.drafts ?? []).map(({ id }) => id),
    );
    const testsChanged = how.tests ? await replaceTests(tx, how.tests, ctx.actor, ctx.now()) : 0;
    const row = await findEpoch(tx, number);
    if (!row) throw new Error("an epoch that was just kept is there");
    const epoch = await summarizeEpoch(tx, row);
    const isOther = epoch.added.length + epoch.changed.length + epoch.removed.length > 0 || epoch.isSchemaChanged;
    if (!isOther && testsChanged === 0) throw new NothingToPublish();
    const { added, changed, removed, digest } = epoch;
    return {
      value: { epoch, notices: [...notices] },
      event: {
        kind: `policy.${how.kind}`,
        object: { type: "Policy", id: "*" },
        detail: {
          epoch: number,
          digest,
          note: how.note,
          added,
          changed,
          removed,
          ...(testsChanged > 0 && { testsChanged }),
          ...(epoch.isSchemaChanged && { schemaChanged: true }),
          ...detailOf(how),
        },
      },
      also: changesAsEvents(proposal, how.kind),
    };
  };
  return { write };
}

function assertBase(inForce: number, base: number): void {
  if (inForce !== base) throw new EpochMoved(base, inForce);
}

function detailOf({ restores, proposedBy }: Publishing): Record<string, unknown> {
  return { ...(restores !== undefined && { restores }), ...(proposedBy && { proposedBy: proposedBy.name }) };
}

/** Keeps versions that are new, and the epoch that consists of them. */
async function keep(ctx: Context, tx: Transaction, set: KnownSet, how: Publishing): Promise<number> {
  const by = { createdAt: ctx.now(), createdById: ctx.actor.id, createdByName: ctx.actor.name };
  const ids: string[] = [];
  for (const policy of set.policies) ids.push(policy.versionId ?? (await keepVersion(ctx, tx, policy)));
  const { number, text } = set.swarm;
  const schema = number === "new" ? await insertSchema(tx, { text, ...by }) : number;
  return insertEpoch(
    tx,
    {
      ...{ kind: how.kind, restores: how.restores ?? null, schema, digest: set.digest, note: how.note },
      ...{ at: ctx.now(), byId: ctx.actor.id, byName: ctx.actor.name },
      ...{ proposedById: how.proposedBy?.id ?? null, proposedByName: how.proposedBy?.name ?? null },
    },
    ids,
  );
}

async function keepVersion(ctx: Context, tx: Transaction, { name, text, origin: from }: KnownPolicy): Promise<string> {
  const origin = from === "built-in" ? from : "written";
  const known = findVersion(tx, name, text);
  if (known !== undefined) return known;
  const id = ctx.newId("plv");
  const number = newestVersion(tx, name) + 1;
  const by = { createdAt: ctx.now(), createdById: ctx.actor.id, createdByName: ctx.actor.name };
  await insertVersion(tx, { id, policy: name, number, text, origin, ...by });
  return id;
}

/** For each policy that is other: what it was, and what it is. */
function changesAsEvents({ set, before, added, changed, removed }: Proposal, kind: Publishing["kind"]): Event[] {
  const [old, now] = [before, set].map(({ policies }) => new Map(policies.map((policy) => [policy.name, policy.text])));
  const event = (name: string, word: string): Event => ({
    kind: `policy.${word}`,
    object: { type: "Policy", id: name },
    detail: { by: kind },
    ...(old?.has(name) && { before: { text: old.get(name) } }),
    ...(now?.has(name) && { after: { text: now.get(name) } }),
  });
  return [
    ...added.map((name) => event(name, "added")),
    ...changed.map((name) => event(name, "changed")),
    ...removed.map((name) => event(name, "removed")),
  ];
}
