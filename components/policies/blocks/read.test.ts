import { describe, expect, it } from "vitest";
import { applyEdits, type Edit } from "@/server/engines/cedar/syntax/editing/edit";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Condition, Tree } from "@/server/engines/cedar/syntax/syntax";
import type { Block, Group, Join, RowContent } from "./blocks";
import { addConditionOf, addMember, emptyGroup, removeMember, replaceFree, setJoin } from "./edit";
import { changeRow } from "./edit-row";
import { readPolicy } from "./read";
import { rowWords } from "./words";
import { writeRow } from "./write-row";

const policyOf = (body: string) => `permit (principal, action, resource)\nwhen { ${body} };`;

/** A condition's body, read. */
function read(body: string) {
  const tree = parsePolicies(policyOf(body));
  const [policy] = tree.policies;
  const blocks = policy && readPolicy(policy, tree.problems);
  const [first] = blocks?.conditions ?? [];
  if (!policy || !blocks || !first) throw new Error(`${body} has no condition`);
  return { tree, policy, blocks, ...first };
}

/** A block in short: `all[a; any[b; c]]`, and `<…>` for what rows cannot say. */
function sketch(tree: Tree, block: Block): string {
  if (block.kind === "row") return rowWords(block, null);
  if (block.kind === "free") return `<${tree.text.slice(block.outer.start, block.outer.end)}>`;
  return `${block.join}[${block.members.map((member) => sketch(tree, member)).join("; ")}]`;
}

function sketchOf(body: string): string {
  const { tree, group } = read(body);
  return sketch(tree, group);
}

describe("a condition is read as", () => {
  it.each([
    ["context.a", "all[a is true]"],
    ["!context.a", "all[a is not true]"],
    ["context.a && !context.b", "all[a is true; b is not true]"],
    ["context.a || context.b", "any[a is true; b is true]"],
    ["(context.a || context.b)", "all[any[a is true; b is true]]"],
    ["context.a && (context.b || context.c)", "all[a is true; any[b is true; c is true]]"],
    ["context.a || context.b && context.c", "any[a is true; all[b is true; c is true]]"],
    ["!(context.a || context.b)", "all[none[a is true; b is true]]"],
    ["!(context.a && context.b)", "all[none[all[a is true; b is true]]]"],
    ["!(context.a)", "all[a is not true]"],
    ["!(if context.a then true else false)", "all[none[<if context.a then true else false>]]"],
    ["true", "all[]"],
    ["false", "any[]"],
    ["context.a && (false)", "all[a is true; any[]]"],
    ["context.a && (true && context.b)", "all[a is true; all[b is true]]"],
    ["context.a && !(false || context.b)", "all[a is true; none[b is true]]"],
    ["context.a && !(false)", "all[a is true; none[]]"],
    ['principal.team == Team::"vision"', "all[who · team is vision]"],
    ["principal.team == resource.team", "all[who · team is resource · team]"],
    ['principal in [Team::"a", Team::"b"]', "all[who is in a, b]"],
    ["principal is User", "all[who is a User]"],
    ['principal is User in Team::"a"', 'all[<principal is User in Team::"a">]'],
    ['resource["a b"] like "x*"', "all[resource · a b matches x*]"],
    ['["x", "y"].contains(resource.kind)', "all[resource · kind is one of x, y]"],
    ['!context.provedBy.contains("totp")', "all[proved by does not include totp]"],
    ['context.provedBy.containsAny(["totp"])', "all[proved by includes any of totp]"],
    ["!(context has reason)", "all[reason is not given]"],
    ["context has workload.kind", "all[workload · kind is given]"],
    [
      'resource.hasTag("env") && resource.getTag("env") == "prod"',
      "all[resource · label env is given; resource · label env is prod]",
    ],
    ['context.address.isInRange(ip("10.0.0.0/8"))', "all[address is in the range 10.0.0.0/8]"],
    ['context.now < datetime("2026-01-01")', "all[now is less than 2026-01-01]"],
    ["context.gpus + 1 < 4", "all[<context.gpus + 1 < 4>]"],
    ["1 < context.gpus", "all[<1 < context.gpus>]"],
    ["context.a &&", "all[<context.a && >]"],
  ])("%s as %s", (body, expected) => {
    expect(sketchOf(body)).toBe(expected);
  });
});

