import { describe, expect, it } from "vitest";
import type { RoleSummary } from "@/server/roles/contract";
import { readRoleAddress, readRoleView, roleHref, rolesAt, rolesHref } from "./role-address";

const role = (name: string, more: Partial<RoleSummary> = {}): RoleSummary => ({
  ...{ name, title: `The ${name}`, description: "", origin: "written", version: "version 1", inherits: [] },
  ...{ actions: 3, unused: 0, holders: { people: 1, services: 0, nodes: 0, teams: 0 } },
  ...{ changedAt: new Date(0), retiredAt: null },
  ...more,
});

const nobody = { people: 0, services: 0, nodes: 0, teams: 0 };
const ROLES = [
  role("auditor", { origin: "built-in", unused: null }),
  role("trainer", { description: "Runs what the vision team trains." }),
  role("drainer", { unused: 2, holders: nobody }),
  role("gone", { retiredAt: new Date(0), unused: 3, holders: nobody }),
];

describe("the roles of an address", () => {
  it.each([
    [{}, ["trainer", "drainer", "auditor"]],
    [{ origin: "built-in" }, ["auditor"]],
    [{ show: "unused" }, ["drainer"]],
    [{ show: "unheld" }, ["drainer"]],
    [{ show: "retired" }, ["gone"]],
    [{ q: "VISION trains" }, ["trainer"]],
    [{ q: "gone" }, []],
  ])("%j are %j", (parameters, names) => {
    expect(rolesAt(ROLES, readRoleAddress(parameters)).map(({ name }) => name)).toEqual(names);
  });

  it("are read as they were written", () => {
    const address = { query: "a b", origin: "written", show: "unused" } as const;
    expect(readRoleAddress(Object.fromEntries(new URL(rolesHref(address), "http://swarm").searchParams))).toEqual(
      address,
    );
    expect(readRoleAddress({ origin: "of nobody", show: "1" })).toEqual({ query: "" });
  });
});

describe("the address of a role", () => {
  it("opens what it permits, unless it says what else", () => {
    expect(roleHref("team_lead")).toBe("/roles/team_lead");
    expect(roleHref("drainer", "history")).toBe("/roles/drainer?view=history");
    expect([readRoleView("history"), readRoleView("nothing"), readRoleView(undefined)]).toEqual([
      "history",
      "permissions",
      "permissions",
    ]);
  });
});
