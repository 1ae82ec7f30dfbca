import { describe, expect, it } from "vitest";
import { applyEdits, type Edit } from "./edit";
import { parsePolicies } from "../parser";
import * as patch from "./patch";
import { replaceExpression } from "./patch-expression";
import type { Condition, Expression, Policy, Tree } from "../syntax";

const WHOLE = `// first
@id("a") // its id
permit ( principal == User::"alice" , action in [Action::"x"] // actions
, resource )
when { 1 + 2 * 3 == context.a } // why
unless { !context.b };

// second
forbid (principal, action, resource); permit (principal, action, resource is A);
`;

function read(text: string): { tree: Tree; policy: Policy } {
  const tree = parsePolicies(text);
  const [policy] = tree.policies;
  if (!policy || tree.problems.length > 0) throw new Error(`${text} has problems`);
  return { tree, policy };
}

/** The text after an edit, which must be without problems. */
function after(text: string, edit: (tree: Tree, policy: Policy) => Edit): string {
  const { tree, policy } = read(text);
  return read(applyEdits(text, [edit(tree, policy)])).tree.text;
}

describe("a change of a policy", () => {
  it.each<[string, (tree: Tree, policy: Policy) => Edit, string, string]>([
    ["its effect", (tree, policy) => patch.setEffect(tree, policy, "forbid"), "permit ( ", "forbid ( "],
    [
      "whom it is about",
      (tree, policy) =>
        patch.setScope(tree, policy, { variable: "principal", operator: "==", target: { type: "User", id: "bob" } }),
      '"alice"',
      '"bob"',
    ],
    [
      "what its scope asks",
      (tree, policy) =>
        patch.setScope(tree, policy, { variable: "principal", operator: "is in", entityType: "A::B", target: null }),
      'principal == User::"alice"',
      "principal is A::B in ?principal",
    ],
    [
      "its actions",
      (tree, policy) =>
        patch.setScope(tree, policy, {
          variable: "action",
          operator: "in list",
          targets: [
            { type: "Action", id: "x" },
            { type: "Action", id: 'y"' },
          ],
        }),
      '[Action::"x"]',
      '[Action::"x", Action::"y\\""]',
    ],
    [
      "a scope that asks nothing any more",
      (tree, policy) => patch.setScope(tree, policy, { variable: "action", operator: "any" }),
      'action in [Action::"x"]',
      "action",
    ],
    ["an annotation's value", (tree, policy) => patch.setAnnotation(tree, policy, "id", "b"), '"a"', '"b"'],
    [
      "an annotation's value to none",
      (tree, policy) => patch.setAnnotation(tree, policy, "id", null),
      '@id("a")',
      "@id",
    ],
    [
      "an annotation more",
      (tree, policy) => patch.setAnnotation(tree, policy, "note", "\n"),
      "permit ( ",
      '@note("\\n")\npermit ( ',
    ],
    ["an annotation less", (tree, policy) => patch.removeAnnotation(tree, policy, "id"), '@id("a")', ""],
    [
      "a condition more",
      (tree, policy) => patch.addCondition(tree, policy, "when", "true // so"),
      "unless { !context.b };",
      "unless { !context.b }\nwhen { true // so\n };",
    ],
    [
      "a condition less",
      (tree, { conditions }) => patch.removeCondition(tree, conditions[1] as Condition),
      "unless { !context.b };",
      ";",
    ],
    [
      "no policy",
      (tree, policy) => patch.removePolicy(tree, policy),
      WHOLE.slice(WHOLE.indexOf("@id"), WHOLE.indexOf("// second")),
      "",
    ],
  ])("changes %s and nothing else", (_what, edit, old, now) => {
    expect(WHOLE.split(old)).toHaveLength(2);
    expect(after(WHOLE, edit)).toBe(WHOLE.replace(old, () => now));
  });

  it("that changes nothing is an empty edit", () => {
    const { tree, policy } = read(WHOLE);
    const edits = [
      patch.setEffect(tree, policy, "permit"),
      patch.setScope(tree, policy, { variable: "resource", operator: "any" }),
      patch.setScope(tree, policy, { variable: "principal", operator: "==", target: { type: "User", id: "alice" } }),
      patch.setAnnotation(tree, policy, "id", "a"),
      patch.removeAnnotation(tree, policy, "none"),
    ];
    for (const { range, text } of edits) expect([range.end - range.start, text]).toEqual([0, ""]);
  });

  it("adds a policy after an empty line, and takes one from among others in its line", () => {
    const added = after(WHOLE, (tree) => patch.addPolicy(tree, "permit (principal, action, resource);"));
    expect(added).toBe(`${WHOLE}\npermit (principal, action, resource);\n`);
    expect(applyEdits("", [patch.addPolicy(parsePolicies(""), "permit (principal, action, resource);")])).toBe(
      "permit (principal, action, resource);\n",
    );
    expect(after(WHOLE, (tree) => patch.removePolicy(tree, tree.policies[1] as Policy))).toBe(
      WHOLE.replace("forbid (principal, action, resource);", ""),
    );
    expect(() => patch.addPolicy(parsePolicies(""), "permit (principal);")).toThrow(SyntaxError);
  });
});

