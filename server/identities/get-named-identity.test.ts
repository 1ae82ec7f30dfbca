import { afterEach, beforeEach, expect, it } from "vitest";
import { addPerson, peopleWorld } from "@/server/testing/people";
import { ANONYMOUS, type World } from "@/server/testing/world";
import { CreateMachineInput } from "./contract";
import { createMachine } from "./create-machine";
import { getNamedIdentity } from "./get-named-identity";

let world: World;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

it("finds people by their address and machines by their name, each kind by itself", async () => {
  const mara = await addPerson(world, { email: "mara@swarm.local" });
  const node = await createMachine(world.ctx, CreateMachineInput.parse({ kind: "node", name: "gpu-7" }));
  const named = (kind: "user" | "node" | "service", name: string) => getNamedIdentity(world.ctx, { kind, name });

  expect(await named("user", "mara@swarm.local")).toMatchObject({ id: mara.id, email: "mara@swarm.local" });
  expect(await named("node", "gpu-7")).toMatchObject({ id: node.id });
  await expect(named("service", "gpu-7")).rejects.toMatchObject({ code: "kernel.missing" });
  await expect(named("user", "nobody@swarm.local")).rejects.toThrow('there is no person "nobody@swarm.local"');
});

it("is refused to whoever may not list, before it says whether there is one", async () => {
  for (const name of ["gpu-7", "gpu-8"]) {
    const asked = getNamedIdentity(world.as(ANONYMOUS), { kind: "node", name });
    await expect(asked).rejects.toMatchObject({ code: "kernel.forbidden" });
  }
  expect(world.trail().map(({ kind }) => kind)).toEqual(["denied", "denied"]);
});
