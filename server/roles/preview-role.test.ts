import { afterEach, describe, expect, it } from "vitest";
import { ADMIN, ANONYMOUS, testWorld, type World } from "@/server/testing/world";
import { createRole, previewRole } from "./change-role";
import { CreateRoleInput, PreviewRoleInput } from "./contract";

let world: World;
afterEach(() => world.close());

const READER = {
  ...{ name: "reader", title: "Reader" },
  permissions: [{ actions: ["storage.read"], conditions: [{ on: "own_team" }] }],
};
const RUNNER = { name: "runner", title: "Runner", inherits: ["reader"], permissions: [{ actions: ["workload.run"] }] };

describe("a role as it would be", () => {
  it("permits its own and what it would inherit, and keeps nothing", async () => {
    world = await testWorld({ as: ADMIN });
    await createRole(world.ctx, CreateRoleInput.parse({ ...READER, note: "it is needed" }));
    const preview = await previewRole(world.ctx, PreviewRoleInput.parse(RUNNER));
    expect(preview.problems).toEqual([]);
    expect(preview.policies.map(({ name }) => name)).toEqual(["role:runner:1"]);
    expect(preview.cells).toEqual([
      { action: "workload.run", resourceType: "Compute", from: "runner", conditions: [] },
      { action: "storage.read", resourceType: "Storage", from: "reader", conditions: [{ on: "own_team" }] },
    ]);
  });

  it("says in words what cannot be saved", async () => {
    world = await testWorld({ as: ADMIN });
    const wrong = { ...RUNNER, permissions: [{ actions: ["nothing.done"] }] };
    const { problems } = await previewRole(world.ctx, PreviewRoleInput.parse(wrong));
    expect(problems).toEqual(["inherits: there is no role reader", "permission 1: there is no action nothing.done"]);
  });

  it("is shown to nobody in particular", async () => {
    world = await testWorld({ as: ANONYMOUS });
    const asked = previewRole(world.ctx, PreviewRoleInput.parse(READER));
    await expect(asked).rejects.toMatchObject({ code: "kernel.forbidden" });
  });
});

describe("the name of a new role", () => {
  it.each(["new", "separations", "Reader", "a", "team_lead"])("is not %s", (name) => {
    expect(CreateRoleInput.safeParse({ ...READER, name, note: "x" }).success).toBe(false);
  });
});