describe("another expression", () => {
  const inside = (text: string, kind: string, replacement: string) => {
    const whole = `permit (principal, action, resource) when {${text}};`;
    const changed = after(whole, (tree, policy) => {
      const node = find(policy.conditions[0]?.body as Expression, kind);
      return replaceExpression(tree, node, replacement);
    });
    return changed.slice(whole.indexOf("{") + 1, -2);
  };

  it.each([
    ["1 + context * 2", "variable", "3 + 4", "1 + (3 + 4) * 2"],
    ["1 + context * 2", "variable", "3 * 4", "1 + 3 * 4 * 2"],
    ["2 * context", "variable", "3 * 4", "2 * (3 * 4)"],
    ["context - 1", "variable", "2 - 3", "2 - 3 - 1"],
    ["context == true", "variable", "1 < 2", "(1 < 2) == true"],
    ["!context", "variable", "!true", "!(!true)"],
    ["-context", "variable", "1", "-(1)"],
    ["context.a", "variable", "-1", "(-1).a"],
    ["context.a", "variable", "{a: 1}", "{a: 1}.a"],
    ["true&&context", "variable", "if true then 1 else 2", "true&&(if true then 1 else 2)"],
    ["[context]", "variable", "if true then 1 else 2", "[if true then 1 else 2]"],
    ["if(true)then 1 else 2", "paren", "context", "if context then 1 else 2"],
    ["context has a", "variable", "principal is A", "(principal is A) has a"],
    ["true && context", "variable", "1 // one", "true && 1 // one\n"],
    ["ip(context)", "variable", "1 || 2", "ip(1 || 2)"],
  ])("in %s for a %s, %s, gives %s", (text, kind, replacement, result) => {
    expect(inside(text, kind, replacement)).toBe(result);
  });

  it("must be one, for a node of the tree", () => {
    const { tree, policy } = read("permit (principal, action, resource) when { true };");
    const [condition] = policy.conditions;
    expect(() => replaceExpression(tree, condition?.body as Expression, "1 2")).toThrow(SyntaxError);
    expect(() => replaceExpression(tree, { kind: "hole", start: 0, end: 0 }, "1")).toThrow(RangeError);
  });
});

describe("edits", () => {
  it("are made all at once, in any order, and never overlap", () => {
    const edits = [
      { range: { start: 4, end: 5 }, text: "E" },
      { range: { start: 0, end: 2 }, text: "" },
      { range: { start: 2, end: 2 }, text: "+" },
    ];
    expect(applyEdits("abcde", edits)).toBe("+cdE");
    expect(() => applyEdits("abc", [{ range: { start: 0, end: 4 }, text: "" }])).toThrow(RangeError);
    expect(() => applyEdits("abc", [...edits, { range: { start: 1, end: 3 }, text: "" }])).toThrow(RangeError);
  });
});

/** The first expression of a kind, from the outside in. */
function find(expression: Expression, kind: string): Expression {
  const found: Expression[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("kind" in value && value.kind === kind) found.push(value as Expression);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(expression);
  const [first] = found;
  if (!first) throw new Error(`no ${kind} there`);
  return first;
}
