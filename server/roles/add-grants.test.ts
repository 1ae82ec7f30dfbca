import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADMIN, AUDITOR, testWorld, type World } from "@/server/testing/world";
import { createTeam } from "@/server/identities/create-team";
import { moveTeam } from "@/server/identities/move-team";
import { addPerson } from "@/server/testing/people";
import { giveRole, identity, isAllowed, makeRole, smallSwarm, type Swarm } from "@/server/testing/roles";
import { addGrants } from "./add-grants";
import { AddGrantsInput } from "./grant-contract";
import { listGrants } from "./list-grants";

const HOUR = 3_600_000;
let world: World;
let swarm: Swarm;
beforeEach(async () => {
  world = await testWorld({ as: ADMIN });
  swarm = await smallSwarm(world);
  await makeRole(world.ctx, "runner", { actions: ["workload.run", "dataset.read"] });
  world.forget();
});
afterEach(() => world.close());

const RUNNER = { type: "Node", id: "runner" };
const GPU_1 = { type: "Compute", id: "gpu-1" };
const GPU_2 = { type: "Compute", id: "gpu-2" };
const FACES = { type: "Dataset", id: "faces" };
const may = (resource: typeof GPU_1, action = "workload.run") => isAllowed(world.ctx, RUNNER, action, resource);
const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * HOUR);

