import type { Capabilities } from "./capabilities";
import type { Expression } from "../syntax/syntax";
import { type Checker, failed, type Hint, SET, sound, type Typing } from "./typing";
import { BOOL, type Checked, type CheckedAttribute, leastUpperBound } from "./types";
import { writeType } from "../schema/write-type";

type Kind<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/**
 * `[a, b]`: all elements have a type in common. Of `[]` nobody could say the type, and it is refused.
 * https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-set
 */
export function checkSet(checker: Checker, expression: Kind<"set">, known: Capabilities): Typing {
  const typings = expression.elements.map((element) => checker.check(element, known));
  const [first] = typings;
  if (!first) {
    checker.report({
      code: "type.empty_set",
      message: "an empty set has no type: ask a set with `isEmpty()` instead",
      range: expression,
    });
    return failed();
  }
  let element = first.type;
  for (const [at, { type }] of typings.entries()) {
    if (!element || !type) return failed();
    const bound: Checked | null = leastUpperBound(element, type);
    if (!bound) {
      checker.report({
        code: "type.incompatible",
        message: `elements of one set cannot be ${writeType(element)} and ${writeType(type)}`,
        range: expression.elements[at] ?? expression,
        expected: [writeType(element)],
      });
      return failed();
    }
    element = bound;
  }
  return element ? sound({ kind: "set", element }) : failed();
}

/**
 * `{ a: b }` has exactly the attributes that are written.
 * https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-record
 */
export function checkRecord(checker: Checker, expression: Kind<"record">, known: Capabilities): Typing {
  const typings = expression.entries.map(({ value }) => checker.check(value, known));
  const attributes = new Map<string, CheckedAttribute>();
  for (const [at, { name }] of expression.entries.entries()) {
    const type = typings[at]?.type;
    if (!type) return failed();
    attributes.set(name.value, { type, isRequired: true });
  }
  return sound({ kind: "record", attributes });
}

const askOtherwise: Hint = ({ kind }) => {
  if (kind === "entity") return "an entity is asked with `in`";
  if (kind === "record") return "a record is asked with `has`";
  return kind === "string" ? "a string is asked with `like`" : null;
};

/**
 * `s.contains(e)`: the element has a type in common with those of the set.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#function-contains
 */
export function checkContains(
  checker: Checker,
  expression: Kind<"method">,
  element: Expression,
  known: Capabilities,
): Typing {
  const set = checker.expect(expression.target, known, SET, askOtherwise);
  const typing = checker.check(element, known);
  const elements = set.type?.kind === "set" ? set.type.element : null;
  return compare(checker, expression, elements, typing.type);
}

/**
 * `s.containsAll(t)` and `s.containsAny(t)`: both sets have a type in common.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#function-containsAll
 */
export function checkContainsSet(
  checker: Checker,
  expression: Kind<"method">,
  other: Expression,
  known: Capabilities,
): Typing {
  const set = checker.expect(expression.target, known, SET, askOtherwise);
  const typing = checker.expect(other, known, SET, () => "one element is asked for with `contains`");
  return compare(checker, expression, set.type, typing.type);
}

function compare(
  checker: Checker,
  { name, arguments: [argument] }: Kind<"method">,
  a: Checked | null,
  b: Checked | null,
): Typing {
  if (!a || !b || leastUpperBound(a, b)) return sound(BOOL);
  checker.report({
    code: "type.incompatible",
    message: `\`${name.value}\` cannot compare ${writeType(a)} and ${writeType(b)}`,
    range: argument ?? name,
    expected: [writeType(a)],
  });
  return failed(BOOL);
}

/** `s.isEmpty()`. https://docs.cedarpolicy.com/policies/syntax-operators.html#function-isEmpty */
export function checkIsEmpty(checker: Checker, { target }: Kind<"method">, known: Capabilities): Typing {
  const hint: Hint = ({ kind }) => (kind === "string" ? 'a string is compared with ""' : null);
  checker.expect(target, known, SET, hint);
  return sound(BOOL);
}
