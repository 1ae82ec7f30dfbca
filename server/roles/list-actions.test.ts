import { afterEach, describe, expect, it } from "vitest";
import { ANONYMOUS, AUDITOR, testWorld, type World } from "@/server/testing/world";
import { listActions } from "./list-actions";

let world: World;
afterEach(() => world.close());

describe("the actions that a role can permit", () => {
  it("are those of the schema in force, with their groups and types", async () => {
    world = await testWorld({ as: AUDITOR });
    const actions = await listActions(world.ctx);
    const run = actions.find(({ name }) => name === "workload.run");
    expect(run).toMatchObject({ resourceTypes: ["Compute"], groups: ["use", "swarm"] });
    expect(run?.principalTypes).toContain("Node");
    expect(actions.find(({ name }) => name === "certificate.issue")?.groups).toEqual(["console"]);
  });

  it("are no groups: nobody can ask for a group", async () => {
    world = await testWorld({ as: AUDITOR });
    const names = new Set((await listActions(world.ctx)).map(({ name }) => name));
    for (const group of ["use", "change", "swarm", "console"]) expect(names).not.toContain(group);
  });

  it("are refused to nobody in particular, and the refusal is in the log", async () => {
    world = await testWorld({ as: ANONYMOUS });
    await expect(listActions(world.ctx)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "role.list" }]);
  });
});
