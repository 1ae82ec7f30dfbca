import { describe, expect, it } from "vitest";
import { applyEdits } from "./edit";
import { addOperand, chainOf, removeOperand, setOperator } from "./patch-chain";
import { parsePolicies } from "../parser";
import type { Expression, Tree } from "../syntax";

const BEFORE = "permit (principal, action, resource)\nwhen { ";

/** The body of a condition after edits of it, which must be read without a problem. */
function after(body: string, edits: (tree: Tree, whole: Expression) => ReturnType<typeof addOperand>): string {
  const tree = parsePolicies(`${BEFORE}${body} };`);
  const whole = tree.policies[0]?.conditions[0]?.body;
  if (!whole) throw new Error(`${body} is no condition`);
  const text = applyEdits(tree.text, edits(tree, whole));
  expect(parsePolicies(text).problems).toEqual([]);
  return text.slice(BEFORE.length, -3);
}

describe("an operand more", () => {
  it.each([
    ["context.a", "&&", "context.x", "context.a && context.x"],
    ["context.a", "||", "context.x || context.y", "context.a || (context.x || context.y)"],
    ["context.a || context.b", "&&", "context.x", "(context.a || context.b) && context.x"],
    ["context.a && context.b", "||", "context.x", "context.a && context.b || context.x"],
    ["context.a // a\n", "&&", "context.x // x", "context.a && context.x // x\n // a\n"],
    ["context.a &&\n  context.b", "&&", "context.x", "context.a &&\n  context.b &&\n  context.x"],
    ["context.a\n  && context.b", "&&", "context.x", "context.a\n  && context.b\n  && context.x"],
    [
      'context.a == "some text that is long, and longer than most of them"',
      "&&",
      "context.x",
      `context.a == "some text that is long, and longer than most of them" &&\n${" ".repeat("when { ".length)}context.x`,
    ],
  ] as const)("for %s by %s: %s", (body, operator, text, expected) => {
    expect(after(body, (tree, whole) => addOperand(tree, whole, operator, text))).toBe(expected);
  });

  it("must be an expression", () => {
    expect(() => after("true", (tree, whole) => addOperand(tree, whole, "&&", "1 +"))).toThrow(SyntaxError);
  });
});

describe("an operand less", () => {
  it.each([
    ["context.a && context.b && context.c", 0, "context.b && context.c"],
    ["context.a && context.b && context.c", 1, "context.a && context.c"],
    ["context.a && context.b && context.c", 2, "context.a && context.b"],
    ["context.a // of a\n && context.b", 0, " // of a\n context.b"],
    ["context.a && // of b\n context.b", 1, "context.a // of b\n "],
    ["// of a\ncontext.a || context.b", 0, "// of a\ncontext.b"],
  ])("of %s at %i", (body, at, expected) => {
    const chained = after(body, (tree, whole) => {
      const chain = chainOf(whole);
      if (!chain) throw new Error(`${body} is no row`);
      return removeOperand(tree, chain, at);
    });
    expect(chained).toBe(expected);
  });

  it("is one of at least two", () => {
    const chain = { operator: "&&", operands: [], operators: [] } as const;
    expect(() => removeOperand(parsePolicies(""), chain, 0)).toThrow(RangeError);
  });
});

describe("the other operator", () => {
  it.each([
    ["context.a && context.b // b\n && context.c", "||", "context.a || context.b // b\n || context.c"],
    ["context.a || context.b && context.c", "&&", "context.a && (context.b && context.c)"],
    ["context.a || context.b", "||", "context.a || context.b"],
    ["context.a", "&&", "context.a"],
  ] as const)("in %s by %s", (body, operator, expected) => {
    expect(after(body, (tree, whole) => setOperator(tree, whole, operator))).toBe(expected);
  });

  it("keeps a row within another together", () => {
    const text = after("context.a || context.b && context.c", (tree, whole) => {
      const inner = chainOf(whole)?.operands[1];
      return inner ? setOperator(tree, inner, "||") : [];
    });
    expect(text).toBe("context.a || (context.b || context.c)");
  });
});
