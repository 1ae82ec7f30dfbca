import type { Capabilities } from "./capabilities";
import { extensionOf } from "../values/extension-values";
import { FUNCTIONS, METHODS } from "../values/extensions";
import { type Expression, unwrap } from "../syntax/syntax";
import { type Checker, failed, only, sound, type Typing } from "./typing";
import { checkTag } from "./typecheck-attributes";
import { checkContains, checkContainsSet, checkIsEmpty } from "./typecheck-sets";
import type { Checked } from "./types";

type Kind<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/**
 * `ip("…")` and the like take one text, which must be written out, so that it is known to be right before it is used.
 * https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-extension
 */
export function checkCall(checker: Checker, expression: Kind<"call">, known: Capabilities): Typing {
  const { name } = expression;
  const operation = FUNCTIONS.get(name.value);
  if (!operation) return unknown(checker, expression.arguments, known);
  const [argument] = expression.arguments;
  if (!argument || expression.arguments.length !== 1)
    return wrongCount(checker, expression, 1, operation.result, known);
  const literal = unwrap(argument);
  if (!isLiteral(literal)) {
    checker.report({
      code: "type.not_literal",
      message: `\`${name.value}\` takes a text that is written out here`,
      range: argument,
    });
    checker.check(argument, known);
    return failed(operation.result);
  }
  if (literal.kind === "string" && extensionOf(name.value, literal.value) === null) {
    checker.report({
      code: "type.invalid_literal",
      message: `this text is no ${operation.result.kind === "extension" ? operation.result.name : name.value}`,
      range: argument,
      expected: EXAMPLES[name.value] ?? [],
    });
    return failed(operation.result);
  }
  checker.expect(argument, known, only({ kind: "string" }));
  return sound(operation.result);
}

/** What the texts of extension values look like. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  decimal: ['"12.3456"'],
  ip: ['"192.0.2.7"', '"192.0.2.0/24"', '"2001:db8::/32"'],
  datetime: ['"2026-01-31"', '"2026-01-31T09:30:00Z"', '"2026-01-31T09:30:00.000+0100"'],
  duration: ['"1d2h3m4s5ms"'],
};

function isLiteral(expression: Expression): boolean {
  if (expression.kind === "negate") return expression.operand.kind === "long";
  return ["bool", "long", "string", "entity"].includes(expression.kind);
}

/**
 * Methods of sets, of entities with tags, and of extension types.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html
 */
export function checkMethod(checker: Checker, expression: Kind<"method">, known: Capabilities): Typing {
  const { name, target } = expression;
  const method = METHODS.get(name.value);
  if (method) {
    if (expression.arguments.length !== method.arguments.length) {
      checker.check(target, known);
      return wrongCount(checker, expression, method.arguments.length, method.result, known);
    }
    checker.expect(target, known, only({ kind: "extension", name: method.target }));
    for (const [at, type] of method.arguments.entries()) {
      checker.expect(expression.arguments[at] ?? target, known, only(type));
    }
    return sound(method.result);
  }
  const [argument, ...others] = expression.arguments;
  if (name.value === "isEmpty" && !argument) return checkIsEmpty(checker, expression, known);
  if (!argument || others.length > 0) return unknown(checker, [target, ...expression.arguments], known);
  switch (name.value) {
    case "contains":
      return checkContains(checker, expression, argument, known);
    case "containsAll":
    case "containsAny":
      return checkContainsSet(checker, expression, argument, known);
    case "hasTag":
    case "getTag":
      return checkTag(checker, expression, argument, known);
    default:
      return unknown(checker, [target, argument], known);
  }
}

/** What the parser has refused: there is no such function or method, or not with so many arguments. */
function unknown(checker: Checker, operands: readonly Expression[], known: Capabilities): Typing {
  for (const operand of operands) checker.check(operand, known);
  return failed();
}

function wrongCount(
  checker: Checker,
  expression: Kind<"call"> | Kind<"method">,
  count: number,
  result: Checked,
  known: Capabilities,
): Typing {
  for (const argument of expression.arguments) checker.check(argument, known);
  const wanted = ["no arguments", "one argument"][count] ?? `${count} arguments`;
  checker.report({
    code: "type.argument_count",
    message: `\`${expression.name.value}\` takes ${wanted}, not ${expression.arguments.length}`,
    range: expression,
  });
  return failed(result);
}
