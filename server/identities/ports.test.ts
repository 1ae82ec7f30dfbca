import { afterEach, beforeEach, expect, it } from "vitest";
import type { Transaction } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { addPerson, peopleWorld, signInAs, strangerOf } from "@/server/testing/people";
import type { World } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { CreateMachineInput } from "./contract";
import { createMachine } from "./create-machine";
import { getIdentity } from "./get-identity";
import { retireIdentity } from "./retire-identity";

let world: World;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

async function write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const permit = await authorize(world.ctx, "identity.update", { type: "Identity", id: "*" });
  return commit(permit, async (tx) => ({ value: await work(tx), event: { kind: "test" } }));
}

it("ensures a machine once, and finds it by id and by name", async () => {
  const { ctx } = world;
  const wanted = { kind: "node", name: "gpu-7", at: ctx.now() } as const;
  const made = await write((tx) => ctx.ensureIdentity(tx, { ...wanted, id: "nod_1" }));
  const again = await write((tx) => ctx.ensureIdentity(tx, { ...wanted, id: "nod_2" }));
  expect(made).toMatchObject({ id: "nod_1", kind: "node", name: "gpu-7", state: "active", teamId: null });
  expect(again.id).toBe("nod_1");
  expect(await ctx.findIdentity(ctx.read, "nod_1")).toMatchObject({ name: "gpu-7" });
  expect(await ctx.findIdentityByName(ctx.read, "node", "gpu-7")).toMatchObject({ id: "nod_1" });
  expect(await ctx.findIdentityByName(ctx.read, "service", "gpu-7")).toBeUndefined();
  expect(await ctx.findIdentity(ctx.read, "nod_2")).toBeUndefined();
});

it("ensures no machine of a name that the other kind has, whatever became of that one, and lets people share names", async () => {
  const { ctx } = world;
  const at = ctx.now();
  const node = await createMachine(ctx, CreateMachineInput.parse({ kind: "node", name: "db" }));
  await addPerson(world, { email: "cache@swarm.local" });
  const ensure = (kind: "node" | "service", name: string) =>
    write((tx) => ctx.ensureIdentity(tx, { kind, name, id: `idn_${kind}_${name}`, at }));

  await expect(ensure("service", "db")).rejects.toMatchObject({ code: "identity.machine_name_taken" });
  await retireIdentity(ctx, { id: node.id, reason: "scrapped" });
  await expect(ensure("service", "db")).rejects.toMatchObject({ code: "identity.machine_name_taken" });
  await expect(ensure("service", "cache")).resolves.toMatchObject({ kind: "service" });
  expect(await ctx.findIdentityByName(ctx.read, "service", "db")).toBeUndefined();
});

it("makes no machine by hand either of a name that the other kind has", async () => {
  const make = (kind: "node" | "service") => createMachine(world.ctx, CreateMachineInput.parse({ kind, name: "db" }));
  await make("service");
  world.forget();
  await expect(make("node")).rejects.toMatchObject({ code: "identity.machine_name_taken", fault: "conflict" });
  expect(world.trail()).toEqual([]);
});

it("locks with a reason, ends the sessions, and leaves what is locked or retired as it is", async () => {
  const { ctx } = world;
  const mara = await addPerson(world);
  const { token } = await signInAs(world, mara);
  await write((tx) => ctx.lockIdentity(tx, mara.id, "second renewal of one certificate", ctx.now()));
  expect(await getIdentity(ctx, { id: mara.id })).toMatchObject({
    state: "locked",
    stateReason: "second renewal of one certificate",
  });
  expect(await authenticateSession(strangerOf(world), token)).toBeUndefined();
  await write((tx) => ctx.lockIdentity(tx, mara.id, "another reason", ctx.now()));
  expect(await getIdentity(ctx, { id: mara.id })).toMatchObject({ stateReason: "second renewal of one certificate" });
});

it("leaves the last active security admin open, and says so", async () => {
  const { ctx } = world;
  const priya = await addPerson(world, { email: "priya@swarm.local", role: "admin" });
  const hanna = await addPerson(world, { email: "hanna@swarm.local", role: "admin" });
  const lock = (id: string) => write((tx) => ctx.lockIdentity(tx, id, "a test", ctx.now()));
  expect(await lock(hanna.id)).toBe(true);
  expect(await lock(priya.id)).toBe(false);
  expect(await lock(hanna.id)).toBe(true);
  expect(await getIdentity(ctx, { id: priya.id })).toMatchObject({ state: "active" });
});

it("knows the one organisation, and founds no second one", async () => {
  const { ctx } = world;
  expect(await ctx.organisation(ctx.read)).toEqual({ name: "Swarm Test", trustDomain: "swarm.local" });
  const second = write((tx) => ctx.foundOrganisation(tx, { name: "X", trustDomain: "x.y", at: ctx.now() }));
  await expect(second).rejects.toThrow(/UNIQUE/);
});
