import { describe, expect, it } from "vitest";
import { type Action, ACTIONS, isReading } from "@/server/kernel/actions";
import type { Actor, Decision, Resource } from "@/server/kernel/context";
import { ADMIN, ANONYMOUS, AUDITOR, processActor, TEAM_LEAD } from "@/server/testing/world";
import { formatPolicies } from "@/server/engines/cedar/syntax/editing/format";
import { BUILT_IN_POLICIES } from "./built-in";
import { problemsOf } from "./check-set";
import { Authority } from "./authority";
import { decideUnder } from "./decide";
import { builtInSet } from "./in-force";

const NOW = new Date("2026-03-12T14:32:00Z");
const SET = builtInSet();
const authority = Authority.of(SET);
const actions = Object.keys(ACTIONS) as Action[];
const node: Actor = { kind: "node", id: "nod_7", name: "gpu-7", roles: [], teams: [], provedBy: ["certificate"] };
const terminal: Actor = { ...ADMIN, kind: "terminal", id: "terminal:root", roles: [], provedBy: ["terminal"] };

function allowedTo(actor: Actor, resource: Partial<Resource> = {}): Action[] {
  return actions.filter((action) => decide(actor, action, resource).allowed);
}

function decide(principal: Actor, action: Action, resource: Partial<Resource> = {}): Decision {
  const question = {
    principal,
    action,
    resource: { type: ACTIONS[action], id: "*", ...resource },
    at: NOW,
    address: null,
  };
  return decideUnder(authority, question, { principal: undefined, teamsNamed: (id) => [id] });
}

describe("the built-in policies", () => {
  it("follow the schema, have names of their own, and are formatted", () => {
    const ids = SET.policies.map(({ name }) => name);
    expect(problemsOf(SET, ids)).toEqual([]);
    expect(ids.filter((id) => /^policy\d/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(formatPolicies(BUILT_IN_POLICIES)).toBe(BUILT_IN_POLICIES);
  });

  it("let nobody in particular do nothing but prove who they are and read what is public", () => {
    expect(allowedTo(ANONYMOUS)).toEqual([
      "setup.read",
      "setup.run",
      "session.create",
      "identity.enroll",
      "health.read",
      "trust_anchor.read",
    ]);
  });

  it("let an auditor read everything and change nothing of others", () => {
    const reading = actions.filter(isReading);
    expect(allowedTo(AUDITOR)).toEqual(reading);
  });

  it("let an auditor keep their own account, and let go of their own roles", () => {
    const own = allowedTo(AUDITOR, { ownerId: AUDITOR.id }).filter((action) => !isReading(action));
    expect(own).toEqual(["session.end", "second_factor.manage", "password.change", "grant.end", "grant.activate"]);
  });

  it("let a team lead act in her own team, and in no other", () => {
    const writes = (teamId: string | null) => allowedTo(TEAM_LEAD, { teamId }).filter((action) => !isReading(action));
    expect(writes("tem_vision")).toContain("certificate.revoke");
    expect(writes("tem_vision")).toContain("join_token.create");
    expect([writes("tem_other"), writes(null)]).toEqual([[], []]);
  });

  it("give a team lead no power over the people of her team but to add them, to end a certificate and to give roles", () => {
    const writes = allowedTo(TEAM_LEAD, { teamId: "tem_vision", kind: "user" }).filter((action) => !isReading(action));
    expect(writes).toEqual(["identity.create", "grant.add", "grant.change", "grant.end", "certificate.revoke"]);
  });

  it("let a team lead put and remove resources of her team, but neither providers nor pools", () => {
    const writes = (teamId: string, kind: string) =>
      allowedTo(TEAM_LEAD, { teamId, kind }).filter((action) => /^resource\.(put|remove)$/.test(action));
    expect(writes("tem_vision", "Compute")).toEqual(["resource.put", "resource.remove"]);
    for (const kind of ["Provider", "Pool"]) expect(writes("tem_vision", kind)).toEqual([]);
    expect(writes("tem_other", "Compute")).toEqual([]);
  });

  it("keep the audit log and other people's sessions from a team lead", () => {
    expect(allowedTo(TEAM_LEAD).filter((action) => /^audit|^session/.test(action))).toEqual([]);
  });

  it("let a node use its own certificate only, and only when it showed it", () => {
    expect(allowedTo(node)).not.toContain("certificate.renew");
    expect(allowedTo(node, { ownerId: "nod_7" })).toContain("certificate.renew");
    expect(allowedTo({ ...node, provedBy: [] }, { ownerId: "nod_7" })).not.toContain("certificate.renew");
  });

  it("let no person do what belongs to machines, strangers or our own jobs", () => {
    const machines: Action[] = [
      "certificate.renew",
      "identity.enroll",
      "session.create",
      "housekeeping.run",
      "policy.upgrade",
      "setup.run",
    ];
    expect(machines.filter((action) => allowedTo(ADMIN).includes(action))).toEqual([]);
  });

  it("let the terminal operate everything but our own jobs", () => {
    expect(actions.filter((action) => !allowedTo(terminal).includes(action))).toEqual([
      "session.create",
      "housekeeping.run",
    ]);
  });

  it("let our own jobs keep house and change nothing else", () => {
    const writes = allowedTo(processActor("gateway")).filter((action) => !isReading(action));
    expect(writes).toEqual([
      "setup.run",
      "authority.publish_crl",
      "server_certificate.issue",
      "policy.upgrade",
      "key.create",
      "housekeeping.run",
    ]);
  });

  it("answer who may, when they refuse", () => {
    const ask = (principal: Actor, action: Action) => decide(principal, action);
    expect(ask(AUDITOR, "certificate.issue")).toMatchObject({ allowed: false, rules: [] });
    expect(ask(AUDITOR, "certificate.issue").reason).toContain("security admin");
    expect(ask(ANONYMOUS, "certificate.list").reason).toBe("sign in first");
  });
});
