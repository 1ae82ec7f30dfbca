import { EvaluationError, type Evaluate, expects, type Frame } from "./evaluation";
import type { Range } from "../syntax/problem";
import type { BinaryOperator } from "../syntax/syntax";
import { EntityValue, ExtensionValue, isEqual, LONG_MAX, LONG_MIN, SetValue, type Value } from "../values/value";

/** A binary expression's places; a negation has only its own. */
interface Places extends Range {
  readonly left?: Range;
  readonly right?: Range;
}

/** Operators between two expressions, https://docs.cedarpolicy.com/policies/syntax-operators.html */
export function compileBinary(operator: BinaryOperator, left: Evaluate, right: Evaluate, at: Places): Evaluate {
  switch (operator) {
    case "&&":
      return compileLogic(left, right, false, at);
    case "||":
      return compileLogic(left, right, true, at);
    case "==":
      return (frame) => isEqual(left(frame), right(frame));
    case "!=":
      return (frame) => !isEqual(left(frame), right(frame));
    case "in":
      return compileIn(left, right, at);
    case "<":
      return compileComparison(left, right, { isSwapped: false, isNegated: false }, at);
    case "<=":
      return compileComparison(left, right, { isSwapped: true, isNegated: true }, at);
    case ">":
      return compileComparison(left, right, { isSwapped: true, isNegated: false }, at);
    case ">=":
      return compileComparison(left, right, { isSwapped: false, isNegated: true }, at);
    case "+":
      return compileArithmetic(left, right, (a, b) => a + b, at);
    case "-":
      return compileArithmetic(left, right, (a, b) => a - b, at);
    case "*":
      return compileArithmetic(left, right, (a, b) => a * b, at);
  }
}

/** `&&` and `||`: where the left side settles it, the right side is not looked at. */
function compileLogic(left: Evaluate, right: Evaluate, settles: boolean, at: Places): Evaluate {
  const [ofLeft, ofRight] = [new EvaluationError(at.left ?? at), new EvaluationError(at.right ?? at)];
  return (frame) => {
    const first = left(frame);
    if (typeof first !== "boolean") throw ofLeft.because(expects("a bool", first));
    if (first === settles) return settles;
    const second = right(frame);
    if (typeof second !== "boolean") throw ofRight.because(expects("a bool", second));
    return second;
  };
}

/** How an operator is made of `<`: with its sides changed, and turned round. */
interface Order {
  readonly isSwapped: boolean;
  readonly isNegated: boolean;
}

/** Longs, datetimes and durations have an order, each among themselves. */
function compileComparison(left: Evaluate, right: Evaluate, { isSwapped, isNegated }: Order, at: Places): Evaluate {
  const error = new EvaluationError(at);
  const compare = (a: bigint, b: bigint) => (isSwapped ? b < a : a < b) !== isNegated;
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === "bigint" && typeof b === "bigint") return compare(a, b);
    if (hasOrder(a) && hasOrder(b) && a.type === b.type) return compare(a.amount, b.amount);
    const isFirst = typeof a !== "bigint" && !hasOrder(a);
    throw error.because(isFirst ? expects("a long", a) : expects(typeof a === "bigint" ? "a long" : nameOf(a), b));
  };
}

function hasOrder(value: Value): value is ExtensionValue {
  return value instanceof ExtensionValue && (value.type === "datetime" || value.type === "duration");
}

function nameOf(value: Value): string {
  return value instanceof ExtensionValue ? `a ${value.type}` : "a long";
}

type Compute = (a: bigint, b: bigint) => bigint;

function compileArithmetic(left: Evaluate, right: Evaluate, compute: Compute, at: Places): Evaluate {
  const error = new EvaluationError(at);
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a !== "bigint") throw error.because(expects("a long", a));
    if (typeof b !== "bigint") throw error.because(expects("a long", b));
    const result = compute(a, b);
    if (result < LONG_MIN || result > LONG_MAX) throw error.because("the result does not fit into 64 bits");
    return result;
  };
}

function compileIn(left: Evaluate, right: Evaluate, at: Places): Evaluate {
  const [isMember, error] = [compileMembership(right, at.right ?? at), new EvaluationError(at.left ?? at)];
  return (frame) => {
    const entity = left(frame);
    if (!(entity instanceof EntityValue)) throw error.because(expects("an entity", entity));
    return isMember(frame, entity);
  };
}

/** Whether an entity is the right one, or a member of it, or of any entity of a set. @throws EvaluationError */
export function compileMembership(right: Evaluate, at: Range): (frame: Frame, entity: EntityValue) => boolean {
  const error = new EvaluationError(at);
  const isInSet = (frame: Frame, entity: EntityValue, set: SetValue) => {
    const wrong = set.elements.find((element) => !(element instanceof EntityValue));
    if (wrong !== undefined) throw error.because(expects("a set of entities", wrong));
    return set.elements.some((element) => frame.entities.isIn(entity, element as EntityValue));
  };
  return (frame, entity) => {
    const group = right(frame);
    if (group instanceof EntityValue) return frame.entities.isIn(entity, group);
    if (group instanceof SetValue) return isInSet(frame, entity, group);
    throw error.because(expects("an entity or a set of entities", group));
  };
}
