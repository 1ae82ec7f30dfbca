import { compileBinary, compileMembership } from "./compile-binary";
import { compileCall, compileMethod } from "./compile-methods";
import { EvaluationError, type Evaluate, expects, failing } from "./evaluation";
import { matcherOf } from "../values/like";
import { pathOf } from "./path";
import type { Range } from "../syntax/problem";
import type { Expression, Name } from "../syntax/syntax";
import { writeString, writeUid } from "../values/uid";
import {
  EMPTY_RECORD,
  EntityValue,
  type Names,
  RecordValue,
  SetValue,
  type Shape,
  shared,
  type Value,
} from "../values/value";

/**
 * Expressions as closures: each node of the tree becomes one function, once.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html
 */
export function compile(expression: Expression, names: Names, substitute: Substitute = nothing): Evaluate {
  const settled = substitute(expression);
  if (settled) return settled;
  const inner = (other: Expression) => compile(other, names, substitute);
  switch (expression.kind) {
    case "paren":
      return inner(expression.inner);
    case "bool":
    case "long":
    case "string":
      return constant(expression.value);
    case "entity":
      return constant(names.of(expression.value.type, expression.value.id));
    case "variable":
      return compileVariable(expression.name);
    case "not":
      return compileNot(expression.operand, inner);
    case "negate":
      return compileBinary("-", constant(0n), inner(expression.operand), expression);
    case "binary":
      return compileBinary(expression.operator, inner(expression.left), inner(expression.right), expression);
    case "if":
      return compileIf(expression, inner);
    case "has":
      return compileHas(inner(expression.target), expression.path, expression);
    case "like": {
      const [target, matches] = [inner(expression.target), matcherOf(expression.pattern)];
      const error = new EvaluationError(expression.target);
      return (frame) => {
        const text = target(frame);
        if (typeof text !== "string") throw error.because(expects("a string", text));
        return matches(text);
      };
    }
    case "is":
      return compileIs(expression, inner);
    case "attribute":
      return compileAttribute(expression, inner);
    case "method":
      return compileMethod(
        inner(expression.target),
        expression.name.value,
        expression.arguments.map(inner),
        expression,
      );
    case "call":
      return compileCall(expression.name.value, expression.arguments.map(inner), expression);
    case "set": {
      const elements = expression.elements.map(inner);
      if (expression.elements.every(isLiteral)) return constant(SetValue.of(elements.map((one) => one(NO_FRAME))));
      return (frame) => SetValue.of(elements.map((one) => one(frame)));
    }
    case "record": {
      const entries = expression.entries.map(({ name, value }) => [name.value, inner(value)] as const);
      return (frame) => RecordValue.of(entries.map(([name, value]) => [name, value(frame)] as const));
    }
    case "slot":
    case "hole":
      return failing(expression, `${expression.kind === "slot" ? expression.name : "nothing"} has no value`);
  }
}

/** Gives what takes the place of a part of an expression, before its own parts are compiled; null leaves it as it is. */
export type Substitute = (expression: Expression) => Evaluate | null;

const nothing: Substitute = () => null;

/** Literals never look at the frame. */
const NO_FRAME = null as never;

function isLiteral({ kind }: Expression): boolean {
  return kind === "bool" || kind === "long" || kind === "string" || kind === "entity";
}

/** An expression that is always the same. */
export function constant(of: Value): Evaluate {
  const value = shared(of);
  return () => value;
}

function compileVariable(name: "principal" | "action" | "resource" | "context"): Evaluate {
  switch (name) {
    case "principal":
      return (frame) => frame.principal;
    case "action":
      return (frame) => frame.action;
    case "resource":
      return (frame) => frame.resource;
    case "context":
      return (frame) => frame.context;
  }
}

function compileNot(operand: Expression, inner: (expression: Expression) => Evaluate): Evaluate {
  const [value, error] = [inner(operand), new EvaluationError(operand)];
  return (frame) => {
    const found = value(frame);
    if (typeof found !== "boolean") throw error.because(expects("a bool", found));
    return !found;
  };
}

type If = Extract<Expression, { kind: "if" }>;

function compileIf(expression: If, inner: (expression: Expression) => Evaluate): Evaluate {
  const condition = inner(expression.condition);
  const [consequent, alternative] = [inner(expression.consequent), inner(expression.alternative)];
  const error = new EvaluationError(expression.condition);
  return (frame) => {
    const found = condition(frame);
    if (typeof found !== "boolean") throw error.because(expects("a bool", found));
    return found ? consequent(frame) : alternative(frame);
  };
}

type Is = Extract<Expression, { kind: "is" }>;

/** `e is T in parent` is `e is T && e in parent`, but that `e` is compiled and evaluated once. */
function compileIs({ target, entityType, parent }: Is, inner: (expression: Expression) => Evaluate): Evaluate {
  const [value, error] = [inner(target), new EvaluationError(target)];
  const isMember = parent && compileMembership(inner(parent), parent);
  return (frame) => {
    const found = value(frame);
    if (!(found instanceof EntityValue)) throw error.because(expects("an entity", found));
    return found.type === entityType && (isMember === null || isMember(frame, found));
  };
}

/** Finds the value of a name in records, and remembers where it was in records of the last shape. */
function finderOf(name: string): (record: RecordValue) => Value | undefined {
  let known: Shape | null = null;
  let position = -1;
  return (record) => {
    if (record.shape !== known) [known, position] = [record.shape, record.shape.positionOf(name)];
    return position === -1 ? undefined : record.values[position];
  };
}

type Attribute = Extract<Expression, { kind: "attribute" }>;

/** An attribute of a variable is read along its path. Undefined means that this fails: then the general way finds the error. */
function compileAttribute({ target, name, ...at }: Attribute, inner: (expression: Expression) => Evaluate): Evaluate {
  const ofAny = compileAttributeOf(inner(target), name, at);
  const path = pathOf(target, name.value);
  return path ? (frame) => path.valueIn(frame) ?? ofAny(frame) : ofAny;
}

function compileAttributeOf(target: Evaluate, name: Name, at: Range): Evaluate {
  const [find, error] = [finderOf(name.value), new EvaluationError(at)];
  const missing = `does not have the attribute ${writeString(name.value)}`;
  return (frame) => {
    const found = target(frame);
    if (found instanceof RecordValue) {
      const value = find(found);
      if (value === undefined) throw error.because(`the record ${missing}`);
      return value;
    }
    if (!(found instanceof EntityValue)) throw error.because(expects("an entity or a record", found));
    const data = frame.entities.find(found);
    const value = data && find(data.attributes);
    if (value !== undefined) return value;
    throw error.because(`${writeUid(found)} ${data ? missing : "is not known"}`);
  };
}

/** `e has a.b` is `e has a && e.a has b`. What is not known has nothing. */
function compileHas(target: Evaluate, path: readonly Name[], at: { start: number; end: number }): Evaluate {
  const steps = path.map((name) => finderOf(name.value));
  const error = new EvaluationError(at);
  return (frame) => {
    let found: Value | undefined = target(frame);
    for (const find of steps) {
      if (found instanceof EntityValue) found = frame.entities.find(found)?.attributes ?? EMPTY_RECORD;
      if (!(found instanceof RecordValue)) throw error.because(expects("an entity or a record", found));
      found = find(found);
      if (found === undefined) return false;
    }
    return true;
  };
}
