import { describe, expect, it } from "vitest";
import type { ProfileRules } from "@/server/certificates/contract";
import { lifeWords, purposeWords, renewalWords, ruleWords, unspokenWords } from "./rule-words";

const rules: ProfileRules = {
  ...{ description: "", keyTypes: ["P-256"], defaultHours: 168, longestHours: 720, renewalOpensAtPercent: 0 },
  extendedKeyUsage: ["serverAuth", "clientAuth"],
  names: [
    { type: "spiffe", path: "/{kind}/{name}" },
    { type: "dns", patterns: ["*.swarm.local"] },
  ],
};

describe("the rules of a profile in words", () => {
  it.each([
    [{ type: "dns", patterns: ["*.swarm.local"] }, "DNS names within", ["*.swarm.local"]],
    [{ type: "ip", ranges: ["10.0.0.0/8"] }, "IP addresses within", ["10.0.0.0/8"]],
    [{ type: "ip", ranges: [] }, "No IP addresses", []],
    [{ type: "email", domains: ["swarm.local"] }, "The person's own e-mail address at", ["swarm.local"]],
  ] as const)("say %o", (rule, title, values) => {
    expect(ruleWords(structuredClone(rule) as never)).toMatchObject({ title, values });
  });

  it("say how long a certificate lives, when it may be renewed and what it may do", () => {
    expect(lifeWords(rules)).toBe("7 d, 30 d at most");
    expect(lifeWords({ ...rules, longestHours: 168 })).toBe("7 d");
    expect(renewalWords(rules)).toBe("May be renewed at any time; due after two thirds.");
    expect(renewalWords({ ...rules, renewalOpensAtPercent: 50 })).toContain("after 50 % of its life");
    expect(purposeWords(rules)).toBe("Accept connections under its names and prove itself when it connects.");
  });

  it("say which names nothing speaks of", () => {
    expect(unspokenWords(rules)).toContain("No rule speaks of IP addresses and e-mail addresses");
  });
});
