import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { authorize, commit } from "@/server/kernel/permit";
import { addGrant } from "@/server/roles/add-grants";
import { createRole } from "@/server/roles/change-role";
import { CreateRoleInput } from "@/server/roles/contract";
import { addPerson, peopleWorld } from "@/server/testing/people";
import { AUDITOR, leadOf, TEAM_LEAD, type World } from "@/server/testing/world";
import type { Team } from "./team-contract";
import { createMachine } from "./create-machine";
import { createTeam } from "./create-team";
import { listTeams } from "./list-teams";
import { lockIdentity } from "./lock-identity";
import { moveTeam, previewMove } from "./move-team";
import { lineOf } from "./team-model";

let world: World;
let platform: Team;
let vision: Team;
let tracking: Team;

/** Tracking lies within Vision; Platform stands beside it. */
beforeEach(async () => {
  world = await peopleWorld();
  platform = await createTeam(world.ctx, { name: "platform" });
  vision = await createTeam(world.ctx, { name: "vision" });
  tracking = await createTeam(world.ctx, { name: "tracking", parentId: vision.id });
  world.forget();
});
afterEach(() => world.close());

const move = (team: Team, within: Team | null) => moveTeam(world.ctx, { id: team.id, parentId: within?.id ?? null });
const node = (name: string, team: Team) =>
  createMachine(world.ctx, { kind: "node", name, teamId: team.id, labels: {} });
const list = async () => new Map((await listTeams(world.ctx)).map((team) => [team.name, team]));

const LEADING = { role: "team_lead", scope: "Team::vision", endsAt: null, mode: "active", reason: "on duty" } as const;

/** A role of the organisation's own, held by everybody in Platform. */
async function giveToPlatform(): Promise<void> {
  const permissions = [{ actions: ["dataset.read"], resourceTypes: [], conditions: [] }];
  await createRole(world.ctx, CreateRoleInput.parse({ name: "reader", title: "Reader", permissions, note: "needed" }));
  await addGrant(world.ctx, { kind: "team", id: platform.id }, { ...LEADING, role: "reader", scope: "everything" });
  world.forget();
}

describe("a team within another", () => {
  it("is made there, and the log says where", async () => {
    const faces = await createTeam(world.ctx, { name: "faces", parentId: tracking.id });
    expect(faces).toMatchObject({ parentId: tracking.id, all: { people: 0, services: 0, nodes: 0 }, grants: 0 });
    expect(world.trail()).toMatchObject([
      { kind: "team.created", object: { id: faces.id }, after: { name: "faces", within: "tracking" } },
    ]);
  });

  it("is not made within one that is not there", async () => {
    const attempt = createTeam(world.ctx, { name: "faces", parentId: "tem_x" });
    await expect(attempt).rejects.toMatchObject({ code: "kernel.missing" });
    expect(world.trail()).toEqual([]);
  });

  it("counts for all above it, and the retired count for none", async () => {
    await node("gpu-7", tracking);
    await node("gpu-8", vision);
    await addPerson(world, { teamId: vision.id });
    const teams = await list();
    expect(teams.get("vision")).toMatchObject({
      own: { people: 1, services: 0, nodes: 1 },
      all: { people: 1, services: 0, nodes: 2 },
    });
    expect(teams.get("tracking")).toMatchObject({ own: { nodes: 1 }, all: { nodes: 1 } });
    expect(teams.get("platform")).toMatchObject({ all: { nodes: 0 } });
  });

  it("is led by who leads a team above it", async () => {
    const mara = await addPerson(world, { role: "team_lead", teamId: vision.id });
    const teams = await list();
    const lead = { id: mara.id, displayName: mara.displayName, teamId: vision.id };
    expect(teams.get("vision")?.leads).toEqual([lead]);
    expect(teams.get("tracking")?.leads).toEqual([lead]);
    expect(teams.get("platform")?.leads).toEqual([]);
  });

  it("is not led by who may activate the role and has not, nor by who is locked", async () => {
    const eligible = { ...LEADING, mode: "eligible", activationHours: 1 } as const;
    const mara = await addPerson(world, { teamId: vision.id });
    await addGrant(world.ctx, { kind: "identity", id: mara.id }, eligible);
    const noor = await addPerson(world, { email: "noor@swarm.local" });
    await addGrant(world.ctx, { kind: "identity", id: noor.id }, LEADING);
    expect((await list()).get("vision")?.leads).toMatchObject([{ id: noor.id }]);
    await lockIdentity(world.ctx, { id: noor.id, reason: "on leave" });
    expect((await list()).get("vision")?.leads).toEqual([]);
  });

  it("counts the grants that a team holds itself", async () => {
    await giveToPlatform();
    expect((await list()).get("platform")).toMatchObject({ grants: 1 });
    expect((await list()).get("vision")).toMatchObject({ grants: 0 });
  });
});

