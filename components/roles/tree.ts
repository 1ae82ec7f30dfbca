import type { KnownAction } from "@/server/roles/contract";

/** A group of actions, or one action: then it has no members. */
export interface ActionNode {
  readonly name: string;
  readonly members: readonly ActionNode[];
}

/**
 * Actions as a tree: groups with what is in them, the widest first, then actions of no group. An action that is in two
 * groups of which neither holds the other is in the tree twice.
 */
export function actionTree(actions: readonly KnownAction[]): ActionNode[] {
  const groups = groupsOf(actions);
  const nodeOf = (group: string): ActionNode => ({
    name: group,
    members: [
      ...[...groups.keys()].filter((other) => parentsOf(groups, other).includes(group)).map(nodeOf),
      ...actions.filter((action) => nearestGroups(groups, action).includes(group)).map(leafOf),
    ],
  });
  const tops = [...groups.keys()].filter((group) => parentsOf(groups, group).length === 0);
  return [...tops.map(nodeOf), ...actions.filter((action) => action.groups.length === 0).map(leafOf)];
}

/** Which group an action is listed under: the narrowest that holds it; the first of them by name. Null for none. */
export function headingOf(actions: readonly KnownAction[], name: string): string | null {
  const action = actions.find((one) => one.name === name);
  return (action && nearestGroups(groupsOf(actions), action).toSorted()[0]) ?? null;
}

/** The part of a tree whose names have a text in them; a group that has is there whole. */
export function searchTree(nodes: readonly ActionNode[], text: string): ActionNode[] {
  const wanted = text.trim().toLowerCase();
  return nodes.flatMap((node) => {
    if (node.name.toLowerCase().includes(wanted)) return [node];
    const members = searchTree(node.members, text);
    return members.length > 0 ? [{ ...node, members }] : [];
  });
}

/** How many actions a node stands for. */
export function countActions({ members }: ActionNode): number {
  return members.length === 0 ? 1 : members.reduce((sum, member) => sum + countActions(member), 0);
}

/** What some chosen names of actions and groups stand for. */
export function actionsNamed(actions: readonly KnownAction[], chosen: readonly string[]): KnownAction[] {
  const wanted = new Set(chosen);
  return actions.filter(({ name, groups }) => wanted.has(name) || groups.some((group) => wanted.has(group)));
}

function leafOf({ name }: KnownAction): ActionNode {
  return { name, members: [] };
}

type Groups = ReadonlyMap<string, ReadonlySet<string>>;

/** Each group with the actions in it. */
function groupsOf(actions: readonly KnownAction[]): Groups {
  const groups = new Map<string, Set<string>>();
  for (const { name, groups: within } of actions) {
    for (const group of within) groups.set(group, (groups.get(group) ?? new Set()).add(name));
  }
  return groups;
}

/** The groups that hold all of a group and are the narrowest to do so. */
function parentsOf(groups: Groups, group: string): string[] {
  return narrowest(
    groups,
    [...groups.keys()].filter((other) => holds(groups, other, group)),
  );
}

function nearestGroups(groups: Groups, { groups: within }: KnownAction): string[] {
  return narrowest(groups, within);
}

function narrowest(groups: Groups, names: readonly string[]): string[] {
  return names.filter((name) => !names.some((other) => holds(groups, name, other)));
}

/** Whether one group has all that another has, and is not the same; of two with the same actions the first by name holds. */
function holds(groups: Groups, group: string, other: string): boolean {
  if (group === other) return false;
  const [mine, theirs] = [groups.get(group) ?? new Set<string>(), groups.get(other) ?? new Set<string>()];
  const hasAll = [...theirs].every((action) => mine.has(action));
  return hasAll && (mine.size > theirs.size || group < other);
}
