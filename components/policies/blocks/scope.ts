import type { Schema } from "@/server/engines/cedar/schema/schema";
import type { ScopeChange } from "@/server/engines/cedar/syntax/editing/patch";
import type { ActionScope, EntityScope } from "@/server/engines/cedar/syntax/syntax";
import { worldOf } from "@/server/engines/cedar/validation/environments";
import { type EntityUid, writeUid } from "@/server/engines/cedar/values/uid";

/** An action of the schema with those that are in it, for a tree to choose from. */
export interface ActionNode {
  readonly uid: EntityUid;
  readonly members: readonly ActionNode[];
}

/** The actions of a schema: groups with what is in them. An action in two groups is in the tree twice. */
export function actionTree(schema: Schema): ActionNode[] {
  const actions = [...schema.actions.values()];
  const membersOf = new Map<string, EntityUid[]>();
  for (const { uid, memberOf } of actions) {
    for (const group of memberOf) {
      const key = writeUid(group);
      membersOf.set(key, [...(membersOf.get(key) ?? []), uid]);
    }
  }
  const nodeOf = (uid: EntityUid): ActionNode => ({ uid, members: (membersOf.get(writeUid(uid)) ?? []).map(nodeOf) });
  const tops = actions.filter(({ memberOf }) => memberOf.length === 0).map(({ uid }) => nodeOf(uid));
  return [...tops.filter(({ members }) => members.length > 0), ...tops.filter(({ members }) => members.length === 0)];
}

/** The scope that asks for some actions: one as `==`, a group of them as `in`, several as a list. */
export function actionsChange(schema: Schema, scope: ActionScope, uids: readonly EntityUid[]): ScopeChange {
  const [first, ...more] = uids;
  if (!first) return { variable: "action", operator: "any" };
  if (more.length > 0 || scope.operator === "in list") {
    return { variable: "action", operator: "in list", targets: uids };
  }
  const isGroup = [...schema.actions.values()].some(({ memberOf }) => memberOf.some((one) => isSame(one, first)));
  return { variable: "action", operator: isGroup ? "in" : "==", target: first };
}

/** Whether two names are of one entity. */
export const isSame = (a: EntityUid, b: EntityUid): boolean => a.type === b.type && a.id === b.id;

/** The types that principals or resources have in any request. */
export function typesOf(schema: Schema, variable: EntityScope["variable"]): string[] {
  return [...new Set(worldOf(schema).environments.map((environment) => environment[variable]))];
}

/** The types that something of some types can be in, but for those types themselves. */
export function groupTypesOf(schema: Schema, types: readonly string[]): string[] {
  const { hierarchy } = worldOf(schema);
  const all = [...schema.entityTypes.keys()];
  return all.filter((group) => types.some((type) => type !== group && hierarchy.canBeIn(type, group)));
}
