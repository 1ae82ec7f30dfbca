import type { Edit } from "@/server/engines/cedar/syntax/editing/edit";
import { chainOf } from "@/server/engines/cedar/syntax/editing/patch-chain";
import type { Problem } from "@/server/engines/cedar/syntax/problem";
import type { Expression, Tree } from "@/server/engines/cedar/syntax/syntax";
import { partsOf } from "@/server/engines/cedar/syntax/walk";
import { writeName } from "@/server/engines/cedar/syntax/identifiers";

/** What ends a problem, as a button says it. */
export interface Fix {
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** How a problem may be ended; null when nobody knows. Whether it is, has to be tried. */
export function fixOf(tree: Tree, problem: Problem): Fix | null {
  if (problem.code === "type.unguarded_attribute" || problem.code === "type.unguarded_tag") {
    return addCheck(tree, problem);
  }
  if (problem.suggestion === null) return null;
  return { label: `Write ${problem.suggestion}`, edits: [{ range: problem.range, text: problem.suggestion }] };
}

/** Asks whether an attribute or a tag is there, in front of the comparison that reads it. */
function addCheck(tree: Tree, { range }: Problem): Fix | null {
  const path = tree.policies.flatMap(({ conditions }) => conditions).map(({ body }) => pathTo(body, range));
  const found = path.find((one) => one !== null);
  const reading = found?.at(-1);
  if (!found || !reading) return null;
  const text = (expression: Expression) => tree.text.slice(expression.start, expression.end);
  const check =
    reading.kind === "attribute"
      ? `${text(reading.target)} has ${writeName(reading.name.value)}`
      : reading.kind === "method" && reading.arguments[0]
        ? `${text(reading.target)}.hasTag(${text(reading.arguments[0])})`
        : null;
  const operand = comparisonOf(found);
  if (check === null || !operand) return null;
  const { start, end } = operand;
  const parent = found[found.indexOf(operand) - 1];
  const isAmongOthers = parent !== undefined && chainOf(parent)?.operator === "||";
  const before = `${isAmongOthers ? "(" : ""}${check} && `;
  const after = isAmongOthers ? [{ range: { start: end, end }, text: ")" }] : [];
  return { label: "Add the check", edits: [{ range: { start, end: start }, text: before }, ...after] };
}

/** From the outside in, the expressions around the attribute or the tag that stands at a range. */
function pathTo(expression: Expression, { start, end }: Problem["range"]): Expression[] | null {
  if (expression.start > start || expression.end < end) return null;
  if (expression.kind === "attribute" && expression.name.start === start && expression.name.end === end) {
    return [expression];
  }
  if (expression.kind === "method" && expression.start === start && expression.end === end) return [expression];
  for (const part of partsOf(expression)) {
    const path = pathTo(part, { start, end });
    if (path) return [expression, ...path];
  }
  return null;
}

/** The operand of a row of conditions in which something stands: the innermost, with `!` and parentheses around it. */
function comparisonOf(path: readonly Expression[]): Expression | undefined {
  const chainAt = path.findLastIndex((one) => chainOf(one) !== null);
  const conditional = path.findLastIndex((one) => one.kind === "if");
  return conditional > chainAt ? undefined : path[chainAt + 1];
}
