import { describe, expect, it } from "vitest";
import { CedarWorld } from "@/server/testing/cedar-world";
import { findAllowed } from "./partial";
import { readSchema } from "../schema/read-schema";
import { formatPolicies } from "../syntax/editing/format";
import { parsePolicies } from "../syntax/parser";
import { validatePolicies } from "../validation/validate";

const SCHEMA = `entity Group in [Group];
entity User in [Group] = { ok: Bool, level: Long, boss?: User, names: Set<String> } tags String;
action read appliesTo { principal: User, resource: User, context: { ok: Bool } };`;

/** Each form contains what it is made of once, so that a text grows with how deep it is, and work must too. */
const FORMS: Readonly<Record<string, { readonly innermost: string; readonly around: (inner: string) => string }>> = {
  "is … in within if": {
    innermost: "principal",
    around: (x) => `(if ${x} is User in Group::"g" then principal else resource)`,
  },
  "is within if": { innermost: "principal", around: (x) => `(if ${x} is User then principal else resource)` },
  "in within if": { innermost: "principal", around: (x) => `(if ${x} in Group::"g" then principal else resource)` },
  "has within if": { innermost: "principal", around: (x) => `(if ${x} has boss then principal else resource)` },
  "the branches of if": { innermost: "principal", around: (x) => `(if context.ok then ${x} else principal)` },
  "the condition of if": { innermost: "context.ok", around: (x) => `(if ${x} then principal.ok else false)` },
  "attributes within if": { innermost: "principal", around: (x) => `(if ${x}.ok then principal else resource)` },
  "tags within if": {
    innermost: "principal",
    around: (x) =>
      `(if ${x}.hasTag("a") && ${x === "principal" ? x : "principal"}.getTag("a") == "b" then principal else resource)`,
  },
  "== within if": { innermost: "principal", around: (x) => `(if ${x} == resource then principal else resource)` },
  "< within if": { innermost: "principal.level", around: (x) => `(if ${x} < 3 then 1 else 2)` },
  "+ in parentheses": { innermost: "principal.level", around: (x) => `(1 + ${x})` },
  "- in parentheses": { innermost: "principal.level", around: (x) => `-(${x})` },
  "not in parentheses": { innermost: "principal.ok", around: (x) => `!(${x})` },
  "and, or": { innermost: "principal.ok", around: (x) => `(context.ok && (${x} || principal.ok))` },
  sets: { innermost: "1", around: (x) => `[${x}]` },
  records: { innermost: "1", around: (x) => `{a: ${x}}` },
  contains: { innermost: "true", around: (x) => `[true].contains(${x})` },
  "like within if": { innermost: '"a"', around: (x) => `(if ${x} like "a*" then "ab" else "b")` },
};

const DEPTH = 20;

describe("a policy that is nested deeply, within the limits", () => {
  it.each(Object.entries(FORMS))("takes no more than its length: %s", (_, { innermost, around }) => {
    let condition = innermost;
    for (let depth = 0; depth < DEPTH; depth += 1) condition = around(condition);
    const text = `permit(principal, action, resource) when { ${condition} == ${condition} };`;
    const { schema } = readSchema(SCHEMA);
    const tree = parsePolicies(text);
    expect(tree.problems).toEqual([]);
    if (schema) validatePolicies(tree, schema);
    expect(formatPolicies(text)).toContain("permit");
    const world = new CedarWorld(text, {
      "User::a": { attributes: { ok: true, level: 1n }, in: ["Group::g"] },
      "User::b": { attributes: { ok: false, level: 1n } },
    });
    const request = world.request("User::a", "read", "User::b", { ok: true });
    const { epoch } = world.engine;
    expect(epoch.answer(request).errors.length).toBeLessThan(2);
    expect(epoch.answer(request, { trace: true }).trace).toHaveLength(1);
    expect(findAllowed(epoch, { ...request, unknown: "principal" }).failedForbids).toEqual([]);
    expect(findAllowed(epoch, { ...request, unknown: "resource" }).failedForbids).toEqual([]);
  });
});
