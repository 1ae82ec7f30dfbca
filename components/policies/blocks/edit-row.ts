import { type Edit, smallestEdit } from "@/server/engines/cedar/syntax/editing/edit";
import { replaceExpression } from "@/server/engines/cedar/syntax/editing/patch-expression";
import type { Range } from "@/server/engines/cedar/syntax/problem";
import type { Expression, Tree } from "@/server/engines/cedar/syntax/syntax";
import type { Row, RowContent, RowValue } from "./blocks";
import { writePath, writeRow, writeValue } from "./write-row";

/** Makes a row say something else: of the value alone, or the operator alone, where nothing else changes. */
export function changeRow(tree: Tree, row: Row, to: RowContent): Edit[] {
  const isSamePath = writePath(row.path) === writePath(to.path);
  const isSameQuestion = isSamePath && row.isNot === to.isNot;
  if (isSameQuestion && row.operator === to.operator && row.valueAt && to.value) {
    return changeValue(tree, row.valueAt, row.value, to.value);
  }
  const isSameValue = row.value !== null && to.value !== null && writeValue(row.value) === writeValue(to.value);
  if (isSameQuestion && isSameValue && row.operatorAt && SIGNS.has(to.operator)) {
    return [smallestEdit(tree.text, row.operatorAt, to.operator)];
  }
  return [replaceExpression(tree, row.inner, `${commentsWithin(tree, row.inner)}${writeRow(to)}`)];
}

/** Operators that need no space beside them. */
const SIGNS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

function changeValue(tree: Tree, at: Expression, from: RowValue | null, to: RowValue): Edit[] {
  if (at.kind === "set" && from?.kind === "set" && to.kind === "set") {
    return changeElements(tree, at, from.elements.map(writeValue), to.elements.map(writeValue));
  }
  return [replaceExpression(tree, at, writeValue(to))];
}

/** Adds or takes one element where that is all; comments between the others stay. */
function changeElements(
  tree: Tree,
  set: Expression & { kind: "set" },
  from: readonly string[],
  to: readonly string[],
): Edit[] {
  const last = set.elements.at(-1);
  const isSame = (a: readonly string[], b: readonly string[]) => a.join("\n") === b.join("\n");
  if (last && to.length === from.length + 1 && isSame(from, to.slice(0, -1))) {
    return [{ range: { start: last.end, end: last.end }, text: `, ${to.at(-1) ?? ""}` }];
  }
  const at = from.findIndex((_, index) => isSame(from.toSpliced(index, 1), to));
  const element = set.elements[at];
  const other = set.elements[at === 0 ? 1 : at - 1];
  if (element && other) return removeElement(tree, element, other);
  const changed = from.findIndex((one, index) => one !== to[index]);
  const text = to[changed];
  const old = set.elements[changed];
  if (old && text !== undefined && isSame(from.with(changed, text), to)) return [replaceExpression(tree, old, text)];
  return [replaceExpression(tree, set, `[${to.join(", ")}]`)];
}

/** Takes an element and the comma between it and one beside it. */
function removeElement({ tokens, text }: Tree, element: Expression, other: Expression): Edit[] {
  const [first, second] = element.start < other.start ? [element, other] : [other, element];
  const between: Range = { start: first.end, end: second.start };
  if (!text.slice(between.start, between.end).includes("//")) {
    const range = element === first ? { start: first.start, end: second.start } : { start: first.end, end: second.end };
    return [{ range, text: "" }];
  }
  const comma = tokens.find(({ start, text: word }) => start >= between.start && start < between.end && word === ",");
  const ranges: Range[] = comma ? [comma, element] : [element];
  return ranges.map(({ start, end }) => ({ range: { start, end }, text: "" }));
}

/** The comments in an expression that is written anew, each in a line of its own. */
function commentsWithin({ tokens }: Tree, { start, end }: Range): string {
  const inside = tokens.filter((token) => token.start > start && token.start < end);
  const comments = inside.flatMap(({ trivia }) => trivia.match(/\/\/[^\n\r]*/g) ?? []);
  return comments.map((comment) => `${comment}\n`).join("");
}
