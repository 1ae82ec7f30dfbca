import type { Expression } from "../syntax/syntax";
import { WILDCARD } from "../values/like";
import { writeString, writeUid } from "../values/uid";

/**
 * What is known to be there once a condition has held: attributes after `e has a`, tags after `e.hasTag(t)`.
 * A capability is a text: of the expression, of the attribute or tag, and of which of both it is.
 * https://docs.cedarpolicy.com/policies/validation.html
 */
export type Capabilities = ReadonlySet<string>;

export const NOTHING: Capabilities = new Set();

/** What holds when both conditions do. */
export function union(a: Capabilities, b: Capabilities): Capabilities {
  if (a.size === 0) return b;
  return [...b].every((one) => a.has(one)) ? a : new Set([...a, ...b]);
}

/** What holds when at least one of both conditions does. */
export function intersection(a: Capabilities, b: Capabilities): Capabilities {
  return a.size === 0 || b.size === 0 ? NOTHING : new Set([...a].filter((one) => b.has(one)));
}

/** That an attribute is there. The target is given by `formOf`. */
export function attributeCapability(target: string, name: string): string {
  return `${target}.${writeString(name)}`;
}

/** That a tag is there. Both are given by `formOf`: a tag may be any expression. */
export function tagCapability(target: string, tag: string): string {
  return `${target}.getTag(${tag})`;
}

const forms = new WeakMap<Expression, string>();

/** A text that is the same for expressions that differ in white space and parentheses only. */
export function formOf(expression: Expression): string {
  let form = forms.get(expression);
  if (form === undefined) forms.set(expression, (form = write(expression)));
  return form;
}

function write(expression: Expression): string {
  switch (expression.kind) {
    case "bool":
    case "long":
      return String(expression.value);
    case "string":
      return writeString(expression.value);
    case "entity":
      return writeUid(expression.value);
    case "variable":
    case "slot":
      return expression.name;
    case "paren":
      return formOf(expression.inner);
    case "not":
      return `(!${formOf(expression.operand)})`;
    case "negate":
      return `(-${formOf(expression.operand)})`;
    case "binary":
      return `(${formOf(expression.left)}${expression.operator}${formOf(expression.right)})`;
    case "if":
      return `(${[expression.condition, expression.consequent, expression.alternative].map(formOf).join("?")})`;
    case "has":
      return `(${formOf(expression.target)} has ${expression.path.map(({ value }) => writeString(value)).join(".")})`;
    case "like":
      return `(${formOf(expression.target)} like ${expression.pattern.map((piece) => (piece === WILDCARD ? "*" : writeString(piece))).join("")})`;
    case "is":
      return `(${formOf(expression.target)} is ${expression.entityType}${expression.parent ? ` in ${formOf(expression.parent)}` : ""})`;
    case "attribute":
      return attributeCapability(formOf(expression.target), expression.name.value);
    case "method":
      return `${formOf(expression.target)}.${expression.name.value}(${expression.arguments.map(formOf).join(",")})`;
    case "call":
      return `${expression.name.value}(${expression.arguments.map(formOf).join(",")})`;
    case "set":
      return `[${expression.elements.map(formOf).join(",")}]`;
    case "record":
      return `{${expression.entries
        .map(({ name, value }) => `${writeString(name.value)}:${formOf(value)}`)
        .sort()
        .join(",")}}`;
    case "hole":
      // Nobody knows what will stand there, so that it is like nothing else.
      return `<${expression.start}>`;
  }
}
