import type { CompiledPolicy } from "./compile-policy";
import type { Frame } from "./evaluation";
import { countOfKeys, forEachKey, handleIn, isFitting, type Key } from "./keys";
import { type KeyedRequest, keysAt, LEVELS, Rows } from "./rows";
import type { EntityValue } from "../values/value";

/** So many policies are looked through rather than sorted by another variable. */
const FEW = 64;

/** Policies in rows, or, where they are many, by the key of a variable. */
type Node = Rows | Branch;

type Branch = ReadonlyMap<Key, Node>;

/**
 * Policies by the keys of principal, action and resource, so that a request meets only those whose scope can match. A
 * change copies what is on its way and shares the rest. https://docs.cedarpolicy.com/auth/authorization.html
 *
 * From here to the decision each step may drop only what the request cannot satisfy and cannot make fail:
 *
 * 1. A key is all that a scope asks of one variable, but for the type of `is T in g`, which `fitsTypes` asks. Scopes never
 *    fail, so that a policy whose keys do not fit is dropped.
 * 2. A guard is one of the first conjuncts, and compares an attribute with a literal. Where the attribute can be read and is
 *    another value, the conjunct is false and what is behind it is not evaluated, so that the policy is dropped. Where it
 *    cannot be read the policy fails, unless a guard before it is not met; so it is kept, and evaluated from its first
 *    conjunct, which finds the error.
 * 3. Where all guards are met, conjuncts behind them are evaluated alone.
 */
export class PolicyIndex {
  private constructor(
    private readonly root: Node,
    /** A bit for the handle of each entity that a scope names, or has named. */
    private readonly named: Uint32Array,
  ) {}

  static readonly empty = new PolicyIndex(new Rows([], 0), new Uint32Array());

  /** The index of many policies, made at once. */
  static of(policies: Iterable<CompiledPolicy>): PolicyIndex {
    const all = [...policies];
    return new PolicyIndex(nodeOf(all, 0), withBits(new Uint32Array(), all.flatMap(handlesOf)));
  }

  /** The index with one more policy. */
  with(policy: CompiledPolicy): PolicyIndex {
    const root = changed(this.root, 0, policy, (policies) => [...policies, policy]);
    return new PolicyIndex(root, withBits(this.named, handlesOf(policy)));
  }

  /** The index without a policy. */
  without(policy: CompiledPolicy): PolicyIndex {
    const root = changed(this.root, 0, policy, (policies) => policies.filter((other) => other !== policy));
    return new PolicyIndex(root, this.named);
  }

  /** Whether a scope names an entity, or has named it: what fits others that are alike may not fit that one. */
  hasNamed({ handle }: EntityValue): boolean {
    const word = handle >>> 5;
    return word < this.named.length && (((this.named[word] ?? 0) >>> (handle & 31)) & 1) === 1;
  }

  /**
   * Every policy once whose keys fit what is known of a request; with a frame, only those that its guards leave. Types that
   * a scope asks beyond its key are still to be asked.
   */
  find(known: KeyedRequest, frame: Frame | null = null): CompiledPolicy[] {
    const found: CompiledPolicy[] = [];
    findBelow(this.root, 0, { known, frame, found });
    // Only who asks for one of several actions can be found several times.
    return found.some(({ hasSeveralActions }) => hasSeveralActions) ? [...new Set(found)] : found;
  }
}

interface Search {
  readonly known: KeyedRequest;
  readonly frame: Frame | null;
  readonly found: CompiledPolicy[];
}

/** Looks below the keys that fit: by whichever are fewer, the keys there are, or those that fit. */
function findBelow(node: Node, level: number, search: Search): void {
  const { known, frame, found } = search;
  if (node instanceof Rows) return node.find(known, frame, found);
  const keyed = known[level];
  if (keyed && node.size > countOfKeys(keyed)) {
    forEachKey(keyed, (key) => {
      const below = node.get(key);
      if (below) findBelow(below, level + 1, search);
    });
    return;
  }
  node.forEach((below, key) => {
    if (!keyed || isFitting(key, keyed)) findBelow(below, level + 1, search);
  });
}

function nodeOf(policies: readonly CompiledPolicy[], level: number): Node {
  if (policies.length <= FEW || level === LEVELS.length) return new Rows(policies, level);
  const byKey = new Map<Key, CompiledPolicy[]>();
  for (const policy of policies) {
    for (const key of keysAt(policy, level)) {
      const same = byKey.get(key);
      if (same) same.push(policy);
      else byKey.set(key, [policy]);
    }
  }
  return new Map([...byKey].map(([key, same]) => [key, nodeOf(same, level + 1)]));
}

type Change = (policies: readonly CompiledPolicy[]) => readonly CompiledPolicy[];

/** A node with the policies changed that are where one belongs. */
function changed(node: Node, level: number, policy: CompiledPolicy, change: Change): Node {
  if (node instanceof Rows) return nodeOf(change(node.policies), level);
  const copy = new Map(node);
  for (const key of keysAt(policy, level)) {
    const below = changed(copy.get(key) ?? new Rows([], level + 1), level + 1, policy, change);
    if (below instanceof Rows && below.policies.length === 0) copy.delete(key);
    else copy.set(key, below);
  }
  return copy;
}

function handlesOf({ scope: { principal, action, resource } }: CompiledPolicy): number[] {
  return [principal.key, ...action.keys, resource.key].map(handleIn).filter((handle) => handle !== null);
}

/** The bits with some more set. */
function withBits(bits: Uint32Array, more: readonly number[]): Uint32Array {
  const last = more.reduce((greatest, bit) => Math.max(greatest, bit), -1);
  const all = new Uint32Array(Math.max(bits.length, (last + 32) >>> 5));
  all.set(bits);
  for (const bit of more) all[bit >>> 5] = (all[bit >>> 5] ?? 0) | (1 << (bit & 31));
  return all;
}
