import { type Key, type Keyed, keyOfType } from "./keys";
import type { EntityData } from "../data/request";
import type { Numbers } from "../values/numbers";
import type { EntityValue } from "../values/value";

/** Entities of a chunk, a power of two: what is copied when one of them changes. */
const CHUNK_BITS = 10;
const CHUNK = 1 << CHUNK_BITS;

/** A type, and the groups of which entities are members directly. Entities alike in both share one. */
export class Membership {
  constructor(
    readonly type: string,
    readonly parents: readonly EntityValue[],
    /** Its number, from 0. */
    readonly id: number,
    readonly typeKey: Key,
  ) {}
}

/** Memberships by type and the groups they name. It only grows; which groups those groups are in, is not settled here. */
class Memberships {
  readonly #byName = new Map<string, Membership>();
  readonly #withoutParents = new Map<string, Membership>();

  constructor(readonly numbers: Numbers) {}

  of(type: string, parents: readonly EntityValue[]): Membership {
    const sorted = [...new Set(parents)].sort((a, b) => a.handle - b.handle);
    const name = `${type} ${sorted.map(({ handle }) => handle).join()}`;
    let membership = this.#byName.get(name);
    if (!membership) {
      membership = new Membership(type, sorted, this.#byName.size, keyOfType(type, this.numbers));
      this.#byName.set(name, membership);
    }
    return membership;
  }

  /** That of entities of which nothing is known. */
  without(type: string): Membership {
    let membership = this.#withoutParents.get(type);
    if (!membership) this.#withoutParents.set(type, (membership = this.of(type, [])));
    return membership;
  }
}

/** An entity as it is kept. */
export interface Resident extends EntityData {
  readonly membership: Membership;
}

class Kept implements Resident {
  constructor(
    readonly uid: EntityData["uid"],
    readonly attributes: EntityData["attributes"],
    readonly tags: EntityData["tags"],
    readonly membership: Membership,
  ) {}

  get parents(): readonly EntityValue[] {
    return this.membership.parents;
  }
}

type Chunk = readonly (Resident | undefined)[];

/**
 * Entities as they were at a time, by their numbers. A change makes another table that shares all but one chunk with this
 * one. https://docs.cedarpolicy.com/policies/syntax-entity.html
 */
export class EntityTable {
  /** Every group above a membership, by its number: filled when it is first asked for. */
  readonly #closures: (ReadonlySet<number> | undefined)[];

  private constructor(
    readonly size: number,
    private readonly chunks: readonly (Chunk | undefined)[],
    private readonly memberships: Memberships,
    /** Handles of entities that others are members of. */
    private readonly groups: ReadonlySet<number>,
    closures: (ReadonlySet<number> | undefined)[],
    /** Those of `over`. */
    private readonly given: readonly Resident[] | null = null,
  ) {
    this.#closures = closures;
  }

  static empty(numbers: Numbers): EntityTable {
    return new EntityTable(0, [], new Memberships(numbers), new Set(), []);
  }

  get numbers(): Numbers {
    return this.memberships.numbers;
  }

  /** What is known of an entity; undefined for nothing. */
  find(entity: EntityValue): Resident | undefined {
    return (
      (this.given !== null && this.#findGiven(entity)) ||
      this.chunks[entity.handle >>> CHUNK_BITS]?.[entity.handle & (CHUNK - 1)]
    );
  }

  #findGiven(entity: EntityValue): Resident | undefined {
    return this.given?.find(({ uid }) => uid === entity);
  }

  /** What an entity has in common with others of its type and groups. */
  membershipOf(entity: EntityValue, known = this.find(entity)): Membership {
    return known ? known.membership : this.memberships.without(entity.type);
  }

  /** What keys of scopes are asked of an entity. */
  keyed(entity: EntityValue, known = this.find(entity)): Keyed {
    const membership = this.membershipOf(entity, known);
    return { type: membership.typeKey, handle: entity.handle, groups: this.groupsAbove(membership) };
  }

  /** Whether every membership means the same groups as in another table: until a group changes, tables share closures. */
  isGroupedAs(other: EntityTable): boolean {
    return this.#closures === other.#closures;
  }

