/** Something that may lie within another of its kind. */
interface Placed {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
}

/** A row of a tree, with how deep it lies. */
export interface TreeRow<T> {
  readonly item: T;
  readonly depth: number;
}

/** Everything in the order of a tree: each followed by what lies within it, by name. What hangs nowhere is at the top. */
export function treeRows<T extends Placed>(items: readonly T[]): TreeRow<T>[] {
  const known = new Set(items.map(({ id }) => id));
  const byName = [...items].sort((a, b) => a.name.localeCompare(b.name, "en"));
  const within = new Map<string | null, T[]>();
  for (const item of byName) {
    const place = item.parentId !== null && known.has(item.parentId) ? item.parentId : null;
    within.set(place, [...(within.get(place) ?? []), item]);
  }
  const rows: TreeRow<T>[] = [];
  const add = (parentId: string | null, depth: number) => {
    for (const item of within.get(parentId) ?? []) {
      rows.push({ item, depth });
      add(item.id, depth + 1);
    }
  };
  add(null, 0);
  return rows;
}

/** The ids of one and of all that lies within it. */
export function idsWithin(items: readonly Placed[], id: string): ReadonlySet<string> {
  const ids = new Set([id]);
  for (const { item } of treeRows(items)) {
    if (item.parentId !== null && ids.has(item.parentId)) ids.add(item.id);
  }
  return ids;
}