describe("giving a role", () => {
  it("is in the log with what was given, and in force with the next question", async () => {
    expect(await may(GPU_1)).toBe(false);
    const id = await giveRole(world.ctx, identity(swarm.node), "runner", {
      reason: "training of faces",
      ticket: "ML-7",
    });
    expect(await may(GPU_1)).toBe(true);
    expect(world.trail()).toMatchObject([
      {
        kind: "grant.added",
        object: { type: "Identity", id: swarm.node },
        after: {
          grant: id,
          role: "runner",
          scope: "everything",
          reason: "training of faces",
          ticket: "ML-7",
          endsAt: null,
        },
      },
    ]);
    expect(await listGrants(world.ctx, { state: "current", limit: 10, holder: identity(swarm.node) })).toMatchObject({
      items: [
        {
          id,
          state: "active",
          role: { name: "runner", title: "The runner" },
          holder: { kind: "node", name: "runner" },
        },
      ],
      total: 1,
    });
  });

  it("is refused to whoever only reads, and leaves the refusal alone", async () => {
    await expect(giveRole(world.as(AUDITOR), identity(swarm.node), "runner")).rejects.toMatchObject({
      code: "kernel.forbidden",
    });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "grant.add" }]);
    expect((await listGrants(world.ctx, { state: "current", limit: 10, role: "runner" })).total).toBe(0);
  });

  it.each([
    ["everything", true, true, true],
    ["Team::vision", true, false, true],
    ["Team::audio", false, true, false],
    ["Pool::train", true, false, false],
    ["label:tier=a", true, false, false],
    ["Compute::gpu-2", false, true, false],
    ["Dataset::faces", false, false, true],
  ])("within %s reaches what lies within it, and nothing else", async (scope, first, second, faces) => {
    await giveRole(world.ctx, identity(swarm.node), "runner", { scope });
    expect([await may(GPU_1), await may(GPU_2), await may(FACES, "dataset.read")]).toEqual([first, second, faces]);
  });

  it("permits what the role permits, and no more", async () => {
    await giveRole(world.ctx, identity(swarm.node), "runner");
    expect(await may(GPU_1, "compute.drain")).toBe(false);
    expect(await isAllowed(world.ctx, { type: "User", id: "mara" }, "workload.run", GPU_1)).toBe(false);
  });

  it("to a team gives it to everybody in it, as long as they are", async () => {
    await giveRole(world.ctx, { kind: "team", id: swarm.teams.vision }, "runner");
    expect(await may(GPU_1)).toBe(true);
    expect(await isAllowed(world.ctx, { type: "User", id: "mara" }, "workload.run", GPU_1)).toBe(true);
  });

  it("begins and ends to the second, without a sweep", async () => {
    await giveRole(world.ctx, identity(swarm.node), "runner", { startsAt: inHours(1), endsAt: inHours(2) });
    expect(await may(GPU_1)).toBe(false);
    world.clock.advance(HOUR - 1);
    expect(await may(GPU_1)).toBe(false);
    world.clock.advance(1);
    expect(await may(GPU_1)).toBe(true);
    world.clock.advance(HOUR - 1);
    expect(await may(GPU_1)).toBe(true);
    world.clock.advance(1);
    expect(await may(GPU_1)).toBe(false);
    expect((await listGrants(world.ctx, { state: "ended", limit: 10, role: "runner" })).items).toMatchObject([
      { state: "ended", ended: { by: "the clock" } },
    ]);
  });

  it.each([
    ["a role that is not there", { role: "nothing" }, "kernel.missing"],
    ["a team that is not there", { scope: "Team::nobody" }, "grant.unknown_scope"],
    ["a resource that is not there", { scope: "Compute::gpu-99" }, "grant.unknown_scope"],
    ["an end in the past", { endsAt: new Date(0) }, "grant.times"],
    ["a beginning after the end", { startsAt: new Date("2030-01-02"), endsAt: new Date("2030-01-01") }, "grant.times"],
    ["eligible without hours", { mode: "eligible" as const }, "grant.times"],
    ["eligible for a machine", { mode: "eligible" as const, activationHours: 1 }, "grant.role_out_of_place"],
    ["the admin of a team", { role: "admin", scope: "Team::vision" }, "grant.role_out_of_place"],
    ["a lead of everything", { role: "team_lead" }, "grant.role_out_of_place"],
    ["an admin that is a machine", { role: "admin" }, "grant.role_out_of_place"],
  ])("refuses %s, and keeps nothing", async (_, more, code) => {
    const { role = "runner", ...rest } = more as { role?: string };
    await expect(giveRole(world.ctx, identity(swarm.node), role, rest)).rejects.toMatchObject({ code });
    expect(world.trail().filter(({ kind }) => kind === "grant.added")).toEqual([]);
  });

  it("refuses what somebody holds already until then or longer", async () => {
    await giveRole(world.ctx, identity(swarm.node), "runner", { endsAt: inHours(5) });
    await expect(giveRole(world.ctx, identity(swarm.node), "runner", { endsAt: inHours(4) })).rejects.toMatchObject({
      code: "grant.already_held",
    });
    await giveRole(world.ctx, identity(swarm.node), "runner", { endsAt: inHours(6) });
  });

  it("to many says of each what became of it", async () => {
    await giveRole(world.ctx, identity(swarm.node), "runner");
    const input = AddGrantsInput.parse({
      ...{ role: "runner", scope: "everything", endsAt: null, reason: "for a test" },
      holders: [identity(swarm.node), identity(swarm.mara.id), identity("usr_nobody")],
    });
    const { results } = await addGrants(world.ctx, input);
    expect(results.map(({ refused }) => refused?.code ?? null)).toEqual(["grant.already_held", null, "kernel.missing"]);
    expect(results[1]?.grantId).toMatch(/^gra_/);
  });
});

