import type { Numbers } from "../values/numbers";
import type { EntityValue } from "../values/value";

/**
 * What a scope asks of one variable, as a number, so that many can be kept side by side: nothing, `ANY`; an entity type,
 * below that; one entity, twice its handle; one entity or any member of it, one more than that.
 * https://docs.cedarpolicy.com/policies/syntax-policy.html
 */
export type Key = number;

export const ANY: Key = -1;

/** `is T` */
export function keyOfType(type: string, numbers: Numbers): Key {
  return ANY - 1 - numbers.ofType(type);
}

/** `== e` */
export function keyOfEntity({ handle }: EntityValue): Key {
  return handle * 2;
}

/** `in e` */
export function keyOfMembers({ handle }: EntityValue): Key {
  return handle * 2 + 1;
}

/** The handle of the entity that a key names; null when it names none. */
export function handleIn(key: Key): number | null {
  return key > ANY ? key >>> 1 : null;
}

/** What keys are asked of: an entity's type, as its key; its handle; and those of all groups that it is in. */
export interface Keyed {
  readonly type: Key;
  readonly handle: number;
  readonly groups: ReadonlySet<number>;
}

/** Whether an entity is what a key asks. */
export function isFitting(key: Key, { type, handle, groups }: Keyed): boolean {
  if (key <= ANY) return key === ANY || key === type;
  return key >>> 1 === handle || ((key & 1) === 1 && groups.has(key >>> 1));
}

/** How many keys fit an entity. */
export function countOfKeys({ groups }: Keyed): number {
  return groups.size + 4;
}

/** Each key that fits an entity once. */
export function forEachKey({ type, handle, groups }: Keyed, take: (key: Key) => void): void {
  take(ANY);
  take(type);
  take(handle * 2);
  take(handle * 2 + 1);
  groups.forEach((group) => {
    // A group can be in itself.
    if (group !== handle) take(group * 2 + 1);
  });
}
