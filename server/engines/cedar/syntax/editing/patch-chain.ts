import type { Edit } from "./edit";
import { embed, LEVELS, levelOf, pathTo } from "./patch-expression";
import { parseExpression } from "../parser";
import type { Range } from "../problem";
import type { Expression, Tree } from "../syntax";

/*
 * Changes of what stands in a row: `a && b && c`. Each leaves the other operands, and the comments between them, as they
 * are written.
 */

/** An operator that makes rows of conditions. */
export type ChainOperator = "&&" | "||";

/** Operands of one operator in a row, not through parentheses. */
export interface Chain {
  readonly operator: ChainOperator;
  readonly operands: readonly Expression[];
  /** Where the operators stand: one fewer than operands. */
  readonly operators: readonly Range[];
}

/** The row that an expression is; null when it is none. */
export function chainOf(expression: Expression): Chain | null {
  if (expression.kind !== "binary") return null;
  const { operator } = expression;
  if (operator !== "&&" && operator !== "||") return null;
  const [operands, operators]: [Expression[], Range[]] = [[], []];
  let first: Expression = expression;
  while (first.kind === "binary" && first.operator === operator) {
    operands.unshift(first.right);
    operators.unshift(first.operatorRange);
    first = first.left;
  }
  return { operator, operands: [first, ...operands], operators };
}

/**
 * Adds an operand behind an expression, which is a row of that operator or becomes one.
 * @throws SyntaxError when the text is not one expression.
 */
export function addOperand(tree: Tree, to: Expression, operator: ChainOperator, text: string): Edit[] {
  const { expression, problems } = parseExpression(text);
  if (problems[0]) throw new SyntaxError(problems[0].message);
  const level = operator === "&&" ? LEVELS.and : LEVELS.or;
  const operand = embed(text, levelOf(expression) > level ? ["", ""] : ["(", ")"]);
  const insertion = insert(to.end, `${separator(tree, to, operator, operand)}${operand}`);
  return levelOf(to) < level ? [insert(to.start, "("), insert(to.end, ")"), insertion] : [insertion];
}

/** Takes an operand from a row, with its operator. Comments beside them stay. */
export function removeOperand(tree: Tree, { operands, operators }: Chain, at: number): Edit[] {
  const operand = operands[at];
  const operator = operators[Math.max(0, at - 1)];
  if (!operand || !operator) throw new RangeError(`the row has no operand ${at}, or no other`);
  const other = operands[at === 0 ? 1 : at - 1] ?? operand;
  const [first, second] = at === 0 ? [operand, operator] : [operator, operand];
  const stretches: Range[] = [first, { start: first.end, end: second.start }, second];
  if (at === 0) stretches.push({ start: second.end, end: other.start });
  else stretches.unshift({ start: other.end, end: first.start });
  return stretches
    .filter(({ start, end }) => start < end && !isComment(tree, { start, end }, [first, second]))
    .map((range) => ({ range, text: "" }));
}

/**
 * Puts the other operator between the operands of a row, which stay together: in parentheses where they must. Operators
 * that are kept, by their places, go on joining what is beside them, in parentheses.
 */
export function setOperator(
  tree: Tree,
  of: Expression,
  operator: ChainOperator,
  kept: ReadonlySet<number> = new Set(),
): Edit[] {
  const chain = chainOf(of);
  if (!chain || chain.operator === operator) return [];
  const edits: Edit[] = chain.operators.flatMap((range, at) => (kept.has(at) ? [] : [{ range, text: operator }]));
  for (const [at, { start, end }] of chain.operands.entries()) {
    if (kept.has(at) && !kept.has(at - 1)) edits.push(insert(start, "("));
    if (!kept.has(at) && kept.has(at - 1)) edits.push(insert(end, ")"));
  }
  for (const operand of operator === "&&" ? chain.operands : []) {
    if (chainOf(operand)) edits.push(insert(operand.start, "("), insert(operand.end, ")"));
  }
  const parent = pathTo(tree, of)?.at(-2);
  return parent && chainOf(parent) ? [insert(of.start, "("), ...edits, insert(of.end, ")")] : edits;
}

const insert = (at: number, text: string): Edit => ({ range: { start: at, end: at }, text });

/** Whether the text between operands has a comment; operands and operators themselves never count. */
function isComment({ text }: Tree, range: Range, words: readonly Range[]): boolean {
  const isWord = words.some(({ start, end }) => start === range.start && end === range.end);
  return !isWord && text.slice(range.start, range.end).includes("//");
}

/** The widest that a line gets by an operand more. */
const MAX_WIDTH = 80;

/** What parts an operand from the one before it: in a line of its own where those before are, or where it is too long. */
function separator({ text }: Tree, to: Expression, operator: ChainOperator, operand: string): string {
  const chain = chainOf(to);
  const isRow = chain?.operator === operator;
  const last = (isRow && chain.operands.at(-1)) || to;
  const before = isRow ? chain.operators.at(-1) : undefined;
  const previous = isRow ? chain.operands.at(-2) : undefined;
  if (before && previous && /[\n\r]/.test(text.slice(previous.end, before.start))) {
    return `${marginAt(text, before.start)}${operator} `;
  }
  const isBroken = before !== undefined && /[\n\r]/.test(text.slice(before.end, last.start));
  if (isBroken) return ` ${operator}${marginAt(text, last.start)}`;
  const isLong = columnOf(text, to.end) + operand.length + 4 > MAX_WIDTH;
  return ` ${operator}${isLong ? marginAt(text, to.start) : " "}`;
}

/** The end of a line, and white space up to the column of an offset. */
const marginAt = (text: string, offset: number) => "\n".padEnd(1 + columnOf(text, offset));

function columnOf(text: string, offset: number): number {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return offset - lineStart;
}