describe("a team lead", () => {
  const asLead = () => swarm.lead.ctx;

  it("passes on what she holds, as far and as long as she holds it", async () => {
    await giveRole(world.ctx, identity(swarm.lead.id), "runner", { scope: "Pool::train", endsAt: inHours(24) });
    await giveRole(asLead(), identity(swarm.node), "runner", { scope: "Compute::gpu-1", endsAt: inHours(2) });
    expect(await may(GPU_1)).toBe(true);
    await expect(
      giveRole(asLead(), identity(swarm.mara.id), "runner", { scope: "Team::vision", endsAt: inHours(2) }),
    ).rejects.toMatchObject({ code: "grant.would_escalate", facts: { missing: "workload.run" } });
    await expect(
      giveRole(asLead(), identity(swarm.mara.id), "runner", { scope: "Pool::train", endsAt: inHours(25) }),
    ).rejects.toMatchObject({ message: expect.stringContaining("until 2026-03-13 14:32 UTC") });
  });

  it("cannot give admin, and is told whom to ask; the attempt is in the log", async () => {
    const { displayName } = await addPerson(world, { email: "priya.nair@swarm.local", role: "admin" });
    const attempt = giveRole(asLead(), identity(swarm.mara.id), "admin");
    await expect(attempt).rejects.toMatchObject({
      code: "grant.would_escalate",
      message: `you may not grant admin, for only who may give that role can; ask ${displayName}`,
    });
    expect(world.trail()).toMatchObject([
      { kind: "grant.refused", outcome: "refused", object: { id: swarm.mara.id }, detail: { role: "admin" } },
    ]);
  });

  it("gives nothing to those of another team", async () => {
    await giveRole(world.ctx, identity(swarm.lead.id), "runner");
    const { id } = await addPerson(world, { email: "noor@swarm.local", teamId: swarm.teams.audio });
    await expect(giveRole(asLead(), identity(id), "runner")).rejects.toMatchObject({ code: "kernel.forbidden" });
  });

  it("gives a role that she does not hold where she may give that role, there and no other", async () => {
    await makeRole(world.ctx, "giver", {
      permissions: [{ actions: ["role.bind"], resourceTypes: [], conditions: [{ on: "role", any: ["runner"] }] }],
    });
    await makeRole(world.ctx, "drainer", { actions: ["compute.drain"] });
    await giveRole(world.ctx, identity(swarm.lead.id), "giver", { scope: "Pool::train" });
    const lead = world.as({ ...asLead().actor, ...heldNow(swarm.lead.id) });
    await giveRole(lead, identity(swarm.node), "runner", { scope: "Compute::gpu-1" });
    for (const [role, scope] of [
      ["runner", "Compute::gpu-2"],
      ["runner", "Team::vision"],
      ["drainer", "Pool::train"],
    ] as const) {
      await expect(giveRole(lead, identity(swarm.mara.id), role, { scope })).rejects.toMatchObject({
        code: "grant.would_escalate",
      });
    }
  });
});

/** What somebody holds now, as signing in would say it. */
function heldNow(id: string) {
  const { roles, scopes } = world.ctx.heldBy(world.ctx.read, { id, teamId: swarm.teams.vision }, world.clock.now());
  return { roles, scopes };
}

describe("teams within teams", () => {
  it("reach what belongs to a team within, and whoever is in one, as long as it lies there", async () => {
    const research = await createTeam(world.ctx, { name: "research" });
    await moveTeam(world.ctx, { id: swarm.teams.vision, parentId: research.id });
    await giveRole(world.ctx, identity(swarm.node), "runner", { scope: "Team::research" });
    expect([await may(GPU_1), await may(GPU_2)]).toEqual([true, false]);
    await giveRole(world.ctx, { kind: "team", id: research.id }, "runner", { scope: "Team::audio" });
    expect(await may(GPU_2)).toBe(true);
    await moveTeam(world.ctx, { id: swarm.teams.vision, parentId: null });
    expect([await may(GPU_1), await may(GPU_2)]).toEqual([false, false]);
  });

  it("let who leads the upper one give access in the lower one", async () => {
    const research = await createTeam(world.ctx, { name: "research" });
    await moveTeam(world.ctx, { id: swarm.teams.vision, parentId: research.id });
    const { id } = await addPerson(world, { email: "ines@swarm.local", role: "team_lead", teamId: research.id });
    await giveRole(world.ctx, identity(id), "runner", { scope: "Pool::train" });
    const held = world.ctx.heldBy(world.ctx.read, { id, teamId: research.id }, world.clock.now());
    const ines = world.as({ ...ADMIN, id, teams: [research.id], ...held });
    await giveRole(ines, identity(swarm.node), "runner", { scope: "Compute::gpu-1" });
    expect(await may(GPU_1)).toBe(true);
  });
});
