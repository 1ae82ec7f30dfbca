import type { Edit } from "@/server/engines/cedar/syntax/editing/edit";
import { addCondition, removeCondition } from "@/server/engines/cedar/syntax/editing/patch";
import { addOperand, chainOf, removeOperand, setOperator } from "@/server/engines/cedar/syntax/editing/patch-chain";
import { replaceExpression } from "@/server/engines/cedar/syntax/editing/patch-expression";
import { parseExpression } from "@/server/engines/cedar/syntax/parser";
import type { Condition, Expression, Policy, Tree } from "@/server/engines/cedar/syntax/syntax";
import { unwrap } from "@/server/engines/cedar/syntax/syntax";
import type { Free, Group, Join } from "./blocks";
import { writePath } from "./write-row";

/*
 * Changes of blocks, each as the smallest edits of the text. The blocks are those of the tree: after an edit the text is
 * read again, and there are others.
 */

/** What a group without members says: all of none is true, any of none is false. */
const EMPTY: Readonly<Record<Join, string>> = { all: "(true)", any: "(false)", none: "!(false)" };

/** The group without members, to be a member of another. */
export const emptyGroup = (join: Join): string => EMPTY[join];

const operatorOf = (join: Join) => (join === "all" ? "&&" : "||");

/**
 * Adds to a group what must all hold, behind its members: several texts are members of their own where all must hold,
 * and else one member.
 * @throws SyntaxError when a text is not one expression.
 */
export function addMember(tree: Tree, group: Group, texts: readonly string[]): Edit[] {
  const operator = operatorOf(group.join);
  const operands = operator === "&&" ? texts : [together(texts)];
  if (group.members.length === 0 && (operands.length > 1 || (group.isTop && operator === "&&"))) {
    return [replaceExpression(tree, group.inside, operands.join(" && "))];
  }
  const chain = group.hasKeeper ? chainOf(group.inside) : null;
  const kept = chain ? removeOperand(tree, chain, 0) : [];
  return [...kept, ...operands.flatMap((text) => addOperand(tree, group.inside, operator, text))];
}

/** A condition more, of what must all hold, in lines of its own. */
export function addConditionOf(tree: Tree, policy: Policy, kind: Condition["kind"], texts: readonly string[]): Edit[] {
  const body = texts.join(" && ");
  const { range } = addCondition(tree, policy, kind, body);
  return [{ range, text: `\n${kind} {\n  ${body}\n}` }];
}

const together = (texts: readonly string[]) => (texts.length === 1 ? (texts[0] ?? "") : `(${texts.join(" && ")})`);

/**
 * Takes a member from the innermost of some groups, each of which is a member of the one before it. A group goes with its
 * last member, and so does a condition.
 */
export function removeMember(tree: Tree, condition: Condition, groups: readonly Group[], at: number): Edit[] {
  const group = groups.at(-1);
  if (!group || (group.isTop && group.members.length <= 1)) return [removeCondition(tree, condition)];
  const chain = chainOf(group.inside);
  if (chain && group.members.length > 1) return removeOperand(tree, chain, at);
  const parents = groups.slice(0, -1);
  const place = parents.at(-1)?.members.indexOf(group) ?? -1;
  return removeMember(tree, condition, parents, place);
}

/** Joins the members of a group otherwise. */
export function setJoin(tree: Tree, group: Group, join: Join): Edit[] {
  if (group.join === join) return [];
  if (group.members.length === 0) {
    const bare = unwrap(parseExpression(EMPTY[join]).expression);
    const isBare = group.outer === group.inside && bare.kind === "bool";
    return [replaceExpression(tree, group.outer, isBare ? String(bare.value) : EMPTY[join])];
  }
  if (group.members.length === 1) return joinOfOne(tree, group, join);
  const checks = checksIn(group);
  if (checks.size === group.members.length - 1) return joinOfOne(tree, group, join);
  const operators = setOperator(tree, group.inside, operatorOf(join), checks);
  const isWrapped = operators.some(({ text }) => text === "(") && operators[0]?.range.start === group.inside.start;
  return [...negation(group, join, isWrapped), ...operators, ...closing(group, join, isWrapped)];
}

/** The places of members that only ask whether what the next one compares is there: both stay together. */
function checksIn({ join, members }: Group): ReadonlySet<number> {
  if (join !== "all") return new Set();
  const places = members.flatMap((member, at) => {
    const next = members[at + 1];
    if (member.kind !== "row" || next?.kind !== "row" || member.operator !== "has" || member.isNot) return [];
    return writePath(next.path).startsWith(writePath(member.path)) ? [at] : [];
  });
  return new Set(places);
}

/** A group of one has something before its member that tells how it is joined. */
function joinOfOne(tree: Tree, group: Group, join: Join): Edit[] {
  const [operator, keeper] = [operatorOf(join), join === "all" ? "true" : "false"];
  const chain = group.hasKeeper ? chainOf(group.inside) : null;
  const [kept, sign] = [chain?.operands[0], chain?.operators[0]];
  const operators: Edit[] =
    kept && sign
      ? [
          { range: kept, text: keeper },
          { range: sign, text: operator },
        ]
      : keep(tree, group.inside, `${keeper} ${operator} `);
  return [...negation(group, join, false), ...operators, ...closing(group, join, false)];
}

/** Something in front of the one member; in parentheses when it would be torn apart. */
function keep(tree: Tree, inside: Expression, text: string): Edit[] {
  const { start, end } = inside;
  const { problems } = parseExpression(`${text}${tree.text.slice(start, end)}\n`);
  const isTorn = problems.length > 0 || chainOf(inside) !== null;
  const [open, close] = isTorn ? ["(", ")"] : ["", ""];
  return [insert(start, `${text}${open}`), ...(isTorn ? [insert(end, close)] : [])];
}

/** The `!` that makes `none`, with a parenthesis where there is none. */
function negation({ join: before, outer, inside }: Group, join: Join, isWrapped: boolean): Edit[] {
  const inner = unwrap(outer);
  if (before === "none" && inner.kind === "not") {
    return [{ range: { start: inner.start, end: inner.start + 1 }, text: "" }];
  }
  if (join !== "none") return [];
  const isBare = outer === inside && !isWrapped;
  return [insert(outer.start, isBare ? "!(" : "!")];
}

function closing({ outer, inside }: Group, join: Join, isWrapped: boolean): Edit[] {
  return join === "none" && outer === inside && !isWrapped ? [insert(outer.end, ")")] : [];
}

const insert = (at: number, text: string): Edit => ({ range: { start: at, end: at }, text });

/**
 * Writes something else in place of what rows cannot say.
 * @throws SyntaxError when the text is not one expression.
 */
export function replaceFree(tree: Tree, condition: Condition, free: Free, text: string): Edit[] {
  if (!free.isBroken) return [replaceExpression(tree, free.outer, text)];
  const { problems } = parseExpression(text);
  if (problems[0]) throw new SyntaxError(problems[0].message);
  return [{ range: bodyRange(tree, condition), text }];
}

/** What is between the braces of a condition, without the white space beside them. */
export function bodyRange({ text }: Tree, { start, end }: Condition): { start: number; end: number } {
  const whole = text.slice(start, end);
  const head = /^\s*(?:when|unless)?\s*\{?\s*/.exec(whole)?.[0].length ?? 0;
  const tail = /\s*\}?$/.exec(whole.slice(head))?.[0].length ?? 0;
  return { start: start + head, end: Math.max(start + head, end - tail) };
}
