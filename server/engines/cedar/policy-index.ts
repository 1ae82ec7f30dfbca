import type { CompiledPolicy } from "./compile-policy";
import type { EntityTable } from "./entity-table";
import type { EntityValue } from "./value";

/**
 * What a scope asks of one variable, as a key: nothing, an entity type, or an entity by its handle, of which the request's
 * must be one or a member.
 */
export type Key = null | string | number;

type Level<Below> = ReadonlyMap<Key, Below>;
type Bucket = readonly CompiledPolicy[];
type Root = Level<Level<Level<Bucket>>>;

/**
 * Policies by the keys of action, principal and resource, so that a request meets only those whose scope can match. Each
 * policy is in one bucket for each of its actions. A change copies the maps on its way and shares the others.
 */
export class PolicyIndex {
  private constructor(private readonly root: Root) {}

  static readonly empty = new PolicyIndex(new Map());

  /** The index of many policies, made at once. */
  static of(policies: Iterable<CompiledPolicy>): PolicyIndex {
    const root = new Map<Key, Map<Key, Map<Key, CompiledPolicy[]>>>();
    for (const policy of policies) {
      for (const action of policy.actionKeys) {
        const byPrincipal = getOrMake(root, action, () => new Map<Key, Map<Key, CompiledPolicy[]>>());
        const byResource = getOrMake(byPrincipal, policy.principalKey, () => new Map<Key, CompiledPolicy[]>());
        getOrMake(byResource, policy.resourceKey, () => []).push(policy);
      }
    }
    return new PolicyIndex(root);
  }

  /** The index with one more policy. */
  with(policy: CompiledPolicy): PolicyIndex {
    return this.#changed(policy, (bucket) => [...bucket, policy]);
  }

  /** The index without a policy. */
  without(policy: CompiledPolicy): PolicyIndex {
    return this.#changed(policy, (bucket) => bucket.filter((other) => other !== policy));
  }

  #changed(policy: CompiledPolicy, change: (bucket: Bucket) => Bucket): PolicyIndex {
    let root: Root = this.root;
    for (const action of policy.actionKeys) {
      const byPrincipal = root.get(action) ?? new Map<Key, Level<Bucket>>();
      const byResource = byPrincipal.get(policy.principalKey) ?? new Map<Key, Bucket>();
      const bucket = change(byResource.get(policy.resourceKey) ?? []);
      const resources = replaced(byResource, policy.resourceKey, bucket, bucket.length === 0);
      const principals = replaced(byPrincipal, policy.principalKey, resources, resources.size === 0);
      root = replaced(root, action, principals, principals.size === 0);
    }
    return new PolicyIndex(root);
  }

  /**
   * Gives once every policy whose keys fit what is known of a request; of what is not known, whatever a policy asks. Its
   * whole scope is still to be asked.
   */
  visit(known: Known, entities: EntityTable, give: (policy: CompiledPolicy) => void): void {
    const principal = known.principal && keysOf(known.principal, entities);
    const resource = known.resource && keysOf(known.resource, entities);
    let given: Set<CompiledPolicy> | null = null;
    const giveOnce = (policy: CompiledPolicy) => {
      if (policy.actionKeys.length > 1) {
        given ??= new Set();
        if (given.has(policy)) return;
        given.add(policy);
      }
      give(policy);
    };
    forEachFitting(this.root, keysOf(known.action, entities), (byPrincipal) =>
      forEachFitting(byPrincipal, principal, (byResource) =>
        forEachFitting(byResource, resource, (bucket) => bucket.forEach(giveOnce)),
      ),
    );
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

/** Goes through whichever has fewer: the keys of the level, or those that fit. Without any to fit, through all. */
function forEachFitting<Below>(level: Level<Below>, keys: Keys | undefined, give: (below: Below) => void): void {
  if (!keys || level.size <= keys.groups.size + 3) {
    for (const [key, below] of level) if (!keys || isFitting(key, keys)) give(below);
    return;
  }
  giveAt(level, null, give);
  giveAt(level, keys.type, give);
  giveAt(level, keys.handle, give);
  for (const group of keys.groups) if (group !== keys.handle) giveAt(level, group, give);
}

function giveAt<Below>(level: Level<Below>, key: Key, give: (below: Below) => void): void {
  const below = level.get(key);
  if (below !== undefined) give(below);
}

/** Whether a key fits an entity: its type, itself and the groups above it. */
export function isFitting(key: Key, { type, handle, groups }: Keys): boolean {
  return key === null || (typeof key === "string" ? key === type : key === handle || groups.has(key));
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
