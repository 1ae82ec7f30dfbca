import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { giveRole, identity, makeRole, smallSwarm, type Swarm } from "@/server/testing/roles";
import { ADMIN, AUDITOR, testWorld, type World } from "@/server/testing/world";
import { updateRole } from "./change-role";
import { listSeparations, putSeparation, removeSeparation } from "./separations";

const HOUR = 3_600_000;
let world: World;
let swarm: Swarm;
beforeEach(async () => {
  world = await testWorld({ as: ADMIN });
  swarm = await smallSwarm(world);
  for (const name of ["maker", "checker", "payer"]) await makeRole(world.ctx, name);
  world.forget();
});
afterEach(() => world.close());

const separate = (kind: "static" | "dynamic", limit = 2, roles = ["maker", "checker", "payer"]) =>
  putSeparation(world.ctx, { name: "duties", kind, roles, limit, reason: "nobody checks their own work" });
const give = (role: string, more: object = {}) => giveRole(world.ctx, identity(swarm.mara.id), role, more);
const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * HOUR);
const REFUSED = { code: "grant.duties_separated" };

describe("duties that are kept apart", () => {
  it("are in the log, and can be changed and removed by an admin alone", async () => {
    await separate("static");
    await separate("dynamic", 3);
    await expect(
      putSeparation(world.as(AUDITOR), {
        name: "x",
        kind: "static",
        roles: ["maker", "checker"],
        limit: 2,
        reason: "?",
      }),
    ).rejects.toMatchObject({ code: "kernel.forbidden" });
    await removeSeparation(world.ctx, { name: "duties" });
    expect(world.trail()).toMatchObject([
      { kind: "separation.put", after: { kind: "static", limit: 2 } },
      { kind: "separation.put", before: { kind: "static" }, after: { kind: "dynamic", limit: 3 } },
      { kind: "denied" },
      { kind: "separation.removed" },
    ]);
    await expect(removeSeparation(world.ctx, { name: "duties" })).rejects.toMatchObject({ code: "kernel.missing" });
    await expect(separate("static", 2, ["maker", "nobody"])).rejects.toMatchObject({ code: "role.refused" });
  });

  it("never come together, now or later, where they are static; the conflict is named", async () => {
    await separate("static");
    await give("maker", { endsAt: inHours(1) });
    await expect(give("checker", { startsAt: inHours(5), endsAt: inHours(6) })).rejects.toMatchObject({
      ...REFUSED,
      message: "Mara would have checker and maker together, which duties keeps apart; end one of them first",
    });
    world.clock.advance(HOUR);
    await give("checker");
  });

  it("come together as far as the limit", async () => {
    await separate("static", 3);
    await give("maker");
    await give("checker");
    await expect(give("payer")).rejects.toMatchObject(REFUSED);
  });

  it("are never active together where they are dynamic, and may follow one another", async () => {
    await separate("dynamic");
    await give("maker", { endsAt: inHours(2) });
    await expect(give("checker", { startsAt: inHours(1) })).rejects.toMatchObject(REFUSED);
    await give("checker", { startsAt: inHours(2) });
    await give("payer", { mode: "eligible", activationHours: 1 });
  });

  it("come by a team or by inheritance no more than by oneself", async () => {
    await separate("static");
    await give("maker");
    await expect(giveRole(world.ctx, { kind: "team", id: swarm.teams.vision }, "checker")).rejects.toMatchObject({
      ...REFUSED,
      message: expect.stringMatching(/^Mara would have/),
    });
    await makeRole(world.ctx, "senior", { inherits: ["checker"] });
    await expect(give("senior")).rejects.toMatchObject(REFUSED);
    await expect(makeRole(world.ctx, "both", { inherits: ["checker", "maker"] })).rejects.toMatchObject(REFUSED);
  });

  it("that somebody has together already are listed, those by a later inheritance too", async () => {
    await give("maker");
    await give("checker");
    await makeRole(world.ctx, "senior");
    await giveRole(world.ctx, identity(swarm.lead.id), "senior");
    await giveRole(world.ctx, identity(swarm.lead.id), "payer");
    await separate("static");
    await updateRole(world.ctx, {
      ...{ name: "senior", title: "Senior", description: "", permissions: [], inherits: ["maker"] },
      ...{ base: 1, note: "for a test" },
    });
    const { conflicts } = await listSeparations(world.as(AUDITOR));
    expect(conflicts).toEqual([
      { separation: "duties", holder: { kind: "user", id: swarm.lead.id, name: "Lead" }, roles: ["maker", "payer"] },
      { separation: "duties", holder: { kind: "user", id: swarm.mara.id, name: "Mara" }, roles: ["checker", "maker"] },
    ]);
  });
});
