import { afterEach, describe, expect, it } from "vitest";
import { ANONYMOUS, AUDITOR, TEAM_LEAD, testWorld, type World } from "@/server/testing/world";
import { listPermissions } from "./list-permissions";

let world: World;
afterEach(() => world.close());

describe("what I may do", () => {
  it("says why not, in words, and null where I may", async () => {
    world = await testWorld({ as: AUDITOR });
    const permissions = await listPermissions(world.ctx);
    expect(permissions["certificate.list"]).toBeNull();
    expect(permissions["certificate.revoke"]).toContain("an auditor reads");
  });

  it("counts what a team lead may do in her team", async () => {
    world = await testWorld({ as: TEAM_LEAD });
    expect(await listPermissions(world.ctx)).toMatchObject({ "join_token.create": null });
  });

  it("says of one thing what holds for that thing", async () => {
    world = await testWorld({ as: TEAM_LEAD });
    const permissions = await listPermissions(world.ctx, { id: "nod_1", teamId: "another team" });
    expect(permissions["identity.lock"]).toContain("another team");
    expect(permissions["identity.read"]).toBeNull();
  });

  it("is refused to nobody in particular", async () => {
    world = await testWorld({ as: ANONYMOUS });
    await expect(listPermissions(world.ctx)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied" }]);
  });
});
