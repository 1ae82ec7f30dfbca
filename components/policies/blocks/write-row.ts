import { isIdentifier, writeName } from "@/server/engines/cedar/syntax/identifiers";
import type { ExtensionName } from "@/server/engines/cedar/values/type";
import { writeString, writeUid } from "@/server/engines/cedar/values/uid";
import type { Path, RowContent, RowValue } from "./blocks";

/** A row in the language. */
export function writeRow({ path, operator, isNot, value }: RowContent): string {
  const subject = writePath(path);
  const not = isNot ? "!" : "";
  const [open, close] = isNot ? ["!(", ")"] : ["", ""];
  switch (operator) {
    case "holds":
      return `${not}${subject}`;
    case "has": {
      const isTag = path.steps.at(-1)?.kind === "tag";
      return isTag ? `${not}${writeCheck(path)}` : `${open}${writeCheck(path)}${close}`;
    }
    case "like":
      return `${open}${subject} like ${writePattern(value?.kind === "pattern" ? value.value : "*")}${close}`;
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "in":
    case "is":
      return `${open}${subject} ${operator} ${value ? writeValue(value) : ""}${close}`;
    case "one of":
      return `${not}${value ? writeValue(value) : "[]"}.contains(${subject})`;
    default:
      return `${not}${subject}.${operator}(${value ? writeValue(value) : ""})`;
  }
}

/** A path in the language. */
export function writePath({ root, steps }: Path): string {
  let text: string = root;
  for (const { kind, name } of steps) {
    if (kind === "tag") text += `.getTag(${writeString(name)})`;
    else text += isIdentifier(name) ? `.${name}` : `[${writeString(name)}]`;
  }
  return text;
}

/** What asks whether the last step of a path is there. */
export function writeCheck({ root, steps }: Path): string {
  const target = writePath({ root, steps: steps.slice(0, -1) });
  const last = steps.at(-1);
  if (!last) return target;
  return last.kind === "tag" ? `${target}.hasTag(${writeString(last.name)})` : `${target} has ${writeName(last.name)}`;
}

/** The function that makes a value of an extension type. */
const FUNCTION: Readonly<Record<ExtensionName, string>> = {
  ipaddr: "ip",
  decimal: "decimal",
  datetime: "datetime",
  duration: "duration",
};

/** A value in the language. */
export function writeValue(value: RowValue): string {
  switch (value.kind) {
    case "bool":
    case "long":
      return String(value.value);
    case "string":
      return writeString(value.value);
    case "entity":
      return writeUid(value.value);
    case "extension":
      return `${FUNCTION[value.name]}(${writeString(value.value)})`;
    case "set":
      return `[${value.elements.map(writeValue).join(", ")}]`;
    case "path":
      return writePath(value.value);
    case "pattern":
      return writePattern(value.value);
    case "type":
      return value.value;
  }
}

/** A pattern as people write it, as a literal: `\*` stays a star, and every other backslash is one. */
function writePattern(pattern: string): string {
  const pieces = pattern.match(/\\[*\\]|[^]/gu) ?? [];
  const inner = pieces.map((piece) => {
    if (piece === "*" || piece === String.raw`\*`) return piece;
    return writeString(piece === String.raw`\\` ? "\\" : piece).slice(1, -1);
  });
  return `"${inner.join("")}"`;
}
