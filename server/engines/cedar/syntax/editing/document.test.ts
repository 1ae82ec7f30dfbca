import { expect, it } from "vitest";
import { PolicyDocument } from "./document";
import { parsePolicies } from "../parser";

const policy = (id: number, condition = "true") =>
  `// number ${id}\n@id("${id}")\npermit (principal, action, resource)\nwhen { ${condition} };\n\n`;

it("parses again what has changed, and moves the rest", () => {
  const document = new PolicyDocument(policy(1) + policy(2) + policy(3));
  expect(document.parsed).toBe(3);
  const [first] = document.tree.policies;
  const changed = policy(1) + policy(2, "fasle && context.if") + policy(3);
  expect(document.update(changed)).toEqual(parsePolicies(changed));
  expect(document.tree.problems).toHaveLength(2);
  expect(document.parsed).toBe(4);
  expect(document.tree.policies[0]).toBe(first);
  const grown = `${policy(0)}// more\n${changed}permit (principal, action`;
  expect(document.update(grown)).toEqual(parsePolicies(grown));
  expect(document.parsed).toBe(6);
});

it("is what the parser makes of it after each key", () => {
  const text = `${policy(1)}permit (principal, action, resource)\n@a("x;") forbid (principal == 'a', `;
  const document = new PolicyDocument("");
  for (let end = 0; end <= text.length; end += 1) {
    const typed = text.slice(0, end);
    expect(document.update(typed)).toEqual(parsePolicies(typed));
    expect(document.text).toBe(typed);
  }
});
