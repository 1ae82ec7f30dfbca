import type { Operator, RowContent, RowValue } from "./blocks";
import type { KnownPath, PathType } from "./paths";

/** What a row asks, without of what. */
export interface Question {
  readonly operator: Operator;
  readonly isNot: boolean;
}

const asks = (...operators: readonly Operator[]): Question[] =>
  operators.map((operator) => ({ operator, isNot: false }));
const both = (...operators: readonly Operator[]): Question[] =>
  operators.flatMap((operator) => [false, true].map((isNot) => ({ operator, isNot })));

/** What can be asked of a path, the most usual first. */
export function questionsOf({ type, path, mayLack }: KnownPath): Question[] {
  const mayBeMissing = mayLack.at(-1) ?? false;
  return [...questionsOfType(type), ...(path.steps.length > 0 && mayBeMissing ? both("has") : [])];
}

function questionsOfType(type: PathType): Question[] {
  switch (type.kind) {
    case "bool":
      return both("holds");
    case "long":
      return asks("==", "!=", "<", "<=", ">", ">=");
    case "string":
      return [...asks("==", "!="), ...both("one of", "like")];
    case "entity":
      return [...asks("==", "!="), ...both("in", "one of", ...(type.names.length > 1 ? (["is"] as const) : []))];
    case "set":
      return [...both("contains"), ...asks("containsAll"), ...both("containsAny", "isEmpty")];
    case "record":
      return [];
    case "extension":
      return questionsOfExtension(type.name);
  }
}

function questionsOfExtension(name: (PathType & { kind: "extension" })["name"]): Question[] {
  switch (name) {
    case "ipaddr":
      return [
        ...both("isInRange"),
        ...asks("==", "!="),
        ...both("isLoopback", "isMulticast"),
        ...asks("isIpv4", "isIpv6"),
      ];
    case "decimal":
      return asks("==", "!=", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual");
    case "datetime":
    case "duration":
      return asks("<", "<=", ">", ">=", "==", "!=");
  }
}

/** The value that a question needs; null when it needs none. */
export type ValueNeeded =
  | { readonly kind: "one"; readonly type: PathType }
  | { readonly kind: "several"; readonly type: PathType }
  | { readonly kind: "pattern" }
  | { readonly kind: "type"; readonly names: readonly string[] }
  | null;

/** What a question compares a path of a type with. */
export function valueNeeded(type: PathType, operator: Operator): ValueNeeded {
  switch (operator) {
    case "holds":
    case "has":
    case "isEmpty":
    case "isIpv4":
    case "isIpv6":
    case "isLoopback":
    case "isMulticast":
      return null;
    case "like":
      return { kind: "pattern" };
    case "is":
      return { kind: "type", names: type.kind === "entity" ? type.names : [] };
    case "one of":
      return { kind: "several", type };
    case "contains":
      return { kind: "one", type: type.kind === "set" ? type.element : type };
    case "containsAll":
    case "containsAny":
      return { kind: "several", type: type.kind === "set" ? type.element : type };
    default:
      return { kind: "one", type };
  }
}

/** A value to begin with, of a type. `today` is a date, such as `2026-03-12`. */
export type FirstValue = (type: PathType) => RowValue;

/** What a row says when it asks something else: the same value, where it fits. */
export function withQuestion(row: RowContent, question: Question, type: PathType, first: FirstValue): RowContent {
  const needed = valueNeeded(type, question.operator);
  return { path: row.path, ...question, value: needed && fit(row.value, needed, first) };
}

function fit(value: RowValue | null, needed: NonNullable<ValueNeeded>, first: FirstValue): RowValue {
  switch (needed.kind) {
    case "pattern":
      return {
        kind: "pattern",
        value: value?.kind === "string" ? value.value.replace(/[*\\]/g, String.raw`\$&`) : "*",
      };
    case "type":
      return { kind: "type", value: needed.names[0] ?? "Type" };
    case "several": {
      if (value?.kind === "set") return value;
      return { kind: "set", elements: [fitOne(value, needed.type, first)] };
    }
    case "one":
      return fitOne(value?.kind === "set" ? (value.elements[0] ?? null) : value, needed.type, first);
  }
}

function fitOne(value: RowValue | null, type: PathType, first: FirstValue): RowValue {
  return value && isOfType(value, type) ? value : first(type);
}

/** Whether a value can be compared with a path of a type, by what is known without a schema. */
function isOfType(value: RowValue, type: PathType): boolean {
  if (value.kind === "extension") return type.kind === "extension" && type.name === value.name;
  if (value.kind === "path") return true;
  return value.kind === type.kind;
}

/** The row that begins to ask of a path. */
export function newRow(known: KnownPath, first: FirstValue): RowContent {
  const { path, type } = known;
  const question = questionsOf(known)[0] ?? { operator: "has", isNot: false };
  return withQuestion({ path, ...question, value: null }, question, type, first);
}

/** The type that a value shows, where the schema knows none for its path. */
export function typeOfValue(value: RowValue | null): PathType | null {
  switch (value?.kind) {
    case "bool":
    case "long":
    case "string":
      return { kind: value.kind };
    case "pattern":
      return { kind: "string" };
    case "entity":
      return { kind: "entity", names: [value.value.type] };
    case "extension":
      return { kind: "extension", name: value.name };
    case "set": {
      const element = typeOfValue(value.elements[0] ?? null);
      return element && { kind: "set", element };
    }
    case "path":
    case "type":
    case undefined:
      return null;
  }
}
