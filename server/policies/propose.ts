import { DataError } from "@/server/engines/cedar/data/data-error";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import { TextRefused } from "@/server/engines/cedar/texts";
import { Missing } from "@/server/kernel/errors";
import { type PolicyChange, PolicyName } from "./contract";
import { PolicyIsBuiltIn, PolicyIsOfRole, PolicyNameTaken, PolicyTextRefused, RequestRefused } from "./errors";
import { type KnownPolicy, type KnownSet, setOf } from "./in-force";
import { nameOf } from "./policy-text";

/** A set as it would be, and what is other in it. */
export interface Proposal {
  /** What it would take the place of. */
  readonly before: KnownSet;
  readonly set: KnownSet;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * The set with some policies added, changed or removed. Texts may have problems, but each is one policy with a name.
 *
 * @throws {PolicyTextRefused} @throws {PolicyNameTaken} @throws {PolicyIsBuiltIn} @throws {Missing}
 */
export function propose(before: KnownSet, changes: readonly PolicyChange[]): Proposal {
  const policies = new Map(before.policies.map((policy) => [policy.name, policy]));
  for (const { policy, text } of changes) {
    const old = policy === null ? undefined : writtenOf(policies, policy);
    if (text === null) {
      if (!old) throw new PolicyTextRefused("a new policy has a text");
      policies.delete(old.name);
      continue;
    }
    const name = nameOfText(text);
    if (old && old.name !== name) {
      throw new PolicyTextRefused(`the policy ${old.name} keeps its name: write @id("${old.name}")`);
    }
    if (!old && policies.has(name)) throw new PolicyNameTaken(name);
    if (old?.text !== text) policies.set(name, writtenNow(name, text, (old?.version ?? 0) + 1));
  }
  return proposalOf(before, setOf({ ...before, policies: [...policies.values()] }));
}

/** A set in the place of another. */
export function proposalOf(before: KnownSet, set: KnownSet): Proposal {
  const [old, now] = [before, set].map(({ policies }) => new Map(policies.map(({ name, text }) => [name, text])));
  return {
    before,
    set,
    added: [...(now?.keys() ?? [])].filter((name) => !old?.has(name)),
    changed: [...(now ?? [])].flatMap(([name, text]) => (old?.has(name) && old.get(name) !== text ? [name] : [])),
    removed: [...(old?.keys() ?? [])].filter((name) => !now?.has(name)),
  };
}

function writtenNow(name: string, text: string, version: number): KnownPolicy {
  return { name, text, origin: "written", versionId: null, version, createdAt: null };
}

/** The changes that make the written policies of a set these and no others. */
export function changesTo(set: KnownSet, texts: readonly string[]): PolicyChange[] {
  const written = new Map(
    set.policies.flatMap((policy) => (policy.origin === "written" ? [[policy.name, policy]] : [])),
  );
  const wanted = new Map<string, string>();
  for (const text of texts) {
    const name = nameOfText(text);
    if (wanted.has(name)) throw new PolicyNameTaken(name);
    wanted.set(name, text);
  }
  const gone = [...written.keys()].filter((name) => !wanted.has(name)).map((policy) => ({ policy, text: null }));
  const kept = [...wanted].map(([name, text]) => ({ policy: written.has(name) ? name : null, text }));
  return [...gone, ...kept];
}

/** The name of the one policy that a text holds. @throws {PolicyTextRefused} */
export function nameOfText(text: string): string {
  const { policies } = parsePolicies(text);
  const [policy] = policies;
  if (!policy) throw new PolicyTextRefused("the text holds no policy; begin with permit ( or forbid (");
  if (policies.length > 1)
    throw new PolicyTextRefused(`the text holds ${policies.length} policies; keep each by itself`);
  const name = nameOf(policy);
  if (name === null) throw new PolicyTextRefused('the policy has no name; write @id("what-it-does") before it');
  const parsed = PolicyName.safeParse(name);
  if (!parsed.success) throw new PolicyTextRefused(`@id("${name}"): ${parsed.error.issues[0]?.message}`);
  return name;
}

function writtenOf(policies: ReadonlyMap<string, KnownPolicy>, name: string): KnownPolicy {
  const policy = policies.get(name);
  if (!policy) throw new Missing("policy", name);
  if (policy.origin === "built-in") throw new PolicyIsBuiltIn(name);
  if (policy.origin === "role") throw new PolicyIsOfRole(name);
  return policy;
}

/** What cannot be read or asked is refused in the words of the engine. @throws {RequestRefused} */
export async function orRefuse<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DataError || error instanceof TextRefused) throw new RequestRefused(error.message);
    throw error;
  }
}
