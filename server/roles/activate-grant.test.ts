import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "@/server/testing/people";
import { giveRole, identity, isAllowed, makeRole, smallSwarm, type Swarm } from "@/server/testing/roles";
import { ADMIN, testWorld, type World } from "@/server/testing/world";
import { activateGrant, deactivateGrant } from "./activate-grant";
import { putSeparation } from "./separations";

const HOUR = 3_600_000;
let world: World;
let swarm: Swarm;
let mara: Person;
let grant: string;
beforeEach(async () => {
  world = await testWorld({ as: ADMIN });
  swarm = await smallSwarm(world);
  mara = swarm.mara;
  await makeRole(world.ctx, "drainer", { actions: ["compute.drain"] });
  grant = await giveRole(world.ctx, identity(mara.id), "drainer", { mode: "eligible", activationHours: 2 });
  world.forget();
});
afterEach(() => world.close());

const drains = (name = "mara") =>
  isAllowed(world.ctx, { type: "User", id: name }, "compute.drain", { type: "Compute", id: "gpu-1" });
const activate = (more: { id?: string; hours?: number; password?: string } = {}, who = mara) =>
  activateGrant(who.ctx, { id: grant, hours: 2, reason: "a broken rack", password: mara.password, ...more });

describe("an eligible grant", () => {
  it("permits nothing until it is activated with the password, and again nothing when the time is over", async () => {
    expect(await drains()).toBe(false);
    expect(await activate()).toMatchObject({ state: "activated" });
    expect(await drains()).toBe(true);
    expect(world.trail()).toMatchObject([
      { kind: "grant.activated", object: { id: mara.id }, after: { grant, role: "drainer", reason: "a broken rack" } },
    ]);
    world.clock.advance(2 * HOUR - 1);
    expect(await drains()).toBe(true);
    world.clock.advance(1);
    expect(await drains()).toBe(false);
  });

  it("is not activated with a wrong password, by somebody else, or for longer than it says", async () => {
    await expect(activate({ password: "wrong" })).rejects.toMatchObject({ code: "proof.refused" });
    await expect(activate({ hours: 3 })).rejects.toMatchObject({ code: "grant.not_activatable" });
    await expect(activate({}, swarm.lead)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(await drains()).toBe(false);
    expect(world.trail().map(({ kind }) => kind)).toEqual(["proof.refused", "denied"]);
  });

  it("is let go at once", async () => {
    await activate();
    await deactivateGrant(mara.ctx, { id: grant });
    expect(await drains()).toBe(false);
    await expect(deactivateGrant(mara.ctx, { id: grant })).rejects.toMatchObject({ code: "grant.not_activatable" });
  });

  it("of a team is activated by each of its people for themselves", async () => {
    const ofTeam = await giveRole(world.ctx, { kind: "team", id: swarm.teams.vision }, "drainer", {
      mode: "eligible",
      activationHours: 1,
    });
    await activate({ id: ofTeam, hours: 1 });
    expect([await drains(), await drains("lead")]).toEqual([true, false]);
  });

  it("is not activated beside a role that must not be active with it", async () => {
    await makeRole(world.ctx, "runner");
    await putSeparation(world.ctx, {
      ...{ name: "run or drain", kind: "dynamic", roles: ["runner", "drainer"], limit: 2, reason: "for a test" },
    });
    const other = await giveRole(world.ctx, identity(mara.id), "runner", {
      endsAt: new Date(world.clock.now().getTime() + HOUR),
    });
    expect(other).toMatch(/^gra_/);
    await expect(activate()).rejects.toMatchObject({
      code: "grant.duties_separated",
      facts: { separation: "run or drain", roles: ["drainer", "runner"] },
    });
    world.clock.advance(HOUR);
    await activate();
  });
});