describe("moving a team", () => {
  it("puts it within another, and out again, and the log has both places", async () => {
    expect(await move(vision, platform)).toMatchObject({ parentId: platform.id });
    expect(await move(vision, null)).toMatchObject({ parentId: null });
    expect(world.trail()).toMatchObject([
      { kind: "team.moved", action: "team.update", before: { within: null }, after: { within: "platform" } },
      { kind: "team.moved", object: { name: "vision" }, before: { within: "platform" }, after: { within: null } },
    ]);
  });

  it("gives its members what the upper team holds, from the next question on", async () => {
    await giveToPlatform();
    const mara = await addPerson(world, { teamId: tracking.id });
    const held = () => world.ctx.heldBy(world.ctx.read, { id: mara.id, teamId: tracking.id }, world.clock.now()).roles;
    expect(held()).toEqual([]);
    await move(vision, platform);
    expect(held()).toEqual(["reader"]);
  });

  it("is refused to those who may not, and leaves only the refusals", async () => {
    for (const actor of [AUDITOR, TEAM_LEAD, leadOf(vision)]) {
      const attempt = moveTeam(world.as(actor), { id: vision.id, parentId: platform.id });
      await expect(attempt).rejects.toMatchObject({ code: "kernel.forbidden", action: "team.update" });
    }
    expect(world.trail().map(({ kind }) => kind)).toEqual(["denied", "denied", "denied"]);
    expect((await list()).get("vision")?.parentId).toBeNull();
  });

  it.each([
    ["itself", () => [vision, vision], "vision would lie within itself: vision → vision; choose a team outside of it"],
    [
      "one within it",
      () => [vision, tracking],
      "vision would lie within itself: vision → tracking → vision; choose a team outside of it",
    ],
  ] as const)("into %s is refused by name", async (_where, teams, message) => {
    const [team, within] = teams();
    if (!team || !within) throw new Error("there are two teams");
    await expect(move(team, within)).rejects.toMatchObject({ code: "team.within_itself", message });
    expect(world.trail()).toEqual([]);
  });

  it("into itself is refused by the database too, whoever writes", async () => {
    const permit = await authorize(world.ctx, "team.update", { type: "Team", id: vision.id });
    const write = commit(permit, async (tx) => ({
      value: tx.statement("UPDATE teams SET parent_id = ? WHERE id = ?").run(tracking.id, vision.id),
      event: { kind: "test" },
    }));
    await expect(write).rejects.toThrow(/not within itself/);
  });
});

describe("what moving a team would change", () => {
  it("is who gains what, and whose roles reach further; nothing changes", async () => {
    await giveToPlatform();
    const noor = await addPerson(world, { email: "noor@swarm.local", role: "team_lead", teamId: platform.id });
    await node("gpu-7", tracking);
    world.forget();
    const into = await previewMove(world.ctx, { id: vision.id, parentId: platform.id });
    expect(into).toEqual({
      line: ["platform", "vision"],
      members: { people: 0, services: 0, nodes: 1 },
      gained: {
        held: [{ role: "reader", holder: "platform", scope: "everything" }],
        reaching: [{ role: "team_lead", holder: noor.displayName, scope: "Team::platform" }],
      },
      lost: { held: [], reaching: [] },
    });
    expect(world.trail()).toEqual([]);

    await move(vision, platform);
    const out = await previewMove(world.ctx, { id: tracking.id, parentId: platform.id });
    expect(out).toMatchObject({
      line: ["platform", "tracking"],
      gained: { held: [] },
      lost: { held: [], reaching: [] },
    });
    expect((await previewMove(world.ctx, { id: vision.id, parentId: null })).lost).toEqual(into.gained);
  });

  it("is refused by name where it cannot be, and to those who may not", async () => {
    const around = { id: vision.id, parentId: tracking.id };
    await expect(previewMove(world.ctx, around)).rejects.toMatchObject({ code: "team.within_itself" });
    await expect(previewMove(world.as(AUDITOR), around)).rejects.toMatchObject({ code: "kernel.forbidden" });
  });
});

describe("a line of teams", () => {
  it.each([
    ["at the top", [["a", null]], "a", ["a"]],
    [
      "within two",
      [
        ["a", null],
        ["b", "a"],
        ["c", "b"],
      ],
      "c",
      ["c", "b", "a"],
    ],
    [
      "that leads back to itself, which the database refuses, comes to an end",
      [
        ["a", "b"],
        ["b", "a"],
      ],
      "a",
      ["a", "b"],
    ],
  ] as const)("%s", (_what, pairs, id, line) => {
    expect(
      lineOf(
        pairs.map(([id, parentId]) => ({ id, parentId })),
        id,
      ),
    ).toEqual(line);
  });
});
