import { intersection, type Capabilities, union } from "./capabilities";
import type { Expression } from "../syntax/syntax";
import { BOOLEAN, type Checker, failed, sound, type Typing } from "./typing";
import { BOOL, type Checked, FALSE, leastUpperBound, TRUE } from "./types";
import { writeType } from "../schema/write-type";

type Kind<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;
type Binary = Kind<"binary">;

/**
 * `a && b`: what `a` makes known holds in `b`. An `a` that is never true leaves `b` out of reach, and out of the check.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-and
 */
export function checkAnd(checker: Checker, { left, right }: Binary, known: Capabilities): Typing {
  return conjoin(checker, checker.expect(left, known, BOOLEAN), right, known);
}

/** `a && b` where `a` has been checked. */
export function conjoin(checker: Checker, first: Typing, right: Expression, known: Capabilities): Typing {
  if (first.type?.kind === "false") return sound(FALSE);
  const second = checker.expect(right, union(known, first.capabilities), BOOLEAN);
  if (second.type?.kind === "false") return sound(FALSE);
  const type = both(first.type, second.type, "true");
  return sound(type, union(first.capabilities, second.capabilities));
}

/**
 * `a || b`: known afterwards is what both make known, unless one of them is never true. An `a` that is always true
 * leaves `b` out of the check.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-or
 */
export function checkOr(checker: Checker, { left, right }: Binary, known: Capabilities): Typing {
  const first = checker.expect(left, known, BOOLEAN);
  if (first.type?.kind === "true") return first;
  const second = checker.expect(right, known, BOOLEAN);
  if (second.type?.kind === "true") return second;
  const type = both(first.type, second.type, "false");
  return sound(type, either(first, second));
}

/** The type of a conjunction or disjunction, where an operand of the neutral type has no say. */
function both(first: Checked | null, second: Checked | null, neutral: "true" | "false"): Checked {
  if (first && second?.kind === neutral) return first;
  return second && first?.kind === neutral ? second : BOOL;
}

/** What is known when one of both is true, and it is not known which. */
function either(first: Typing, second: Typing): Capabilities {
  if (second.type?.kind === "false") return first.capabilities;
  if (first.type?.kind === "false") return second.capabilities;
  return intersection(first.capabilities, second.capabilities);
}

/** `!a` makes nothing known. https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-not */
export function checkNot(checker: Checker, operand: Expression, known: Capabilities): Typing {
  const typing = checker.expect(operand, known, BOOLEAN);
  if (typing.type?.kind === "true") return sound(FALSE);
  return sound(typing.type?.kind === "false" ? TRUE : BOOL);
}

/**
 * `if a then b else c`: what `a` makes known holds in `b`. A branch out of reach is not checked; otherwise both must
 * have a type in common.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-if
 */
export function checkIf(checker: Checker, expression: Kind<"if">, known: Capabilities): Typing {
  const condition = checker.expect(expression.condition, known, BOOLEAN);
  if (condition.type?.kind === "false") return checker.check(expression.alternative, known);
  const consequent = checker.check(expression.consequent, union(known, condition.capabilities));
  const afterwards = union(consequent.capabilities, condition.capabilities);
  if (condition.type?.kind === "true") return { ...consequent, capabilities: afterwards };

  const alternative = checker.check(expression.alternative, known);
  if (!consequent.type || !alternative.type) return failed();
  const type = leastUpperBound(consequent.type, alternative.type);
  if (type) return sound(type, intersection(afterwards, alternative.capabilities));
  checker.report({
    code: "type.incompatible",
    message: `the branches of this \`if\` have different types, ${writeType(consequent.type)} and ${writeType(alternative.type)}`,
    range: expression,
  });
  return failed();
}
