import { Candidate } from "./candidate";
import type { CompiledPolicy } from "./compile-policy";
import type { EntityTable } from "./entity-table";
import type { EntityValue } from "../values/value";

/**
 * What a scope asks of one variable, as a key: nothing, an entity type, or an entity by its handle, of which the request's
 * must be one or a member.
 */
export type Key = null | string | number;

type Level<Below> = ReadonlyMap<Key, Below>;
type Bucket = readonly Candidate[];
type Root = Level<Level<Level<Bucket>>>;

/**
 * Policies by the keys of action, principal and resource, so that a request meets only those whose scope can match. Each
 * policy is in one bucket for each of its actions. A change copies the maps on its way and shares the others.
 */
export class PolicyIndex {
  private constructor(
    private readonly root: Root,
    /** A bit for the handle of each entity that a scope names, or has named. */
    private readonly named: Uint32Array,
  ) {}

  static readonly empty = new PolicyIndex(new Map(), new Uint32Array());

  /** The index of many policies, made at once. */
  static of(policies: Iterable<CompiledPolicy>): PolicyIndex {
    const root = new Map<Key, Map<Key, Map<Key, Candidate[]>>>();
    const handles: number[] = [];
    for (const policy of policies) {
      const candidate = new Candidate(policy);
      handles.push(...handlesOf(policy));
      for (const action of policy.actionKeys) {
        const byPrincipal = getOrMake(root, action, () => new Map<Key, Map<Key, Candidate[]>>());
        const byResource = getOrMake(byPrincipal, policy.principalKey, () => new Map<Key, Candidate[]>());
        getOrMake(byResource, policy.resourceKey, () => []).push(candidate);
      }
    }
    return new PolicyIndex(root, withBits(new Uint32Array(), handles));
  }

  /** The index with one more policy. */
  with(policy: CompiledPolicy): PolicyIndex {
    const candidate = new Candidate(policy);
    const root = this.#changed(policy, (bucket) => [...bucket, candidate]);
    return new PolicyIndex(root, withBits(this.named, handlesOf(policy)));
  }

  /** The index without a policy. */
  without(policy: CompiledPolicy): PolicyIndex {
    const root = this.#changed(policy, (bucket) => bucket.filter((other) => other.policy !== policy));
    return new PolicyIndex(root, this.named);
  }

  #changed(policy: CompiledPolicy, change: (bucket: Bucket) => Bucket): Root {
    let root: Root = this.root;
    for (const action of policy.actionKeys) {
      const byPrincipal = root.get(action) ?? new Map<Key, Level<Bucket>>();
      const byResource = byPrincipal.get(policy.principalKey) ?? new Map<Key, Bucket>();
      const bucket = change(byResource.get(policy.resourceKey) ?? []);
      const resources = replaced(byResource, policy.resourceKey, bucket, bucket.length === 0);
      const principals = replaced(byPrincipal, policy.principalKey, resources, resources.size === 0);
      root = replaced(root, action, principals, principals.size === 0);
    }
    return root;
  }

  /** Whether a scope names an entity, or has named it: what fits others that are alike may not fit that one. */
  hasNamed({ handle }: EntityValue): boolean {
    const word = handle >>> 5;
    return word < this.named.length && (((this.named[word] ?? 0) >>> (handle & 31)) & 1) === 1;
  }

  /**
   * Every policy once whose keys fit what is known of a request; of what is not known, whatever a policy asks. Its whole
   * scope is still to be asked.
   */
  candidatesFor(known: Known, entities: EntityTable): Candidate[] {
    const principal = known.principal && keysOf(known.principal, entities);
    const resource = known.resource && keysOf(known.resource, entities);
    const found: Candidate[] = [];
    for (const byPrincipal of fitting(this.root, keysOf(known.action, entities))) {
      for (const byResource of fitting(byPrincipal, principal)) {
        for (const bucket of fitting(byResource, resource)) for (const candidate of bucket) found.push(candidate);
      }
    }
    // Only who names several actions can be found several times.
    return found.some(({ isRepeated }) => isRepeated) ? [...new Set(found)] : found;
  }
}

/** What is known of a request. */
export interface Known {
  readonly action: EntityValue;
  readonly principal?: EntityValue;
  readonly resource?: EntityValue;
}

/** The keys that fit an entity: none, its type, itself, and the groups above it. */
interface Keys {
  readonly type: string;
  readonly handle: number;
  readonly groups: ReadonlySet<number>;
}

function keysOf(entity: EntityValue, entities: EntityTable): Keys {
  return { type: entity.type, handle: entity.handle, groups: entities.groupsOf(entity) };
}

/**
 * What is below the keys that fit: found by whichever are fewer, the keys of the level, or those that fit. Without any to
 * fit, all of it.
 */
function fitting<Below>(level: Level<Below>, keys: Keys | undefined): Below[] {
  const found: Below[] = [];
  if (!keys || level.size <= keys.groups.size + 3) {
    level.forEach((below, key) => {
      if (!keys || isFitting(key, keys)) found.push(below);
    });
    return found;
  }
  const add = (key: Key) => {
    const below = level.get(key);
    if (below !== undefined) found.push(below);
  };
  add(null);
  add(keys.type);
  add(keys.handle);
  keys.groups.forEach((group) => {
    if (group !== keys.handle) add(group);
  });
  return found;
}

/** Whether a key fits an entity: its type, itself and the groups above it. */
export function isFitting(key: Key, { type, handle, groups }: Keys): boolean {
  return key === null || (typeof key === "string" ? key === type : key === handle || groups.has(key));
}

function handlesOf({ actionKeys, principalKey, resourceKey }: CompiledPolicy): number[] {
  return [...actionKeys, principalKey, resourceKey].filter((key) => typeof key === "number");
}

/** The bits with some more set. */
function withBits(bits: Uint32Array, more: readonly number[]): Uint32Array {
  const last = more.reduce((greatest, bit) => Math.max(greatest, bit), -1);
  const all = new Uint32Array(Math.max(bits.length, (last + 32) >>> 5));
  all.set(bits);
  for (const bit of more) all[bit >>> 5] = (all[bit >>> 5] ?? 0) | (1 << (bit & 31));
  return all;
}

function getOrMake<Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function replaced<Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value, isEmpty: boolean): Map<Key, Value> {
  const copy = new Map(map);
  if (isEmpty) copy.delete(key);
  else copy.set(key, value);
  return copy;
}
