import { describe, expect, it } from "vitest";
import type { PolicySummary } from "@/server/policies/contract";
import {
  policiesAt,
  policiesHref,
  policyHref,
  readFirstQuestion,
  readPolicyAddress,
  roleOfPolicy,
} from "./policy-address";
import { touchesWords } from "./words";

const NOW = Date.parse("2026-05-01T00:00:00Z");
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000);

function policy(id: string, more: Partial<PolicySummary> = {}): PolicySummary {
  return {
    ...{ id, effect: "permit", about: `What ${id} is for.`, text: "permit (principal, action, resource);" },
    ...{ origin: "written", version: 1, since: null, draft: null, decisions: 0, lastDecidedAt: daysAgo(1) },
    touches: { principals: [], actions: [], resources: [] },
    ...more,
  };
}

const draft: PolicySummary["draft"] = {
  ...{ kind: "new", updatedAt: daysAgo(0), by: { id: "usr_1", name: "Priya" }, isReviewAsked: false },
  shadowSince: null,
};

const ALL = [
  policy("auditor-reads", { origin: "built-in", lastDecidedAt: daysAgo(91) }),
  policy("no-training", { effect: "forbid", lastDecidedAt: null }),
  policy("role:trainer:1", { origin: "role" }),
  policy("eu-only", { effect: "forbid", version: null, lastDecidedAt: null, draft }),
];

const at = (parameters: Record<string, string>) =>
  policiesAt(ALL, readPolicyAddress(parameters), NOW).map(({ id }) => id);

describe("the list of policies", () => {
  it.each([
    [{}, ["eu-only", "no-training", "role:trainer:1", "auditor-reads"]],
    [{ q: "TRAINING is" }, ["no-training"]],
    [{ effect: "forbid" }, ["eu-only", "no-training"]],
    [{ origin: "built-in" }, ["auditor-reads"]],
    [{ origin: "role" }, ["role:trainer:1"]],
    [{ show: "drafts" }, ["eu-only"]],
    [{ show: "idle" }, ["no-training", "auditor-reads"]],
    [{ show: "idle", effect: "permit" }, ["auditor-reads"]],
    [{ effect: "nonsense", show: "" }, ["eu-only", "no-training", "role:trainer:1", "auditor-reads"]],
  ])("shows for %o what fits, drafts first", (parameters, ids) => {
    expect(at(parameters)).toEqual(ids);
  });

  it("writes addresses that it reads", () => {
    const address = { query: "a b", effect: "forbid", origin: "written", show: "idle" } as const;
    const { searchParams } = new URL(policiesHref(address), "http://console");
    expect(readPolicyAddress(Object.fromEntries(searchParams))).toEqual(address);
    expect(policiesHref({ query: "" })).toBe("/policies");
    expect(policyHref('Ärger/"?')).toBe("/policies/%C3%84rger%2F%22%3F");
    expect(policyHref("p", "review")).toBe("/policies/p?ask=review");
    expect(["review", "nonsense", undefined].map(readFirstQuestion)).toEqual(["review", undefined, undefined]);
  });
});

describe("a policy of a role", () => {
  it("says which: nobody else's does, whatever it is called", () => {
    expect(roleOfPolicy({ id: "role:night-shift:12", origin: "role" })).toBe("night-shift");
    expect(roleOfPolicy({ id: "role:night-shift:12", origin: "written" })).toBeUndefined();
  });
});

describe("what a policy touches, in words", () => {
  it.each([
    [[], [], [], "anyone", "anything", "anything"],
    [["User", 'Role::"admin"'], ["console"], [], "people in role admin", "anything in this console", "anything"],
    [['Team::"a b"'], ["x.y", "x.z"], ["Compute"], "team a b", "x.y and x.z", "compute"],
    [["Node"], ["a", "b", "c", "d"], ["Compute", 'Pool::"ams"'], "nodes", "a, b and 2 more", "compute in pool ams"],
  ])("reads %o %o %o", (principals, actions, resources, who, may, on) => {
    expect(touchesWords({ principals, actions, resources })).toEqual({ who, may, on });
  });
});
