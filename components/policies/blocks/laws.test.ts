import fc from "fast-check";
import { expect, it } from "vitest";
import { applyEdits, type Edit } from "@/server/engines/cedar/syntax/editing/edit";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Range } from "@/server/engines/cedar/syntax/problem";
import type { Tree } from "@/server/engines/cedar/syntax/syntax";
import { Dice } from "@/server/testing/cedar-dice";
import { questionOf } from "@/server/testing/cedar-generator";
import type { Block, ConditionBlock, Group, Join, RowContent } from "./blocks";
import { addMember, emptyGroup, removeMember, setJoin } from "./edit";
import { changeRow } from "./edit-row";
import { readPolicy } from "./read";
import { writeRow } from "./write-row";

/** Where a group is: the condition of the text, and the place in each group on the way. */
interface Spot {
  readonly condition: ConditionBlock;
  readonly groups: readonly Group[];
  readonly at: readonly number[];
}

/** An edit, the only stretch that it may change, and what is read there afterwards; null where that may be told otherwise. */
interface Change {
  readonly edits: readonly Edit[];
  readonly within: Range;
  readonly expected: readonly unknown[] | null;
}

it("reads what a block edit made, and finds every byte outside of the block as it was", () => {
  let seen = 0;
  fc.assert(
    fc.property(fc.noShrink(fc.integer()), fc.integer({ min: 0, max: 3 }), (seed, depth) => {
      const dice = new Dice(seed);
      const text = commented(dice, questionOf(seed, [{ seed, depth }], 0).policies);
      const tree = parsePolicies(text);
      const spots = spotsOf(tree);
      fc.pre(tree.problems.length === 0 && spots.length > 0);
      const spot = dice.pick(spots);
      const change = changeAt(dice, tree, spot);
      if (!change) return;
      seen += 1;
      const { edits, within, expected } = change;
      const after = applyEdits(text, edits);
      const tail = text.length - within.end;
      expect(after.slice(0, within.start)).toBe(text.slice(0, within.start));
      expect(after.slice(after.length - tail)).toBe(text.slice(within.end));
      const read = parsePolicies(after);
      expect(read.problems, after).toEqual([]);
      expect(commentsOf(after).length).toBeGreaterThanOrEqual(commentsOf(text).length - commentsWithin(text, change));
      if (expected && !expected.some(isLiteral)) expect(shapeAt(read, spot, tree), after).toEqual(expected);
    }),
    { numRuns: 600 },
  );
  expect(seen).toBeGreaterThan(200);
});

/** `true` and `false` beside one other member only tell how it is joined. */
const isLiteral = (shape: unknown) => shape === "free true" || shape === "free false";

const TEXTS = ["context.a", 'principal.b == "c"', "1 + context.a < 3", "if context.a then true else false"];
const JOINS: readonly Join[] = ["all", "any", "none"];

function changeAt(dice: Dice, tree: Tree, { condition: { condition }, groups }: Spot): Change | null {
  const group = groups.at(-1) as Group;
  const { members } = group;
  const within = group.isTop ? condition : group.outer;
  const shapes = members.map((member) => shapeOf(tree, member));
  const told = (of: Join, all: readonly unknown[]) => [of, ...all];
  switch (dice.weighted({ add: 3, remove: 2, join: 2, row: 4 })) {
    case "add": {
      const text = dice.chance(0.2) ? emptyGroup(dice.pick(JOINS)) : dice.pick(TEXTS);
      const edits = addMember(tree, group, [text]);
      const added = shapeOfText(text);
      return { edits, within, expected: told(group.join, [...shapes, added]) };
    }
    case "remove": {
      const at = dice.below(Math.max(1, members.length));
      const edits = removeMember(tree, condition, groups, at);
      const isPlain = members.length > 2;
      const start = tree.tokens.findLast((token) => token.start < condition.start)?.end ?? 0;
      const end = condition.end;
      return { edits, within: { start, end }, expected: isPlain ? told(group.join, shapes.toSpliced(at, 1)) : null };
    }
    case "join": {
      const join = dice.pick(JOINS);
      const edits = setJoin(tree, group, join);
      // `!(a && b)` joined by `any` is `!(a || b)`, and a whole condition joined by `none` has a group in it.
      const isBare = group.outer === group.inside;
      // What asks whether something is there stays with what it is asked for.
      const hasCheck = group.join === "all" && members.some((one) => one.kind === "row" && one.operator === "has");
      const isAmbiguous = hasCheck || (isBare && (join === "none" || groups.at(-2)?.join === "none"));
      const isPlain = members.length > 1 && !isAmbiguous;
      return { edits, within, expected: isPlain ? told(join, shapes) : null };
    }
    case "row": {
      const rows = members.flatMap((member, at) => (member.kind === "row" ? [{ row: member, at }] : []));
      if (rows.length === 0) return null;
      const { row, at } = dice.pick(rows);
      const to = rowFrom(dice, row);
      const edits = changeRow(tree, row, to);
      return { edits, within: row.outer, expected: told(group.join, shapes.with(at, `row ${writeRow(to)}`)) };
    }
  }
}

