import { describe, expect, it } from "vitest";
import { formatPolicies } from "@/server/engines/cedar/syntax/editing/format";
import { problemsOf } from "./check-set";
import { builtInSet } from "./in-force";
import { propose } from "./propose";
import { TEMPLATES } from "./templates";

describe("templates", () => {
  it.each(TEMPLATES)("$name follows the schema, is formatted, and calls itself so", ({ name, about, text }) => {
    const { set, added } = propose(builtInSet(), [{ policy: null, text }]);
    expect(added).toEqual([name]);
    expect(problemsOf(set, added)).toEqual([]);
    expect(formatPolicies(text)).toBe(text);
    expect(about).toMatch(/^[A-Z].*\.$/);
  });

  it("can be in force together", () => {
    const { set, added } = propose(
      builtInSet(),
      TEMPLATES.map(({ text }) => ({ policy: null, text })),
    );
    expect(problemsOf(set, added)).toEqual([]);
  });
});