  /** Whether an entity is another, or a member of it at any depth. */
  isIn(entity: EntityValue, group: EntityValue): boolean {
    if (entity === group) return true;
    const resident = this.find(entity);
    return resident !== undefined && this.groupsAbove(resident.membership).has(group.handle);
  }

  /** Handles of all groups, at any depth, of whoever has a membership. */
  groupsAbove(membership: Membership): ReadonlySet<number> {
    const known = this.#closures[membership.id];
    if (known) return known;
    const above = new Set<number>();
    const open = [...membership.parents];
    for (let group = open.pop(); group; group = open.pop()) {
      if (above.has(group.handle)) continue;
      above.add(group.handle);
      open.push(...(this.find(group)?.membership.parents ?? []));
    }
    this.#closures[membership.id] = above;
    return above;
  }

  /** The table with some entities added, or in the place of those of their names. */
  with(entities: Iterable<EntityData>): EntityTable {
    const chunks = [...this.chunks];
    const copied = new Set<number>();
    const groups = new Set<number>();
    let [size, isRegrouped] = [this.size, false];
    for (const { uid, attributes, tags, parents } of entities) {
      const membership = this.memberships.of(uid.type, parents);
      const [at, within] = [uid.handle >>> CHUNK_BITS, uid.handle & (CHUNK - 1)];
      const before = chunks[at]?.[within];
      this.#writable(chunks, copied, at)[within] = new Kept(uid, attributes, tags, membership);
      if (!before) size += 1;
      isRegrouped ||= before?.membership !== membership && this.groups.has(uid.handle);
      for (const { handle } of membership.parents) if (!this.groups.has(handle)) groups.add(handle);
    }
    return this.#changed(size, chunks, groups, isRegrouped || groups.size > 0);
  }

  /** The table without what is known of some entities. Their members stay members of them. */
  without(entities: Iterable<EntityValue>): EntityTable {
    const chunks = [...this.chunks];
    const copied = new Set<number>();
    let [size, isRegrouped] = [this.size, false];
    for (const entity of entities) {
      const [at, within] = [entity.handle >>> CHUNK_BITS, entity.handle & (CHUNK - 1)];
      if (!chunks[at]?.[within]) continue;
      this.#writable(chunks, copied, at)[within] = undefined;
      size -= 1;
      isRegrouped ||= this.groups.has(entity.handle);
    }
    return this.#changed(size, chunks, new Set(), isRegrouped);
  }

  /**
   * What is known, and for one request what comes with it: some entities that the table does not have, or has otherwise,
   * and which are no groups, or in none. It is for questions alone: neither a change of it nor `all` sees them.
   */
  over(entities: readonly EntityData[]): EntityTable {
    const given = entities.map(
      ({ uid, attributes, tags, parents }) => new Kept(uid, attributes, tags, this.memberships.of(uid.type, parents)),
    );
    return new EntityTable(this.size, this.chunks, this.memberships, this.groups, this.#closures, given);
  }

  /** Everything that is known. */
  *all(): Generator<Resident> {
    for (const chunk of this.chunks) {
      for (const resident of chunk ?? []) if (resident) yield resident;
    }
  }

  #writable(chunks: (Chunk | undefined)[], copied: Set<number>, at: number): (Resident | undefined)[] {
    const chunk = chunks[at];
    if (chunk && copied.has(at)) return chunk as (Resident | undefined)[];
    const copy = chunk ? [...chunk] : new Array<Resident | undefined>(CHUNK).fill(undefined);
    copied.add(at);
    while (chunks.length <= at) chunks.push(undefined);
    chunks[at] = copy;
    return copy;
  }

  /** Groups that are in other groups than before make every closure doubtful; a new one may have been known as a member. */
  #changed(
    size: number,
    chunks: readonly (Chunk | undefined)[],
    groups: ReadonlySet<number>,
    isRegrouped: boolean,
  ): EntityTable {
    const all = groups.size === 0 ? this.groups : new Set([...this.groups, ...groups]);
    return new EntityTable(size, chunks, this.memberships, all, isRegrouped ? [] : this.#closures);
  }
}
