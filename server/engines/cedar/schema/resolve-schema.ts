import { findCycle } from "./cycle";
import { type Problem, problemAt } from "../syntax/problem";
import { chain, TypeResolver } from "./resolve-types";
import type { Action, AppliesTo, EntityType } from "./schema";
import type { RecordType } from "../values/type";
import { SchemaNames } from "./schema-names";
import type { AppliesToSource, EntityTypeSource, SchemaResult, SchemaSource } from "./schema-source";
import type { Name } from "../syntax/syntax";
import { type EntityUid, writeUid } from "../values/uid";

const EMPTY: RecordType = { kind: "record", attributes: new Map() };

/**
 * The schema that is written, with every name resolved; none where one of them means nothing, or means itself.
 * https://docs.cedarpolicy.com/schema/schema.html
 */
export function resolveSchema(source: SchemaSource): SchemaResult {
  const problems: Problem[] = [];
  const names = new SchemaNames(source, problems);
  const types = new TypeResolver(names);
  const entityTypes = new Map<string, EntityType>();
  for (const { source: declared, name, namespace } of names.entityTypes.values()) {
    entityTypes.set(name, resolveEntityType(declared, name, namespace, types));
  }
  const actions = new Map<string, Action>();
  for (const [key, { source: declared, uid, namespace }] of names.actions) {
    const memberOf = distinct(declared.memberOf.map((group) => names.findAction(group, namespace)));
    const appliesTo = declared.appliesTo && resolveAppliesTo(declared.appliesTo, uid, namespace, types);
    actions.set(key, { uid, memberOf, appliesTo });
  }
  reportActionCycle(actions, names);
  const isSound = problems.every(({ severity }) => severity === "warning");
  return { schema: isSound ? { entityTypes, actions } : null, problems };
}

function resolveEntityType(source: EntityTypeSource, name: string, namespace: string, types: TypeResolver): EntityType {
  return {
    name,
    memberOf: entityTypesOf(source.memberOf, namespace, types),
    shape: (source.shape && types.resolveRecord(source.shape, namespace, `the shape of ${name}`)) ?? EMPTY,
    tags: source.tags && types.resolve(source.tags, namespace),
    ids: source.ids && new Set(source.ids.map(({ value }) => value)),
  };
}

function resolveAppliesTo(
  source: AppliesToSource,
  uid: EntityUid,
  namespace: string,
  types: TypeResolver,
): AppliesTo | null {
  const principals = entityTypesOf(source.principals, namespace, types);
  const resources = entityTypesOf(source.resources, namespace, types);
  const what = `the context of ${writeUid(uid)}`;
  const context = source.context ? types.resolveRecord(source.context, namespace, what) : EMPTY;
  return principals.size > 0 && resources.size > 0 ? { principals, resources, context: context ?? EMPTY } : null;
}

function entityTypesOf(written: readonly Name[], namespace: string, { names }: TypeResolver): Set<string> {
  const found = written.map((name) => names.findEntityType(name, namespace));
  return new Set(found.filter((name) => name !== null));
}

/** Each action once; those that were not found left out. */
function distinct(uids: readonly (EntityUid | null)[]): EntityUid[] {
  return [...new Set(uids)].filter((uid) => uid !== null);
}

function reportActionCycle(actions: ReadonlyMap<string, Action>, names: SchemaNames): void {
  const cycle = findCycle(actions.keys(), (key) => actions.get(key)?.memberOf.map(writeUid) ?? []);
  const first = names.actions.get(cycle?.[0] ?? "");
  if (!cycle || !first) return;
  const message = `an action is a member of itself: ${chain(cycle)}`;
  names.problems.push(problemAt(first.source.name, "schema.action_cycle", message));
}