function rowFrom(dice: Dice, row: RowContent): RowContent {
  const path = { root: "context", steps: [{ kind: "attribute", name: "x y" }] } as const;
  const value = { kind: "string", value: dice.pick(["", 'a"b', "*"]) } as const;
  return dice.pick<RowContent>([
    { path, operator: "has", isNot: dice.chance(0.5), value: null },
    { path, operator: "==", isNot: false, value },
    { path, operator: "like", isNot: dice.chance(0.5), value: { kind: "pattern", value: String.raw`a\*b*\\` } },
    { path: row.path, operator: "one of", isNot: true, value: { kind: "set", elements: [value, value] } },
    { path: row.path, operator: "<=", isNot: false, value: { kind: "long", value: -3n } },
    { path, operator: "holds", isNot: dice.chance(0.5), value: null },
  ]);
}

/** What a block says, without places. */
function shapeOf(tree: Tree, block: Block): unknown {
  if (block.kind === "row") return `row ${writeRow(block)}`;
  if (block.kind === "free") return `free ${bare(tree.text.slice(block.outer.start, block.outer.end))}`;
  return [block.join, ...block.members.map((member) => shapeOf(tree, member))];
}

function shapeOfText(text: string): unknown {
  const tree = parsePolicies(
    `permit (principal, action, resource) when { (true) && ${/^if/.test(text) ? `(${text})` : text} };`,
  );
  const [condition] = tree.policies.flatMap((policy) => readPolicy(policy).conditions);
  const added = condition?.group.members.at(-1);
  return added && shapeOf(tree, added);
}

/** Without white space, comments, and parentheses around all of it. */
function bare(text: string): string {
  const plain = text.replaceAll(/\/\/ note\n/g, "").replaceAll(/\s/g, "");
  return plain.startsWith("(") && plain.endsWith(")") ? plain.slice(1, -1) : plain;
}

function shapeAt(after: Tree, { at }: Spot, before: Tree): unknown {
  const [nth = 0, ...places] = at;
  const [policy] = after.policies;
  expect(after.policies).toHaveLength(before.policies.length);
  let block: Block | undefined = policy && readPolicy(policy).conditions[nth]?.group;
  for (const place of places) block = block?.kind === "group" ? block.members[place] : undefined;
  return block && shapeOf(after, block);
}

/** Every group of a text's first policy. */
function spotsOf(tree: Tree): Spot[] {
  const [policy] = tree.policies;
  if (!policy) return [];
  const within = (condition: ConditionBlock, groups: readonly Group[], at: readonly number[]): Spot[] => [
    { condition, groups, at },
    ...(groups.at(-1)?.members ?? []).flatMap((member, place) =>
      member.kind === "group" ? within(condition, [...groups, member], [...at, place]) : [],
    ),
  ];
  return readPolicy(policy).conditions.flatMap((condition, nth) => within(condition, [condition.group], [nth]));
}

/** Comments in front of some tokens. */
function commented(dice: Dice, text: string): string {
  return parsePolicies(text)
    .tokens.map((token) => `${token.trivia}${dice.chance(0.06) ? " // note\n" : ""}${token.text}`)
    .join("");
}

const commentsOf = (text: string) => text.match(/\/\/ note\n/g) ?? [];

/** How many comments stand in what an edit takes away or writes anew. */
const commentsWithin = (text: string, { edits }: Change) =>
  edits.reduce((sum, { range }) => sum + commentsOf(text.slice(range.start, range.end)).length, 0);
