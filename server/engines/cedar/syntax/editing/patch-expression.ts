import { type Edit, smallestEdit } from "./edit";
import { tokenize } from "../lexer";
import { parseExpression } from "../parser";
import type { Expression, Tree } from "../syntax";
import { partsOf } from "../walk";

/** How tightly expressions bind, loosest first. */
export const LEVELS = { any: 0, or: 1, and: 2, relation: 3, sum: 4, product: 5, unary: 6, member: 7 } as const;

const OPERATOR_LEVELS: Readonly<Record<string, number>> = {
  "||": LEVELS.or,
  "&&": LEVELS.and,
  "+": LEVELS.sum,
  "-": LEVELS.sum,
  "*": LEVELS.product,
};

/**
 * The edit that puts another expression in place of one of the tree's, in parentheses where precedence needs them.
 * @throws SyntaxError when the new text is not one expression, RangeError when the node is not of the tree.
 */
export function replaceExpression(tree: Tree, node: Expression, newText: string): Edit {
  const { expression, problems } = parseExpression(newText);
  if (problems[0]) throw new SyntaxError(problems[0].message);
  const path = pathTo(tree, node);
  if (!path) throw new RangeError("the expression is not one of the tree's");
  const parent = path.at(-2);
  const needsParentheses = parent !== undefined && !fits(expression, parent, node);
  const text = embed(newText, needsParentheses ? ["(", ")"] : ["", ""]);
  return smallestEdit(tree.text, node, spaced(tree.text, node, text));
}

/** The expressions from a condition's body down to one of its parts; null when it is not of the tree. */
export function pathTo(tree: Tree, node: Expression): readonly Expression[] | null {
  for (const policy of tree.policies) {
    for (const { body } of policy.conditions) {
      const path = pathWithin(body, node);
      if (path) return path;
    }
  }
  return null;
}

function pathWithin(from: Expression, node: Expression): readonly Expression[] | null {
  if (from === node) return [from];
  if (node.start < from.start || node.end > from.end) return null;
  for (const part of partsOf(from)) {
    const path = pathWithin(part, node);
    if (path) return [from, ...path];
  }
  return null;
}

/** A text between two others, ending its line when a comment would take in what follows. */
export function embed(text: string, [before, after]: readonly [string, string]): string {
  const end = tokenize(text).at(-1);
  const isOpenEnded = end?.trivia.includes("//") === true && !/[\n\r]\s*$/.test(end.trivia);
  return `${before}${text}${isOpenEnded ? "\n" : ""}${after}`;
}

/** Spaces where the text would run into a word or a sign beside it. */
function spaced(whole: string, { start, end }: Expression, text: string): string {
  const [before, after] = [whole[start - 1] ?? " ", whole[end] ?? " "];
  const runsIn = isGlued(before, text[0] ?? " ");
  const runsOut = isGlued(text.at(-1) ?? " ", after);
  return `${runsIn ? " " : ""}${text}${runsOut ? " " : ""}`;
}

/** Whether two characters would be of one token, or a comment. */
function isGlued(left: string, right: string): boolean {
  return (/\w/.test(left) && /\w/.test(right)) || (left === "/" && right === "/");
}

/** Whether an expression may stand for a child of `parent` as it is. */
function fits(expression: Expression, parent: Expression, child: Expression): boolean {
  if (levelOf(expression) < levelNeeded(parent, child)) return false;
  return parent.kind !== "negate" || expression.kind !== "long";
}

/** How tightly an expression binds, of `LEVELS`. */
export function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case "if":
      return LEVELS.any;
    case "binary":
      return OPERATOR_LEVELS[expression.operator] ?? LEVELS.relation;
    case "has":
    case "like":
    case "is":
      return LEVELS.relation;
    case "not":
    case "negate":
      return LEVELS.unary;
    case "long":
      return expression.value < 0n ? LEVELS.unary : LEVELS.member;
    default:
      return LEVELS.member;
  }
}

/** The loosest that a child may bind. */
function levelNeeded(parent: Expression, child: Expression): number {
  switch (parent.kind) {
    case "binary": {
      const level = levelOf(parent);
      return level === LEVELS.relation || child === parent.right ? level + 1 : level;
    }
    case "has":
    case "like":
    case "is":
      return LEVELS.sum;
    case "not":
    case "negate":
      return LEVELS.member;
    case "attribute":
    case "method":
      return partsOf(parent)[0] === child ? LEVELS.member : LEVELS.any;
    default:
      return LEVELS.any;
  }
}
