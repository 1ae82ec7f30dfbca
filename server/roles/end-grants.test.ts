import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { retireIdentity } from "@/server/identities/retire-identity";
import { addPerson, type Person } from "@/server/testing/people";
import { giveRole, identity, isAllowed, makeRole, smallSwarm, type Swarm } from "@/server/testing/roles";
import { ADMIN, AUDITOR, testWorld, type World } from "@/server/testing/world";
import { changeGrant, endGrant, endGrants } from "./end-grants";
import { listGrants } from "./list-grants";

const HOUR = 3_600_000;
let world: World;
let swarm: Swarm;
let grant: string;
beforeEach(async () => {
  world = await testWorld({ as: ADMIN });
  swarm = await smallSwarm(world);
  await makeRole(world.ctx, "runner");
  grant = await giveRole(world.ctx, identity(swarm.node), "runner", { endsAt: inHours(2) });
  world.forget();
});
afterEach(() => world.close());

const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * HOUR);
const runs = () =>
  isAllowed(world.ctx, { type: "Node", id: "runner" }, "workload.run", { type: "Compute", id: "gpu-1" });
const current = async () => (await listGrants(world.ctx, { state: "current", limit: 50, role: "runner" })).total;

describe("ending a grant", () => {
  it("counts with the next question, is kept with who and why, and is in the log", async () => {
    expect(await runs()).toBe(true);
    await endGrant(world.ctx, grant, "the job is done");
    expect(await runs()).toBe(false);
    expect(world.trail()).toMatchObject([
      {
        kind: "grant.ended",
        object: { id: swarm.node },
        before: { grant, role: "runner" },
        detail: { reason: "the job is done" },
      },
    ]);
    expect((await listGrants(world.ctx, { state: "ended", limit: 5, role: "runner" })).items).toMatchObject([
      { id: grant, ended: { by: "Priya Nair", reason: "the job is done" } },
    ]);
    await expect(endGrant(world.ctx, grant, "again")).rejects.toMatchObject({ code: "grant.ended" });
  });

  it("is refused to whoever only reads", async () => {
    await expect(endGrant(world.as(AUDITOR), grant, "because")).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "grant.end" }]);
    expect(await runs()).toBe(true);
  });

  it("is for whoever holds it, too", async () => {
    const own = await giveRole(world.ctx, identity(swarm.mara.id), "runner");
    await endGrant(swarm.mara.ctx, own, "I am done");
    await expect(endGrant(swarm.mara.ctx, grant, "not mine")).rejects.toMatchObject({ code: "kernel.forbidden" });
  });

  it("of many says of each what became of it, and is refused as a whole when the policies allow none", async () => {
    const { results } = await endGrants(world.ctx, { ids: [grant, "gra_nothing"], reason: "done" });
    expect(results.map(({ refused }) => refused?.code ?? null)).toEqual([null, "kernel.missing"]);
    const other = await giveRole(world.ctx, identity(swarm.mara.id), "runner");
    await expect(endGrants(world.as(AUDITOR), { ids: [other], reason: "done" })).rejects.toMatchObject({
      code: "kernel.forbidden",
    });
  });

  it("comes with retiring whoever holds it", async () => {
    await retireIdentity(world.ctx, { id: swarm.node, reason: "sold" });
    expect(await current()).toBe(0);
    expect(world.trail().map(({ kind }) => kind)).toEqual(["identity.retired", "grant.ended"]);
  });
});

describe("the last security admin", () => {
  let admin: Person;
  let own: string;
  beforeEach(async () => {
    admin = await addPerson(world, { email: "priya@swarm.local", role: "admin" });
    const { items } = await listGrants(world.ctx, { state: "current", limit: 5, role: "admin" });
    own = items[0]?.id ?? "";
  });

  it("stays one: the grant neither ends nor gets an end", async () => {
    await expect(endGrant(admin.ctx, own, "tired")).rejects.toMatchObject({ code: "grant.last_administrator" });
    await expect(changeGrant(world.ctx, { id: own, endsAt: inHours(1), reason: "tired" })).rejects.toMatchObject({
      code: "grant.last_administrator",
    });
    expect((await listGrants(world.ctx, { state: "current", limit: 5, role: "admin" })).items).toMatchObject([
      { id: own, endsAt: null },
    ]);
  });

  it("may go once there is another without an end, and not for one with an end", async () => {
    const { id } = await addPerson(world, { email: "noor@swarm.local" });
    await giveRole(world.ctx, identity(id), "admin", { endsAt: inHours(5) });
    await expect(endGrant(admin.ctx, own, "tired")).rejects.toMatchObject({ code: "grant.last_administrator" });
    const { id: other } = await addPerson(world, { email: "tom@swarm.local", role: "admin" });
    expect(other).not.toBe(id);
    await endGrant(admin.ctx, own, "tired");
  });
});

describe("moving the end of a grant", () => {
  it("makes it end sooner or later, to the second", async () => {
    await changeGrant(world.ctx, { id: grant, endsAt: inHours(1), reason: "sooner" });
    world.clock.advance(HOUR - 1);
    expect(await runs()).toBe(true);
    await changeGrant(world.ctx, { id: grant, endsAt: inHours(3), reason: "it takes longer" });
    world.clock.advance(2 * HOUR);
    expect(await runs()).toBe(true);
    world.clock.advance(HOUR);
    expect(await runs()).toBe(false);
    expect(world.trail().map(({ kind }) => kind)).toEqual(["grant.changed", "grant.changed"]);
    await expect(changeGrant(world.ctx, { id: grant, endsAt: inHours(1), reason: "too late" })).rejects.toMatchObject({
      code: "grant.ended",
    });
  });

  it("to later asks as giving does", async () => {
    await giveRole(world.ctx, identity(swarm.lead.id), "runner", { endsAt: inHours(3) });
    await changeGrant(swarm.lead.ctx, { id: grant, endsAt: inHours(3), reason: "longer" });
    await expect(
      changeGrant(swarm.lead.ctx, { id: grant, endsAt: inHours(4), reason: "longer" }),
    ).rejects.toMatchObject({ code: "grant.would_escalate" });
    await changeGrant(swarm.lead.ctx, { id: grant, endsAt: inHours(1), reason: "sooner" });
  });

  it.each([
    ["the past", () => inHours(-1)],
    ["what it is already", () => inHours(2)],
  ])("to %s is refused", async (_, endsAt) => {
    await expect(changeGrant(world.ctx, { id: grant, endsAt: endsAt(), reason: "?" })).rejects.toMatchObject({
      code: "grant.times",
    });
  });
});
