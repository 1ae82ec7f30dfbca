import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import { BUILT_IN_VERSION } from "./built-in";
import type { CompareInput, EpochComparison, EpochSummary } from "./contract";
import { builtInSet, findSet, type KnownSet } from "./in-force";
import { type EpochRow, epochRows, newestEpoch } from "./store";

/** Every set of policies that was in force, the newest first. */
export async function listEpochs(ctx: Context): Promise<EpochSummary[]> {
  await authorize(ctx, "policy.list", { type: "Policy", id: "*" });
  const rows = await epochRows(ctx.read);
  const summaries: EpochSummary[] = [];
  for (const row of rows) summaries.push(await summarizeEpoch(ctx.read, row));
  return [...summaries, beginning(rows.length === 0)];
}

/** How two epochs differ. @throws {Missing} */
export async function compareEpochs(ctx: Context, { from, to }: CompareInput): Promise<EpochComparison> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const [before, after] = [await getSet(ctx.read, from), await getSet(ctx.read, to)];
  const [old, now] = [textsOf(before), textsOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const changes = names.flatMap((policy) => {
    const change = { policy, before: old.get(policy) ?? null, after: now.get(policy) ?? null };
    return change.before === change.after ? [] : [change];
  });
  const isSame = before.swarm.text === after.swarm.text;
  return { changes, schema: isSame ? null : { before: before.swarm.text, after: after.swarm.text } };
}

/** The policies of an epoch. @throws {Missing} */
export async function getSet(db: ReadDatabase, epoch: number): Promise<KnownSet> {
  const set = await findSet(db, epoch);
  if (!set) throw new Missing("epoch", String(epoch));
  return set;
}

/** An epoch in words, against the one before. */
export async function summarizeEpoch(db: ReadDatabase, row: EpochRow): Promise<EpochSummary> {
  const [before, set] = [await getSet(db, row.number - 1), await getSet(db, row.number)];
  const [old, now] = [textsOf(before), textsOf(set)];
  return {
    number: row.number,
    kind: row.kind,
    restores: row.restores,
    note: row.note,
    at: row.at,
    by: { id: row.byId, name: row.byName },
    proposedBy:
      row.proposedById === null ? null : { id: row.proposedById, name: row.proposedByName ?? row.proposedById },
    digest: row.digest,
    isInForce: row.number === newestEpoch(db),
    added: [...now.keys()].filter((name) => !old.has(name)),
    changed: [...now].flatMap(([name, text]) => (old.has(name) && old.get(name) !== text ? [name] : [])),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    isSchemaChanged: before.swarm.text !== set.swarm.text,
  };
}

/** Before anything was published. */
function beginning(isInForce: boolean): EpochSummary {
  const { digest, policies } = builtInSet();
  return {
    ...{ number: 0, kind: "upgraded", restores: null, at: null, proposedBy: null, digest, isInForce },
    note: `The built-in policies, ${BUILT_IN_VERSION}`,
    by: { id: "system:program", name: "the program" },
    added: policies.map(({ name }) => name),
    changed: [],
    removed: [],
    isSchemaChanged: false,
  };
}

function textsOf({ policies }: KnownSet): ReadonlyMap<string, string> {
  return new Map(policies.map(({ name, text }) => [name, text]));
}
