import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishFolder, rollBack } from "@/server/policies/publish";
import { newestEpoch } from "@/server/policies/store";
import { flushRoleUses } from "@/server/roles/uses";
import { addPerson } from "@/server/testing/people";
import { giveRole, identity, isAllowed, makeRole, smallSwarm, type Swarm } from "@/server/testing/roles";
import { ADMIN, AUDITOR, processActor, testWorld, type World } from "@/server/testing/world";
import { previewRole, retireRole, updateRole } from "./change-role";
import { CreateRoleInput, type RoleDefinition, UpdateRoleInput } from "./contract";
import { listGrants } from "./list-grants";
import { getRoleDetail, listRoles } from "./list-roles";

let world: World;
let swarm: Swarm;
beforeEach(async () => {
  world = await testWorld({ as: ADMIN });
  swarm = await smallSwarm(world);
  world.forget();
});
afterEach(() => world.close());

const RUNNER = { type: "Node", id: "runner" };
const may = (action: string, type = "Compute", id = "gpu-1") => isAllowed(world.ctx, RUNNER, action, { type, id });
const change = (name: string, base: number, more: Partial<RoleDefinition>) =>
  updateRole(world.ctx, UpdateRoleInput.parse({ name, title: "Runner", base, note: "for a test", ...more }));
const permit = (...actions: string[]) => [{ actions, resourceTypes: [], conditions: [] }];

describe("making a role", () => {
  it("puts its policies in force as an epoch, and is in the log with it", async () => {
    const made = await makeRole(world.ctx, "runner");
    expect(made).toMatchObject({ name: "runner", origin: "written", version: "version 1", actions: 1, unused: 1 });
    expect(world.trail()).toMatchObject([
      { kind: "role.created", object: { type: "Role", id: "runner" }, detail: { epoch: 1 } },
      { kind: "policy.published", detail: { epoch: 1, added: ["role:runner:1"] } },
      { kind: "policy.added", object: { id: "role:runner:1" } },
    ]);
    const { policies } = await getRoleDetail(world.ctx, { name: "runner" });
    expect(policies[0]?.text).toContain('principal in Role::"runner"');
  });

  it("is refused to whoever only reads, and keeps nothing", async () => {
    await expect(makeRole(world.as(AUDITOR), "runner")).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "role.create" }]);
    expect((await listRoles(world.ctx)).roles.map(({ name }) => name)).toEqual(["admin", "auditor", "team_lead"]);
  });

  it.each([
    ["an action that is not there", { permissions: permit("workload.fly") }, "there is no action workload.fly"],
    ["a role that is not there", { inherits: ["nobody"] }, "there is no role nobody"],
    ["a built-in role", { inherits: ["admin"] }, "admin is built in"],
    [
      "a type that is not there",
      { permissions: [{ actions: ["use"], resourceTypes: ["Ship"], conditions: [] }] },
      "Ship",
    ],
  ])("of %s is refused in words", async (_, more, words) => {
    const input = { title: "Some role", description: "", inherits: [], permissions: [], ...more };
    await expect(makeRole(world.ctx, "x1", input)).rejects.toMatchObject({
      code: "role.refused",
      message: expect.stringContaining(words),
    });
    const { problems } = await previewRole(world.ctx, { name: "x1", ...input });
    expect(problems.join()).toContain(words);
    expect(newestEpoch(world.ctx.read)).toBe(0);
  });

  it("of a name that was given is refused, for ever", async () => {
    await makeRole(world.ctx, "runner");
    await expect(makeRole(world.ctx, "runner")).rejects.toMatchObject({ code: "role.name_taken" });
    await retireRole(world.ctx, { name: "runner", reason: "not needed" });
    await expect(makeRole(world.ctx, "runner")).rejects.toMatchObject({ code: "role.name_taken" });
    expect(CreateRoleInput.safeParse({ name: "team_lead", title: "Mine", note: "?" }).success).toBe(false);
  });
});

