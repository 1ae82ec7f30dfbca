import { describe, expect, it } from "vitest";
import { formatPolicies } from "./format";
import { parsePolicies } from "../parser";

const LONG = "a".repeat(30);

describe("formatting", () => {
  it.each([
    ["permit(principal,action,resource);", "permit (principal, action, resource);\n"],
    [
      'permit(principal is A::B in ?principal,action in[Action::"x",Action::"y"],resource,)when{true}unless{!(-1<2)};',
      `permit (
  principal is A::B in ?principal,
  action in [Action::"x", Action::"y"],
  resource,
)
when { true }
unless { !(-1 < 2) };
`,
    ],
    [
      `@id("a")@b permit(principal,action,resource)when{context.${LONG}&&context.${LONG}&&context.a||!ip("1").isInRange(ip("2"))};`,
      `@id("a")
@b
permit (principal, action, resource)
when {
  context.${LONG} &&
    context.${LONG} &&
    context.a ||
  !ip("1").isInRange(ip("2"))
};
`,
    ],
    [
      `permit(principal,action,resource)when{[1,{a:1,"b":[]}, {}].contains(context["${LONG}"].${LONG}.x)};`,
      `permit (principal, action, resource)
when {
  [1, { a: 1, "b": [] }, {}].contains(
    context["${LONG}"].${LONG}.x
  )
};
`,
    ],
    [
      `permit(principal,action,resource)when{if context.${LONG} then context has a.b else if principal is A in B::"c" then context.a like "*" else false};`,
      `permit (principal, action, resource)
when {
  if context.${LONG}
  then context has a.b
  else if principal is A in B::"c"
  then context.a like "*"
  else false
};
`,
    ],
    [
      "\n\n// top\n\n\n// two\npermit(principal,// who\naction,resource); // end\n// next\n\nforbid(principal,action,resource)when{ // why\ntrue && // and\nfalse};\r\n//last",
      `// top

// two
permit (
  principal, // who
  action,
  resource
); // end

// next

forbid (principal, action, resource)
when { // why
  true && // and
  false
};
//last
`,
    ],
    ["", ""],
    ["// only\n\n\n\n// comments", "// only\n\n// comments\n"],
  ])("lays out %j", (text, formatted) => {
    expect(formatPolicies(text)).toBe(formatted);
    expect(formatPolicies(formatted)).toBe(formatted);
    expect(parsePolicies(formatted).problems).toEqual([]);
  });

  it("leaves a text with problems as it is", () => {
    expect(formatPolicies("permit(principal,action, resource)")).toBe("permit(principal,action, resource)");
  });
});
