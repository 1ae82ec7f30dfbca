import { createHash } from "node:crypto";
import type { ReadDatabase } from "@/server/kernel/context";
import { type DecidingState, decidingState } from "@/server/platform/deciding-state";
import { Authority, type PolicySet } from "./authority";
import { BUILT_IN_POLICIES, BUILT_IN_VERSION } from "./built-in";
import { consoleSchema } from "./console-schema";
import { type NamedText, splitPolicies } from "./policy-text";
import { findEpoch, newestEpoch, schemaOfEpoch, schemaText, versionsOfEpoch } from "./store";
import { swarmSchema } from "./swarm-schema";

/** A set of policies with what is known of where it comes from. */
export interface KnownSet extends PolicySet {
  /** 0 for the built-in policies of the program. */
  readonly epoch: number;
  readonly digest: string;
  readonly policies: readonly KnownPolicy[];
  /** The swarm's part of the schema, and its number where an admin wrote it; `new` when it was never in force. */
  readonly swarm: { readonly text: string; readonly number: number | "new" | null };
}

/** A policy of a set. */
export interface KnownPolicy extends NamedText {
  /** One of a role is written by the role, and changes with it. */
  readonly origin: "built-in" | "written" | "role";
  /** Null for a built-in one before the first epoch. */
  readonly versionId: string | null;
  readonly version: number;
  readonly createdAt: Date | null;
}

/** The authority in force, with its set. */
export interface InForce {
  readonly set: KnownSet;
  readonly authority: Authority;
}

const newest = new WeakMap<ReadDatabase, { readonly state: DecidingState; readonly found: InForce }>();
/** By digest: databases that have the same policies in force share what was compiled of them. */
const compiled = new Map<string, Authority>();
const KEPT = 8;

/** The policies in force now, whichever process published them. */
export async function inForce(db: ReadDatabase): Promise<InForce> {
  const state = decidingState(db);
  const known = newest.get(db);
  if (known?.state === state) return known.found;
  const found = await inForceAfter(db, known?.found);
  newest.set(db, { state, found });
  return found;
}

async function inForceAfter(db: ReadDatabase, known: InForce | undefined): Promise<InForce> {
  const epoch = newestEpoch(db);
  if (known?.set.epoch === epoch) return known;
  const set = await setOfEpoch(db, epoch);
  return { set, authority: authorityOf(set, known?.authority) };
}

/** The version that permits, decisions and audit entries carry. */
export async function policyVersion(db: ReadDatabase): Promise<string> {
  return versionOf(newestEpoch(db));
}

/** The whole schema in force, in Cedar. */
export function schemaTextInForce(db: ReadDatabase): string {
  const number = schemaOfEpoch(db, newestEpoch(db));
  return wholeSchema((number === null ? undefined : schemaText(db, number)) ?? swarmSchema());
}

/** The swarm's part, and behind it the console's own. */
export function wholeSchema(swarm: string): string {
  return `${swarm.trimEnd()}\n\n${consoleSchema()}`;
}

/** What is asked in place of the policies in force, ready to be asked. @throws {TextRefused} */
export function authorityOf(set: KnownSet, near?: Authority): Authority {
  const key = `${set.version} ${set.digest}`;
  const known = compiled.get(key);
  if (known) return known;
  const authority = near ? near.changedTo(set) : Authority.of(set);
  compiled.set(key, authority);
  const [oldest] = compiled.keys();
  if (compiled.size > KEPT && oldest !== undefined) compiled.delete(oldest);
  return authority;
}

/** The policies of an epoch; undefined when there was none of that number. */
export async function findSet(db: ReadDatabase, epoch: number): Promise<KnownSet | undefined> {
  return epoch === 0 || (await findEpoch(db, epoch)) ? setOfEpoch(db, epoch) : undefined;
}

async function setOfEpoch(db: ReadDatabase, epoch: number): Promise<KnownSet> {
  const row = epoch === 0 ? undefined : await findEpoch(db, epoch);
  if (!row) return builtInSet();
  const text = row.schema === null ? undefined : schemaText(db, row.schema);
  const rows = await versionsOfEpoch(db, epoch);
  return setOf({
    epoch,
    swarm: { text: text ?? swarmSchema(), number: row.schema },
    policies: rows.map(({ id, policy, number, text: written, origin, createdAt }) => ({
      ...{ name: policy, text: written, origin: originOf(policy, origin), versionId: id, version: number, createdAt },
    })),
  });
}

/** Only roles give policies names with a colon. */
function originOf(name: string, origin: "built-in" | "written"): KnownPolicy["origin"] {
  return name.startsWith("role:") ? "role" : origin;
}

/** The policies that come with the program, as they are in force before the first epoch. */
export function builtInSet(): KnownSet {
  return setOf({ epoch: 0, swarm: { text: swarmSchema(), number: null }, policies: builtInPolicies() });
}

/** The built-in policies, each by itself. */
export function builtInPolicies(): KnownPolicy[] {
  return splitPolicies(BUILT_IN_POLICIES).map(({ name, text }) => ({
    ...{ name, text, origin: "built-in", versionId: null, version: 1, createdAt: null },
  }));
}

/** A set of these policies. */
export function setOf(parts: Pick<KnownSet, "epoch" | "swarm" | "policies">): KnownSet {
  const schema = wholeSchema(parts.swarm.text);
  return { ...parts, schema, version: versionOf(parts.epoch), digest: digestOf(schema, parts.policies) };
}

function versionOf(epoch: number): string {
  return epoch === 0 ? BUILT_IN_VERSION : `epoch-${epoch}`;
}

/** SHA-256 over the schema and the policies by name, each with its length before it. */
function digestOf(schema: string, policies: readonly NamedText[]): string {
  const digest = createHash("sha256");
  const sorted = policies.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const part of [schema, ...sorted.flatMap(({ name, text }) => [name, text])]) {
    digest.update(`${Buffer.byteLength(part)}\n${part}\n`);
  }
  return digest.digest("hex");
}
