import { formatCount, listWords } from "@/components/ui/format";
import type { Cell, Condition, RoleDefinition } from "@/server/roles/contract";
import { conditionsWords } from "../words";

/** One line of what saving would change. */
export interface Change {
  readonly sign: "+" | "−" | "=";
  /** What it is about: actions, or a word. */
  readonly strong: string;
  readonly rest: string;
}

/** A role as it is or would be. */
export interface RoleState {
  readonly definition: Pick<RoleDefinition, "title" | "description">;
  readonly cells: readonly Cell[];
}

/** What whoever holds a role gains, loses and keeps; nothing but words may have changed, too. */
export function changesOf(before: RoleState | null, after: RoleState): Change[] {
  const [old, next] = [keyed(before?.cells ?? []), keyed(after.cells)];
  const gained = [...next].flatMap(([key, cell]) => (old.has(key) ? [] : [cell]));
  const taken = [...old].flatMap(([key, cell]) => (next.has(key) ? [] : [cell]));
  const kept = new Set([...next].flatMap(([key, { action }]) => (old.has(key) ? [action] : [])));
  return [
    ...lines("+", gained),
    ...lines("−", taken),
    ...(before ? wordChanges(before.definition, after.definition) : []),
    ...(kept.size > 0 ? [keptLine(kept.size)] : []),
  ];
}

function wordChanges(before: RoleState["definition"], after: RoleState["definition"]): Change[] {
  const title: Change = { sign: "+", strong: "Its title", rest: `is “${after.title.trim()}”, not “${before.title}”` };
  const description: Change = { sign: "+", strong: "Its description", rest: "says something else" };
  return [
    ...(after.title.trim() === before.title ? [] : [title]),
    ...(after.description.trim() === before.description ? [] : [description]),
  ];
}

function keptLine(count: number): Change {
  const words = count === 1 ? "action stays as it is" : "actions stay as they are";
  return { sign: "=", strong: formatCount(count), rest: words };
}

/** Each way of being permitted once, wherever it comes from. */
function keyed(cells: readonly Cell[]): ReadonlyMap<string, Cell> {
  return new Map(cells.map((cell) => [`${cell.action} ${cell.resourceType} ${JSON.stringify(cell.conditions)}`, cell]));
}

/** Actions that are alike in types and conditions share a line. */
function lines(sign: Change["sign"], cells: readonly Cell[]): Change[] {
  const actions = groupBy(cells, ({ action, conditions }) => `${action} ${JSON.stringify(conditions)}`);
  const alike = groupBy(actions, (group) => `${typesOf(group).join()} ${JSON.stringify(group[0]?.conditions)}`);
  return alike.map((groups): Change => {
    const [first = []] = groups;
    const conditions: readonly Condition[] = first[0]?.conditions ?? [];
    const where = conditions.length > 0 ? `, ${conditionsWords(conditions)}` : "";
    return {
      sign,
      strong: listWords(groups.map(([cell]) => cell?.action ?? "")),
      rest: `on ${listWords(typesOf(first))}${where}`,
    };
  });
}

function typesOf(cells: readonly Cell[]): string[] {
  return cells.map(({ resourceType }) => resourceType).sort();
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}
