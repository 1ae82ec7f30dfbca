import { afterEach, beforeEach, expect, it } from "vitest";
import { addPerson, peopleWorld, signInAs, strangerOf } from "@/server/testing/people";
import { TEAM_LEAD, type World } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { CreateMachineInput } from "./contract";
import { createMachine } from "./create-machine";
import { setRoles } from "./set-roles";

let world: World;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

it("gives these roles and takes the others, from the next request on", async () => {
  const mara = await addPerson(world, { role: "auditor" });
  const { token } = await signInAs(world, mara);
  world.forget();
  expect(await setRoles(world.ctx, { id: mara.id, roles: ["team_lead", "admin"] })).toMatchObject({
    roles: ["admin", "team_lead"],
  });
  expect((await authenticateSession(strangerOf(world), token))?.actor.roles).toEqual(["admin", "team_lead"]);
  expect(world.trail()).toMatchObject([
    { kind: "roles.set", before: { roles: ["auditor"] }, after: { roles: ["admin", "team_lead"] } },
  ]);
});

it("is refused to everybody but admins, and changes nothing", async () => {
  const mara = await addPerson(world, { role: "auditor" });
  for (const ctx of [mara.ctx, world.as(TEAM_LEAD), strangerOf(world)]) {
    const attempt = setRoles(ctx, { id: mara.id, roles: ["admin"] });
    await expect(attempt).rejects.toMatchObject({ code: "kernel.forbidden", action: "role.give" });
  }
  expect(await world.ctx.rolesOf(world.ctx.read, mara.id)).toEqual(["auditor"]);
});

it("keeps the last admin and leaves machines alone", async () => {
  const admin = await addPerson(world, { role: "admin" });
  const attempt = setRoles(world.ctx, { id: admin.id, roles: ["auditor"] });
  await expect(attempt).rejects.toMatchObject({ code: "identity.last_admin" });
  await expect(setRoles(world.ctx, { id: admin.id, roles: ["admin", "auditor"] })).resolves.toMatchObject({
    roles: ["admin", "auditor"],
  });
  const node = await createMachine(world.ctx, CreateMachineInput.parse({ kind: "node", name: "gpu-7" }));
  const machine = setRoles(world.ctx, { id: node.id, roles: ["admin"] });
  await expect(machine).rejects.toMatchObject({ code: "identity.not_a_person" });
});