describe("a row is written as it was read:", () => {
  it.each([
    "context.a",
    "!context.a",
    "!(context has reason)",
    'context["a b"] has "c d"',
    'resource.getTag("a\\"b") like "\\*a*\\\\\\n"',
    'principal in [Team::"a", Team::"b"]',
    "!(principal is User)",
    '!["x"].contains(resource.kind)',
    "context.gpus >= -1",
    'context.rate.lessThan(decimal("0.5"))',
    "resource.isPublic == true",
    "!context.provedBy.isEmpty()",
  ])("%s", (text) => {
    const [row] = read(text).group.members;
    expect(row?.kind === "row" && writeRow(row)).toBe(text);
  });
});

/** The body after an edit of it, which must be read without a problem. */
function after(body: string, edit: (of: ReturnType<typeof read>) => readonly Edit[]): string {
  const of = read(body);
  const text = applyEdits(of.tree.text, edit(of));
  expect(parsePolicies(text).problems).toEqual([]);
  return text.slice(policyOf("").indexOf("{") + 2, -3);
}

/** The groups on the way to a member, by its places. */
function groupsTo(top: Group, places: readonly number[]): Group[] {
  const groups = [top];
  for (const place of places) {
    const next = groups.at(-1)?.members[place];
    if (next?.kind === "group") groups.push(next);
  }
  return groups;
}

describe("a member more", () => {
  it.each<[string, readonly number[], readonly string[], string]>([
    ["context.a", [], ["context.x"], "context.a && context.x"],
    ["context.a || context.b", [], ["context.x"], "context.a || context.b || context.x"],
    [
      "context.a || context.b",
      [],
      ["context has x", "context.x"],
      "context.a || context.b || (context has x && context.x)",
    ],
    ["context.a // why\n", [], ["context.x"], "context.a && context.x // why\n"],
    ["context.a &&\n  context.b", [], ["context.x"], "context.a &&\n  context.b &&\n  context.x"],
    ["context.a\n  && context.b", [], ["context.x"], "context.a\n  && context.b\n  && context.x"],
    ["if true then true else false", [], ["context.x"], "(if true then true else false) && context.x"],
    ["true", [], ["context.x"], "context.x"],
    ["false", [], ["context.x"], "false || context.x"],
    ["false || context.a", [], ["context.x"], "context.a || context.x"],
    ["context.a && (true)", [1], ["context.x"], "context.a && (true && context.x)"],
    ["context.a && (true)", [1], ["context has x", "context.x"], "context.a && (context has x && context.x)"],
    ["context.a && !(false)", [1], ["context.x"], "context.a && !(false || context.x)"],
    ["context.a && !(false || context.b)", [1], ["context.x"], "context.a && !(context.b || context.x)"],
    ["!(context.a && context.b)", [0], ["context.x"], "!(context.a && context.b || context.x)"],
    ["context.a", [], [emptyGroup("any")], "context.a && (false)"],
  ])("in %s at %j: %j", (body, places, texts, expected) => {
    expect(after(body, ({ tree, group }) => addMember(tree, groupsTo(group, places).at(-1) as Group, texts))).toBe(
      expected,
    );
  });

  it("is a condition of its own where there is none", () => {
    const text = "permit (principal, action, resource);\n";
    const tree = parsePolicies(text);
    const [policy] = tree.policies;
    expect(policy && applyEdits(text, addConditionOf(tree, policy, "unless", ["context has a", "context.a"]))).toBe(
      "permit (principal, action, resource)\nunless {\n  context has a && context.a\n};\n",
    );
  });
});

describe("a member less", () => {
  it.each<[string, readonly number[], string]>([
    ["context.a && context.b && context.c", [1], "context.a && context.c"],
    ["context.a &&\n  context.b", [0], "context.b"],
    ["context.a && // of a\n  context.b", [1], "context.a // of a\n  "],
    ["// of a\ncontext.a &&\n// of b\ncontext.b", [0], "// of a\n\n// of b\ncontext.b"],
    ["context.a && (context.b || context.c)", [1, 0], "context.a && (context.c)"],
    ["context.a && (false || context.c)", [1, 0], "context.a"],
    ["context.a && !(context.b && context.c)", [1, 0], "context.a"],
  ])("from %s at %j", (body, places, expected) => {
    const result = after(body, ({ tree, condition, group }) => {
      return removeMember(tree, condition, groupsTo(group, places.slice(0, -1)), places.at(-1) ?? 0);
    });
    expect(result).toBe(expected);
  });

  it("takes the condition with the last one", () => {
    const { tree, condition, group } = read("context.a");
    expect(applyEdits(tree.text, removeMember(tree, condition, [group], 0))).toBe(
      "permit (principal, action, resource);",
    );
  });
});

