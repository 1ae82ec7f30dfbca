import { describe, expect, it } from "vitest";
import { askablesOf, firstRequest, readContext, withAction } from "./asked";

const SCHEMA = `entity User, Stranger, Compute, Team;
action "team.create" appliesTo { principal: [User, Stranger], resource: [Team] };
action "swarm";
action "workload.run" in ["swarm"] appliesTo { principal: [User], resource: [Compute] };
`;
const askables = askablesOf(SCHEMA);

describe("what can be asked", () => {
  it("is every action but groups, those of the swarm first", () => {
    expect(askables).toEqual([
      { action: "workload.run", principals: ["User"], resources: ["Compute"], fields: [] },
      { action: "team.create", principals: ["User", "Stranger"], resources: ["Team"], fields: [] },
    ]);
    expect(askablesOf("entity {")).toEqual([]);
  });

  it.each([
    ['forbid (principal, action == Action::"team.create", resource);', "team.create", "Team"],
    ["permit (principal, action, resource);", "workload.run", "Compute"],
    ["not a policy", "workload.run", "Compute"],
  ])("begins with what %j speaks of", (text, action, type) => {
    expect(firstRequest(askables, text)).toMatchObject({ action, resource: { type, id: "" } });
  });

  it.each([
    ['permit (principal is Stranger, action == Action::"team.create", resource);', { type: "Stranger", id: "" }],
    ['permit (principal == User::"priya", action, resource);', { type: "User", id: "priya" }],
    ['permit (principal in Team::"vision", action, resource);', { type: "User", id: "" }],
  ])("begins with whom %j speaks of", (text, principal) => {
    expect(firstRequest(askables, text)).toMatchObject({ principal });
  });

  it("keeps who and what when another action can be asked with them", () => {
    const request = firstRequest(askables, "");
    const filled = { ...request, principal: { type: "User", id: "priya" }, resource: { type: "Compute", id: "gpu-7" } };
    expect(withAction(filled, askables[1])).toMatchObject({
      principal: { type: "User", id: "priya" },
      resource: { type: "Team", id: "" },
    });
  });

  it.each(["[]", "null", "{", "3"])("takes no context that is %s", (text) => {
    expect(readContext(text)).toHaveProperty("error");
  });

  it.each([
    ["", {}],
    [' {"reason": "a"}', { reason: "a" }],
  ])("takes the context %j", (text, value) => {
    expect(readContext(text)).toEqual({ value });
  });
});
