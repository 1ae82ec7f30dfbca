import type { Expression } from "@/server/engines/cedar/syntax/syntax";
import { unwrap } from "@/server/engines/cedar/syntax/syntax";
import { WILDCARD, type PatternPiece } from "@/server/engines/cedar/values/like";
import type { ExtensionName } from "@/server/engines/cedar/values/type";
import type { Operator, Path, Row, RowContent, RowValue } from "./blocks";

/** What a row says, and where. */
type Read = RowContent & Pick<Row, "valueAt" | "operatorAt">;

/** The row that an expression is; null when rows cannot say it. `outer` has the parentheses around it, too. */
export function readRow(outer: Expression): Row | null {
  const inner = unwrap(outer);
  const isNot = inner.kind === "not";
  const read = readPlain(isNot ? unwrap(inner.operand) : inner);
  return read && { kind: "row", outer, inner, ...read, isNot };
}

function readPlain(expression: Expression): Read | null {
  switch (expression.kind) {
    case "variable":
    case "attribute":
      return about(expression, "holds", null, null);
    case "binary":
      return readBinary(expression);
    case "has": {
      const path = readPath(expression.target);
      const steps = expression.path.map(({ value }) => ({ kind: "attribute", name: value }) as const);
      return path && row({ ...path, steps: [...path.steps, ...steps] }, "has", null, null);
    }
    case "like": {
      const value: RowValue = { kind: "pattern", value: writePieces(expression.pattern) };
      return about(expression.target, "like", value, null);
    }
    case "is": {
      if (expression.parent) return null;
      return about(expression.target, "is", { kind: "type", value: expression.entityType }, null);
    }
    case "method":
      return readMethod(expression);
    default:
      return null;
  }
}

const COMPARISONS: readonly string[] = ["==", "!=", "<", "<=", ">", ">=", "in"] satisfies Operator[];

function readBinary({ operator, operatorRange, left, right }: Expression & { kind: "binary" }): Read | null {
  if (!isOf(COMPARISONS, operator)) return null;
  const value = readValue(right);
  const read = value && about(left, operator, value, right);
  return read && { ...read, operatorAt: operatorRange };
}

const ALONE: readonly string[] = ["isEmpty", "isIpv4", "isIpv6", "isLoopback", "isMulticast"] satisfies Operator[];
const WITH_SET: readonly string[] = ["containsAll", "containsAny"] satisfies Operator[];
const WITH_VALUE: readonly string[] = [
  "contains",
  "isInRange",
  "lessThan",
  "lessThanOrEqual",
  "greaterThan",
  "greaterThanOrEqual",
] satisfies Operator[];

function readMethod({ target, name, arguments: given }: Expression & { kind: "method" }): Read | null {
  const [argument, ...more] = given;
  if (more.length > 0) return null;
  const method = name.value;
  if (!argument) return isOf(ALONE, method) ? about(target, method, null, null) : null;
  if (method === "hasTag" && argument.kind === "string") {
    const path = readPath(target);
    return path && row({ ...path, steps: [...path.steps, { kind: "tag", name: argument.value }] }, "has", null, null);
  }
  if (method === "contains" && target.kind === "set") return about(argument, "one of", readValue(target), target);
  if (method === "getTag")
    return about({ kind: "method", target, name, arguments: given, ...span(target) }, "holds", null, null);
  const value = readValue(argument);
  const isKnown = isOf(WITH_VALUE, method) || (isOf(WITH_SET, method) && value?.kind === "set");
  return isKnown && value ? about(target, method as Operator, value, argument) : null;
}

const span = ({ start, end }: Expression) => ({ start, end });

function about(
  subject: Expression,
  operator: Operator,
  value: RowValue | null,
  valueAt: Expression | null,
): Read | null {
  const path = readPath(subject);
  if (!path || (valueAt && !value)) return null;
  if (operator === "holds" && path.steps.length === 0) return null;
  return row(path, operator, value, valueAt);
}

const row = (path: Path, operator: Operator, value: RowValue | null, valueAt: Expression | null): Read => ({
  path,
  operator,
  isNot: false,
  value,
  valueAt,
  operatorAt: null,
});

/** The path that an expression is; null when it is none. */
export function readPath(expression: Expression): Path | null {
  if (expression.kind === "variable") return { root: expression.name, steps: [] };
  if (expression.kind === "attribute") {
    const path = readPath(expression.target);
    return path && { ...path, steps: [...path.steps, { kind: "attribute", name: expression.name.value }] };
  }
  if (expression.kind !== "method" || expression.name.value !== "getTag") return null;
  const [tag, ...more] = expression.arguments;
  const path = readPath(expression.target);
  if (!path || tag?.kind !== "string" || more.length > 0) return null;
  return { ...path, steps: [...path.steps, { kind: "tag", name: tag.value }] };
}

const EXTENSIONS: Readonly<Record<string, ExtensionName>> = {
  ip: "ipaddr",
  decimal: "decimal",
  datetime: "datetime",
  duration: "duration",
};

function readValue(expression: Expression): RowValue | null {
  switch (expression.kind) {
    case "bool":
      return { kind: "bool", value: expression.value };
    case "long":
      return { kind: "long", value: expression.value };
    case "string":
      return { kind: "string", value: expression.value };
    case "entity":
      return { kind: "entity", value: expression.value };
    case "call": {
      const name = EXTENSIONS[expression.name.value];
      const [text, ...more] = expression.arguments;
      return name && text?.kind === "string" && more.length === 0
        ? { kind: "extension", name, value: text.value }
        : null;
    }
    case "set":
      return readSet(expression.elements);
    default: {
      const path = readPath(expression);
      return path && { kind: "path", value: path };
    }
  }
}

/** A set of values, none of which is a set or a path. */
function readSet(elements: readonly Expression[]): RowValue | null {
  const values: RowValue[] = [];
  for (const element of elements) {
    const value = readValue(element);
    if (!value || value.kind === "set" || value.kind === "path") return null;
    values.push(value);
  }
  return { kind: "set", elements: values };
}

function writePieces(pattern: readonly PatternPiece[]): string {
  return pattern.map((piece) => (piece === WILDCARD ? "*" : piece.replace(/[*\\]/g, String.raw`\$&`))).join("");
}

const isOf = <T extends string>(list: readonly string[], word: T): word is T & Operator => list.includes(word);
