import type { World } from "./environments";
import { nearest, type Range } from "../syntax/problem";
import type { Expression, Policy } from "../syntax/syntax";
import { type EntityUid, writeUid, isActionType } from "../values/uid";
import type { Finding } from "./typing";
import { partsOf } from "../syntax/walk";

/** More names than these are not listed as what would have been accepted. */
const LISTED = 12;

/**
 * Names in a policy that its schema does not have: entity types, actions, and entities of types that have all of theirs
 * enumerated. They are told of wherever they stand, also where no environment reaches.
 * https://docs.cedarpolicy.com/policies/validation.html#validation-supported-checks
 */
export function* unknownNames({ schema }: World, policy: Policy): Generator<Finding> {
  for (const { range, type, uid } of namesIn(policy)) {
    if (isActionType(type)) {
      if (uid && !schema.actions.has(writeUid(uid))) yield unknownAction(schema.actions, uid, range);
      continue;
    }
    const entityType = schema.entityTypes.get(type);
    if (!entityType) yield unknownType([...schema.entityTypes.keys()], type, uid, range);
    else if (uid && entityType.ids && !entityType.ids.has(uid.id)) yield unknownEntity(entityType.ids, uid, range);
  }
}

function unknownType(types: readonly string[], type: string, uid: EntityUid | null, range: Range): Finding {
  const inNamespace = types.filter((one) => one.endsWith(`::${type}`));
  const near = (inNamespace.length === 1 ? inNamespace[0] : null) ?? nearest(type, types);
  return {
    code: "type.unknown_entity_type",
    message: `the schema has no entity type \`${type}\``,
    range,
    expected: uid || types.length > LISTED ? [] : types,
    suggest: () => (near && uid ? writeUid({ type: near, id: uid.id }) : near),
  };
}

function unknownEntity(ids: ReadonlySet<string>, { type, id }: EntityUid, range: Range): Finding {
  const near = nearest(id, ids);
  return {
    code: "type.unknown_entity",
    message: `\`${writeUid({ type, id })}\` is none of the entities that the schema has of \`${type}\``,
    range,
    expected: ids.size > LISTED ? [] : [...ids].map((one) => writeUid({ type, id: one })),
    suggest: () => (near === null ? null : writeUid({ type, id: near })),
  };
}

function unknownAction(actions: World["schema"]["actions"], uid: EntityUid, range: Range): Finding {
  const uids = [...actions.values()].map((action) => action.uid);
  const ofType = uids.filter(({ type }) => type === uid.type);
  const near = nearest(
    uid.id,
    ofType.map(({ id }) => id),
  );
  const meant = uids.find(({ type, id }) => (near === null ? id === uid.id : type === uid.type && id === near));
  return {
    code: "type.unknown_action",
    message: `the schema has no action \`${writeUid(uid)}\``,
    range,
    expected: uids.length > LISTED ? [] : uids.map(writeUid),
    suggest: () => (meant ? writeUid(meant) : null),
  };
}

/** An entity type where it is named, alone or with an entity of it. */
interface Named {
  readonly range: Range;
  readonly type: string;
  readonly uid: EntityUid | null;
}

function* namesIn({ principal, action, resource, conditions }: Policy): Generator<Named> {
  for (const { entityType, typeRange, target } of [principal, resource]) {
    if (entityType !== null && typeRange) yield { range: typeRange, type: entityType, uid: null };
    if (target?.value) yield { range: target, type: target.value.type, uid: target.value };
  }
  for (const { start, end, value } of action.targets) yield { range: { start, end }, type: value.type, uid: value };
  for (const { body } of conditions) yield* namesInExpression(body);
}

function* namesInExpression(start: Expression): Generator<Named> {
  const open = [start];
  for (let expression = open.pop(); expression; expression = open.pop()) {
    if (expression.kind === "entity") yield { range: expression, type: expression.value.type, uid: expression.value };
    if (expression.kind === "is") yield { range: expression.typeRange, type: expression.entityType, uid: null };
    open.push(...partsOf(expression));
  }
}