describe("joined otherwise,", () => {
  it.each<[string, readonly number[], Join, string]>([
    ["context.a && context.b", [], "any", "context.a || context.b"],
    ["context.a && context.b", [], "none", "!(context.a || context.b)"],
    ["context.a || context.b && context.c", [], "all", "context.a && (context.b && context.c)"],
    ["context.a || context.b && context.c", [1], "any", "context.a || (context.b || context.c)"],
    ["context.a || context.b && context.c", [1], "none", "context.a || !(context.b || context.c)"],
    ["context.a && (context.b // b\n || context.c)", [1], "none", "context.a && !(context.b // b\n || context.c)"],
    ["!(context.a || context.b)", [0], "any", "(context.a || context.b)"],
    ["!(context.a || context.b)", [0], "all", "(context.a && context.b)"],
    ["context has a && context.a && context.b", [], "any", "(context has a && context.a) || context.b"],
    ["context.b && context has a && context.a.b", [], "none", "!(context.b || (context has a && context.a.b))"],
    ["context has a && context.a", [], "any", "false || (context has a && context.a)"],
    ["context has a || context.a", [], "all", "context has a && context.a"],
    ["context.a", [], "any", "false || context.a"],
    ["context.a", [], "none", "!(false || context.a)"],
    ["false || context.a", [], "all", "true && context.a"],
    ["context.a && (false || context.b)", [1], "none", "context.a && !(false || context.b)"],
    ["context.a && (false)", [1], "none", "context.a && !(false)"],
    ["context.a && !(false)", [1], "all", "context.a && (true)"],
    ["true", [], "any", "false"],
  ])("%s at %j by %s", (body, places, join, expected) => {
    expect(after(body, ({ tree, group }) => setJoin(tree, groupsTo(group, places).at(-1) as Group, join))).toBe(
      expected,
    );
  });
});

describe("a row that says something else", () => {
  const changed = (body: string, change: Partial<RowContent>) =>
    after(body, ({ tree, group }) => {
      const [row] = group.members;
      if (row?.kind !== "row") throw new Error(`${body} is no row`);
      return changeRow(tree, row, { ...row, ...change });
    });

  it.each<[string, Partial<RowContent>, string]>([
    [
      'context.a /* no */ == "x"'.replace(" /* no */", ""),
      { value: { kind: "string", value: "y" } },
      'context.a == "y"',
    ],
    ["context.a == // why\n 1", { value: { kind: "long", value: 2n } }, "context.a == // why\n 2"],
    ["context.a == // why\n 1", { operator: "<=" }, "context.a <= // why\n 1"],
    ["context.a == // why\n 1", { operator: "has", value: null }, "// why\ncontext has a"],
    ["!(context.a == 1)", { isNot: false }, "context.a == 1"],
  ])("%s with %o", (body, change, expected) => {
    expect(changed(body, change)).toBe(expected);
  });

  it("keeps what is beside an element of a set", () => {
    const set = (...values: string[]): Partial<RowContent> => ({
      value: { kind: "set", elements: values.map((value) => ({ kind: "string", value })) },
    });
    const body = '[ "x", // of x\n "y" ].contains(context.a)';
    expect(changed(body, set("x", "y", "z"))).toBe('[ "x", // of x\n "y", "z" ].contains(context.a)');
    expect(changed(body, set("x"))).toBe('[ "x" // of x\n  ].contains(context.a)');
    expect(changed(body, set("x", "z"))).toBe('[ "x", // of x\n "z" ].contains(context.a)');
    expect(changed('["x", "y"].contains(context.a)', set("y"))).toBe('["y"].contains(context.a)');
  });
});

it("writes anew what could not be read", () => {
  const { tree, condition, group } = read("context.a &&");
  const [free] = group.members;
  if (free?.kind !== "free") throw new Error("it could be read");
  expect(applyEdits(tree.text, replaceFree(tree, condition as Condition, free, "context.b"))).toBe(
    policyOf("context.b"),
  );
  expect(() => replaceFree(tree, condition, free, "1 +")).toThrow(SyntaxError);
});
