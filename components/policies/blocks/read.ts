import { chainOf } from "@/server/engines/cedar/syntax/editing/patch-chain";
import type { Problem } from "@/server/engines/cedar/syntax/problem";
import { type Condition, type Expression, type Policy, unwrap } from "@/server/engines/cedar/syntax/syntax";
import { someOf } from "@/server/engines/cedar/syntax/walk";
import type { Block, ConditionBlock, Group, Join, PolicyBlocks } from "./blocks";
import { readRow } from "./read-row";

/** A policy as blocks. A condition in which something could not be read is shown as it is written. */
export function readPolicy(policy: Policy, problems: readonly Problem[] = []): PolicyBlocks {
  return { policy, conditions: policy.conditions.map((condition) => readCondition(condition, problems)) };
}

function readCondition(condition: Condition, problems: readonly Problem[]): ConditionBlock {
  const { body } = condition;
  const isBroken =
    someOf(body, ({ kind }) => kind === "hole") ||
    problems.some(({ range }) => range.start < condition.end && range.end > condition.start);
  if (isBroken) {
    const members: Block[] = [{ kind: "free", outer: body, isBroken: true }];
    return { condition, group: group("all", body, body, members, { isTop: true }) };
  }
  return { condition, group: readTop(body) };
}

/** A whole condition is a group by itself, even of one. Parentheses around all of it make a group within. */
function readTop(body: Expression): Group {
  const joined = readJoined(body, body, null);
  if (joined) return { ...joined, isTop: true };
  if (body.kind === "bool") return group(body.value ? "all" : "any", body, body, [], { isTop: true });
  return group("all", body, body, [readBlock(body)], { isTop: true });
}

function readBlock(outer: Expression): Block {
  const inner = unwrap(outer);
  if (inner.kind === "not" && inner.operand.kind === "paren") {
    const inside = unwrap(inner.operand);
    if (inside.kind === "bool" && !inside.value) return group("none", outer, inside, []);
    const joined = readJoined(outer, inside, "none");
    if (joined) return joined;
    return readRow(outer) ?? group("none", outer, inside, [readBlock(inside)]);
  }
  const isEnclosed = inner !== outer;
  if (isEnclosed && inner.kind === "bool") return group(inner.value ? "all" : "any", outer, inner, []);
  return readJoined(outer, inner, null) ?? readRow(outer) ?? { kind: "free", outer, isBroken: false };
}

/** The group that a row of operands is. `none` joins by `||`, so that a row of `&&` is one member of it. */
function readJoined(outer: Expression, inside: Expression, as: "none" | null): Group | null {
  const chain = chainOf(inside);
  if (!chain) return null;
  if (as === "none" && chain.operator === "&&") return group("none", outer, inside, [readBlock(inside)]);
  const [first, ...rest] = chain.operands;
  const hasKeeper = rest.length === 1 && first?.kind === "bool" && first.value === (chain.operator === "&&");
  const join = as ?? (chain.operator === "&&" ? "all" : "any");
  return group(join, outer, inside, (hasKeeper ? rest : chain.operands).map(readBlock), { hasKeeper });
}

function group(
  join: Join,
  outer: Expression,
  inside: Expression,
  members: readonly Block[],
  { hasKeeper = false, isTop = false }: { hasKeeper?: boolean; isTop?: boolean } = {},
): Group {
  return { kind: "group", join, outer, inside, members, hasKeeper, isTop };
}
