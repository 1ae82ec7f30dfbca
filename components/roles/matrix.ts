import type { Cell, Condition, KnownAction } from "@/server/roles/contract";
import { headingOf } from "./tree";

/** One way in which a role permits an action on a type. */
export interface Way {
  /** The role that it is inherited from; null for the role's own. */
  readonly from: string | null;
  /** The number of its conditions among those of the role, from 1; null where there are none. */
  readonly conditions: number | null;
}

export interface MatrixRow {
  readonly action: string;
  /** By column; empty where it is not permitted on that type. */
  readonly cells: readonly (readonly Way[])[];
  /** Whether the role itself permits it somewhere, and not only one that it inherits. */
  readonly isOwn: boolean;
  /** The roles that it is inherited from. */
  readonly from: readonly string[];
}

/** What a role permits: actions by group, and the types that they are permitted on. */
export interface Matrix {
  readonly types: readonly string[];
  readonly groups: readonly { readonly name: string | null; readonly rows: readonly MatrixRow[] }[];
  /** Each set of conditions once; `Way.conditions` counts from 1. */
  readonly conditions: readonly (readonly Condition[])[];
}

/** Lays out what a role permits. Types in the order of their names; groups and actions in the order of the schema. */
export function layOut(role: string, cells: readonly Cell[], actions: readonly KnownAction[]): Matrix {
  const types = [...new Set(cells.map(({ resourceType }) => resourceType))].sort();
  const conditions: (readonly Condition[])[] = [];
  const numbers = new Map<string, number>();
  const wayOf = (cell: Cell): Way => {
    const from = cell.from === role ? null : cell.from;
    if (cell.conditions.length === 0) return { from, conditions: null };
    const key = JSON.stringify(cell.conditions);
    if (!numbers.has(key)) numbers.set(key, conditions.push(cell.conditions));
    return { from, conditions: numbers.get(key) ?? null };
  };

  const order = new Map(actions.map(({ name }, at) => [name, at]));
  const names = [...new Set(cells.map(({ action }) => action))].sort(
    (a, b) => (order.get(a) ?? Infinity) - (order.get(b) ?? Infinity),
  );
  const rows = names.map((action): MatrixRow => {
    const own = cells.filter((cell) => cell.action === action);
    return {
      action,
      cells: types.map((type) => withoutTwins(own.filter(({ resourceType }) => resourceType === type).map(wayOf))),
      isOwn: own.some(({ from }) => from === role),
      from: [...new Set(own.map(({ from }) => from).filter((from) => from !== role))],
    };
  });
  const groups = new Map<string | null, MatrixRow[]>();
  for (const row of rows) {
    const heading = headingOf(actions, row.action);
    groups.set(heading, [...(groups.get(heading) ?? []), row]);
  }
  return { types, groups: [...groups].map(([name, within]) => ({ name, rows: within })), conditions };
}

/** What is permitted twice in the same way is said once. */
function withoutTwins(ways: readonly Way[]): Way[] {
  return [...new Map(ways.map((way) => [`${way.from} ${way.conditions}`, way])).values()];
}
