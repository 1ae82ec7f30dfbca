import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "./line-diff";

const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ sign, key, value }) => `${sign}${key} ${value}`);

describe("the difference of two texts", () => {
  it.each([
    ["", "", []],
    ["a\nb\n", "a\nb\n", [" 1 a", " 2 b"]],
    ["", "a\n", ["+1 a"]],
    ["a\n", "", ["-1 a"]],
    ["a\nb\nc\n", "a\nx\nc\n", [" 1 a", "-2 b", "+2 x", " 3 c"]],
    ["a\nb\n", "a\nnew\nb\n", [" 1 a", "+2 new", " 3 b"]],
    ["a\na\n", "a\na\na\n", [" 1 a", " 2 a", "+3 a"]],
    ["a\n\nb", "a\nb", [" 1 a", "-2 ", " 2 b"]],
  ])("of %j and %j is %j", (before, after, rows) => {
    expect(shown(before, after)).toEqual(rows);
  });

  it("holds both texts, and names each row once", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((lines) => [...lines, "end"]);
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = diffLines(before.join("\n"), after.join("\n"));
        const side = (gone: "+" | "-") => rows.filter(({ sign }) => sign !== gone).map(({ value }) => value);
        expect([side("+"), side("-")]).toEqual([before, after]);
        expect(new Set(rows.map(({ sign, key }) => sign + key)).size).toBe(rows.length);
      }),
    );
  });
});
