import type { Capabilities } from "./capabilities";
import { type BinaryOperator, type Expression, unwrap } from "../syntax/syntax";
import { type EntityUid, writeString, writeUid, isActionType } from "../values/uid";
import { type Checker, ENTITIES, ENTITY, type Expectation, failed, INTEGER, only, sound, type Typing } from "./typing";
import { BOOL, type Checked, FALSE, isDisjoint, isSame, leastUpperBound, LONG, singleton, TRUE } from "./types";
import { writeType } from "../schema/write-type";

type Kind<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/**
 * `a == b`: both have a type in common. Entities of two types are never equal, and of two literals it is known.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-equality
 */
export function checkEquality(checker: Checker, expression: Kind<"binary">, known: Capabilities): Typing {
  const left = checker.check(expression.left, known);
  const right = checker.check(expression.right, known);
  if (left.type && right.type && isDisjoint(left.type, right.type)) return sound(FALSE);
  const literals = [literalOf(checker, expression.left), literalOf(checker, expression.right)];
  if (!literals.includes(null)) return sound(singleton(literals[0] === literals[1]));
  if (!left.type || !right.type || leastUpperBound(left.type, right.type)) return sound(BOOL);
  checker.report({
    code: "type.incompatible",
    message: `${writeType(left.type)} and ${writeType(right.type)} can never be equal`,
    range: expression,
  });
  return failed(BOOL);
}

/**
 * A text that equal literals share; null of what is no literal. The action of an environment is one, and so is
 * `true && false`, which the reference reads as what it comes to.
 */
function literalOf(checker: Checker, expression: Expression): string | null {
  const literal = unwrap(expression);
  if (literal.kind === "binary" && (literal.operator === "&&" || literal.operator === "||")) {
    const sides = [literalOf(checker, literal.left), literalOf(checker, literal.right)];
    if (!sides.every((side) => side === "true" || side === "false")) return null;
    return String(literal.operator === "&&" ? !sides.includes("false") : sides.includes("true"));
  }
  if (literal.kind === "bool" || literal.kind === "long") return String(literal.value);
  if (literal.kind === "negate") return literal.operand.kind === "long" ? `-${literal.operand.value}` : null;
  if (literal.kind === "string") return writeString(literal.value);
  const uid = entityOf(checker, literal);
  return uid && writeUid(uid);
}

/** The entity that an expression names; null when it names none. */
function entityOf(checker: Checker, expression: Expression): EntityUid | null {
  const named = unwrap(expression);
  if (named.kind === "entity") return named.value;
  return named.kind === "variable" && named.name === "action" ? checker.environment.action : null;
}

const DATETIME: Checked = { kind: "extension", name: "datetime" };
const DURATION: Checked = { kind: "extension", name: "duration" };
const ORDERED: Expectation = {
  names: [LONG, DATETIME, DURATION].map(writeType),
  accepts: (type) => [LONG, DATETIME, DURATION].some((one) => isSame(one, type)),
};

/**
 * `a < b` and the like: both are integers, or datetimes, or durations.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-lessthan
 */
export function checkOrder(checker: Checker, expression: Kind<"binary">, known: Capabilities): Typing {
  const left = checker.check(expression.left, known);
  const right = checker.check(expression.right, known);
  if (!left.type || !right.type) return failed(BOOL);
  if (ORDERED.accepts(left.type) && isSame(left.type, right.type)) return sound(BOOL);
  if (ORDERED.accepts(left.type)) return mismatch(checker, expression.right, right.type, only(left.type));
  if (ORDERED.accepts(right.type)) return mismatch(checker, expression.left, left.type, only(right.type));
  mismatch(checker, expression.left, left.type, ORDERED);
  return mismatch(checker, expression.right, right.type, ORDERED);
}

function mismatch(checker: Checker, expression: Expression, type: Checked, expected: Expectation): Typing {
  const isDecimal = type.kind === "extension" && type.name === "decimal";
  checker.report({
    code: "type.mismatch",
    message: `expected ${expected.names.join(" or ")}, but this is ${writeType(type)}${isDecimal ? "; decimals are compared with `lessThan` and the like" : ""}`,
    range: expression,
    expected: expected.names,
  });
  return failed(BOOL);
}

/** `a + b` and the like. https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-add */
export function checkArithmetic(
  checker: Checker,
  { operator, left, right }: Kind<"binary">,
  known: Capabilities,
): Typing {
  const hint = (type: Checked) => arithmeticHint(operator, type);
  for (const operand of [left, right]) checker.expect(operand, known, INTEGER, hint);
  return sound(LONG);
}

function arithmeticHint(operator: BinaryOperator, { kind }: Checked): string | null {
  if (kind === "set") return "sets cannot be added or taken away";
  return kind === "string" && operator === "+" ? "strings cannot be put together" : null;
}

/**
 * `a in b`: both are entities, or `b` a set of them. Types tell when it is never true; of actions it is known.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-in
 */
export function checkIn(checker: Checker, { left, right }: Kind<"binary">, known: Capabilities): Typing {
  const hint = ({ kind }: Checked) => (kind === "set" ? null : "an element is looked for with `contains`");
  return membership(checker, left, checker.expect(left, known, ENTITY, hint), right, known);
}

/** `a in b` where `a` has been checked. */
function membership(
  checker: Checker,
  left: Expression,
  member: Typing,
  right: Expression,
  known: Capabilities,
): Typing {
  const group = checker.expect(right, known, ENTITIES, ({ kind }) => {
    if (kind === "set") return "an element is looked for with `contains`";
    return kind === "string" ? "a string is asked with `like`" : null;
  });
  if (!member.type || !group.type) return failed(BOOL);

  const action = entityOf(checker, left);
  const groups = entitiesOf(checker, right);
  const { hierarchy } = checker.world;
  if (action && groups && isActionType(action.type)) {
    return sound(singleton(groups.some((one) => hierarchy.isActionIn(action, one))));
  }
  const within = group.type.kind === "set" ? group.type.element : group.type;
  if (member.type.kind !== "entity" || within.kind !== "entity") return failed(BOOL);
  return sound(hierarchy.canBeIn(member.type.name, within.name) ? BOOL : FALSE);
}

/** The entities that an expression names, one or a set of them; null when it is anything else. */
function entitiesOf(checker: Checker, expression: Expression): readonly EntityUid[] | null {
  const named = unwrap(expression);
  if (named.kind !== "set") {
    const one = entityOf(checker, named);
    return one && [one];
  }
  const entities = named.elements.map((element) => entityOf(checker, element));
  return entities.every((one) => one !== null) ? entities : null;
}

/**
 * `e is T` is known by the type of `e`; `e is T in g` is `e is T && e in g`.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-is
 */
export function checkIs(checker: Checker, expression: Kind<"is">, known: Capabilities): Typing {
  const { target, parent, entityType } = expression;
  const typing = checker.expect(target, known, ENTITY, () => "only entities are asked with `is`");
  if (typing.type?.kind !== "entity") {
    if (parent) checker.expect(parent, known, ENTITIES);
    return failed(BOOL);
  }
  if (typing.type.name !== entityType) return sound(FALSE);
  return parent ? membership(checker, target, typing, parent, known) : sound(TRUE);
}