describe("changing a role", () => {
  it("counts for everybody who holds it with the next question, and keeps what it was", async () => {
    await makeRole(world.ctx, "runner");
    await giveRole(world.ctx, identity(swarm.node), "runner");
    expect([await may("workload.run"), await may("compute.drain")]).toEqual([true, false]);
    await change("runner", 1, { permissions: permit("compute.drain") });
    expect([await may("workload.run"), await may("compute.drain")]).toEqual([false, true]);
    const { history, number } = await getRoleDetail(world.ctx, { name: "runner" });
    expect(number).toBe(2);
    expect(history.map((one) => one.permissions)).toEqual([permit("compute.drain"), permit("workload.run")]);
  });

  it("on what somebody else changed in the meantime is refused, and loses nothing", async () => {
    await makeRole(world.ctx, "runner");
    await change("runner", 1, { permissions: permit("compute.drain") });
    await expect(change("runner", 1, { permissions: permit("dataset.read") })).rejects.toMatchObject({
      code: "role.changed",
      facts: { number: 2 },
    });
  });

  it("so that it would inherit itself is refused by name", async () => {
    await makeRole(world.ctx, "junior");
    await makeRole(world.ctx, "middle", { inherits: ["junior"] });
    await makeRole(world.ctx, "senior", { inherits: ["middle"] });
    await expect(change("junior", 1, { inherits: ["senior"] })).rejects.toMatchObject({
      code: "role.cycle",
      message: "a role would inherit itself: junior → senior → middle → junior; leave one of them out",
    });
  });

  it("reaches those who inherit it", async () => {
    await makeRole(world.ctx, "junior");
    await makeRole(world.ctx, "senior", { inherits: ["junior"], permissions: [] });
    await giveRole(world.ctx, identity(swarm.node), "senior", { scope: "Team::vision" });
    expect([await may("workload.run"), await may("workload.run", "Compute", "gpu-2")]).toEqual([true, false]);
    await change("junior", 1, { permissions: permit("compute.drain") });
    expect([await may("workload.run"), await may("compute.drain")]).toEqual([false, true]);
  });

  it("of a built-in role is refused: it comes with the program, and shows itself all the same", async () => {
    await expect(change("auditor", 1, {})).rejects.toMatchObject({ code: "role.built_in" });
    await expect(retireRole(world.ctx, { name: "auditor", reason: "?" })).rejects.toMatchObject({
      code: "role.built_in",
    });
    const { policies, definition } = await getRoleDetail(world.ctx, { name: "auditor" });
    expect(definition).toBeNull();
    expect(policies.map(({ name }) => name)).toEqual(["auditor-reads"]);
  });

  it("adds nothing that whoever changes it does not hold everywhere", async () => {
    await makeRole(world.ctx, "runner");
    await makeRole(world.ctx, "keeper", { actions: ["role.update", "role.create"] });
    const noor = await addPerson(world, { email: "noor@swarm.local" });
    await giveRole(world.ctx, identity(noor.id), "keeper");
    await giveRole(world.ctx, identity(noor.id), "runner", { scope: "Team::vision" });
    const held = world.ctx.heldBy(world.ctx.read, { id: noor.id, teamId: null }, world.clock.now());
    const keeper = world.as({ ...noor.ctx.actor, ...held });
    const input = { name: "runner", title: "Runner", description: "", inherits: [], base: 1, note: "for a test" };
    await expect(
      updateRole(keeper, { ...input, permissions: permit("workload.run", "compute.drain") }),
    ).rejects.toMatchObject({ code: "grant.would_escalate", facts: { missing: "compute.drain" } });
    await expect(makeRole(keeper, "other", { actions: ["workload.run"] })).rejects.toMatchObject({
      code: "grant.would_escalate",
    });
    await updateRole(keeper, { ...input, permissions: [] });
  });
});

describe("retiring a role", () => {
  it("ends its grants, takes its policies out of force, and keeps both", async () => {
    await makeRole(world.ctx, "runner");
    await giveRole(world.ctx, identity(swarm.node), "runner");
    world.forget();
    await retireRole(world.ctx, { name: "runner", reason: "not needed" });
    expect(await may("workload.run")).toBe(false);
    expect((await listGrants(world.ctx, { state: "ended", limit: 5, role: "runner" })).total).toBe(1);
    expect(world.trail().map(({ kind }) => kind)).toEqual([
      "role.retired",
      "policy.published",
      "policy.removed",
      "grant.ended",
    ]);
    await expect(giveRole(world.ctx, identity(swarm.node), "runner")).rejects.toMatchObject({ code: "role.retired" });
  });

  it("waits until no other inherits it", async () => {
    await makeRole(world.ctx, "junior");
    await makeRole(world.ctx, "senior", { inherits: ["junior"] });
    await expect(retireRole(world.ctx, { name: "junior", reason: "?" })).rejects.toMatchObject({
      message: "senior inherits it; take it out there first",
    });
  });
});

describe("roles beside written policies", () => {
  it("stay as they are when an earlier epoch is put in force again, and when a folder is published", async () => {
    const note = "for a test";
    await publishFolder(world.ctx, {
      policies: ['@id("quiet")\nforbid (principal is User, action in Action::"use", resource);\n'],
      tests: null,
      base: null,
      note,
    });
    await makeRole(world.ctx, "runner");
    await giveRole(world.ctx, identity(swarm.node), "runner");
    await rollBack(world.ctx, { to: 0, base: newestEpoch(world.ctx.read), note });
    expect(await may("workload.run")).toBe(true);
    await publishFolder(world.ctx, { policies: [], tests: [], base: null, note }).catch(() => null);
    expect(await may("workload.run")).toBe(true);
  });
});

describe("what a role let somebody do", () => {
  it("is counted by grant and by action, and what nobody used is known", async () => {
    await makeRole(world.ctx, "runner", { actions: ["workload.run", "compute.drain"] });
    const near = await giveRole(world.ctx, identity(swarm.node), "runner", { scope: "Team::vision" });
    const far = await giveRole(world.ctx, identity(swarm.node), "runner", { scope: "Team::audio" });
    await may("workload.run");
    await may("workload.run");
    await flushRoleUses(world.as(processActor("jobs")));
    const { items } = await listGrants(world.ctx, { state: "current", limit: 5, role: "runner" });
    expect(Object.fromEntries(items.map(({ id, decisions }) => [id, decisions]))).toEqual({ [near]: 2, [far]: 0 });
    expect((await listRoles(world.ctx)).roles.find(({ name }) => name === "runner")).toMatchObject({ unused: 1 });
    world.clock.advance(91 * 86_400_000);
    expect((await listRoles(world.ctx)).roles.find(({ name }) => name === "runner")).toMatchObject({ unused: 2 });
  });
});
