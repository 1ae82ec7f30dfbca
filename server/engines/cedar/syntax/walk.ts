import { type Condition, type Expression, unwrap } from "./syntax";

/** The expressions of which an expression is made, in the order in which they are written. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "paren":
      return [expression.inner];
    case "not":
    case "negate":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "if":
      return [expression.condition, expression.consequent, expression.alternative];
    case "has":
    case "like":
    case "attribute":
      return [expression.target];
    case "is":
      return expression.parent ? [expression.target, expression.parent] : [expression.target];
    case "method":
      return [expression.target, ...expression.arguments];
    case "call":
      return expression.arguments;
    case "set":
      return expression.elements;
    case "record":
      return expression.entries.map(({ value }) => value);
    case "bool":
    case "long":
    case "string":
    case "entity":
    case "variable":
    case "slot":
    case "hole":
      return [];
  }
}

/** Whether an expression, or a part of it, is so. */
export function someOf(expression: Expression, is: (part: Expression) => boolean): boolean {
  return is(expression) || partsOf(expression).some((part) => someOf(part, is));
}

/** A part of conditions, and what it must be for them to hold. */
export interface Part {
  readonly expression: Expression;
  readonly wanted: boolean;
}

/**
 * What must all be as wanted for conditions to hold, in the order in which it is evaluated: the sides of `a && b` wanted
 * true, of `a || b` wanted false, and what `!` turns round.
 */
export function conjunctsOf(conditions: readonly Condition[]): Part[] {
  return conditions.flatMap(({ kind, body }) => sidesOf(body, kind === "when"));
}

function sidesOf(expression: Expression, wanted: boolean): Part[] {
  const inner = unwrap(expression);
  if (inner.kind === "not") return sidesOf(inner.operand, !wanted);
  if (inner.kind !== "binary" || inner.operator !== (wanted ? "&&" : "||")) return [{ expression, wanted }];
  return [...sidesOf(inner.left, wanted), ...sidesOf(inner.right, wanted)];
}
