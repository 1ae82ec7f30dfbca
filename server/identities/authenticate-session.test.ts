import { afterEach, beforeEach, expect, it } from "vitest";
import { addPerson, peopleWorld, type Person, signInAs, strangerOf } from "@/server/testing/people";
import type { World } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { endSession } from "./end-session";
import { findSession } from "./session-store";
import { lockIdentity } from "./lock-identity";
import { SESSION_IDLE_MS, SESSION_LIMIT_MS, TOUCH_EVERY_MS } from "./model";
import { unlockIdentity } from "./unlock-identity";

let world: World;
let mara: Person;
let token: string;
beforeEach(async () => {
  world = await peopleWorld();
  mara = await addPerson(world, { role: "auditor" });
  token = (await signInAs(world, mara)).token;
  world.forget();
});
afterEach(() => world.close());

const ask = (given = token) => authenticateSession(strangerOf(world), given);

it("says who holds the token, with the roles of this moment", async () => {
  expect(await ask()).toMatchObject({
    email: mara.email,
    actor: { kind: "user", id: mara.id, name: mara.displayName, roles: ["auditor"], teams: [], provedBy: ["password"] },
    endsAt: new Date(world.clock.now().getTime() + SESSION_IDLE_MS),
  });
  expect(world.trail()).toEqual([]);
});

it("finds it suspicious when a device is new, and when the session is used from elsewhere", async () => {
  expect((await ask())?.actor.risk).toEqual(["new_device"]);
  const moved = await authenticateSession(strangerOf(world, "198.51.100.20"), token);
  expect(moved?.actor.risk).toEqual(["new_device", "other_address"]);
  const { device } = await signInAs(world, mara);
  const again = await signInAs(world, mara, { device });
  expect((await ask(again.token))?.actor.risk).toEqual([]);
});

it.each(["", "x", "a".repeat(43), "A".repeat(5000)])("knows no other token: %.10s", async (other) => {
  expect(await ask(other)).toBeUndefined();
});

it("refuses on the very next request after the session was ended", async () => {
  const sessionId = (await ask())?.sessionId ?? "";
  await endSession(world.ctx, { sessionId });
  expect(await ask()).toBeUndefined();
});

it("refuses on the very next request after the person was locked, and does not come back with unlocking", async () => {
  await lockIdentity(world.ctx, { id: mara.id, reason: "lost laptop" });
  expect(await ask()).toBeUndefined();
  await unlockIdentity(world.ctx, { id: mara.id });
  expect(await ask()).toBeUndefined();
});

it("ends when it is not used, to the millisecond, and lives on when it is", async () => {
  world.clock.advance(SESSION_IDLE_MS - 1);
  expect(await ask()).toBeDefined();
  world.clock.advance(SESSION_IDLE_MS - 1);
  expect(await ask()).toBeDefined();
  world.clock.advance(SESSION_IDLE_MS);
  expect(await ask()).toBeUndefined();
});

it("ends at its limit however much it is used", async () => {
  const half = SESSION_IDLE_MS / 2;
  for (let used = 0; used + half < SESSION_LIMIT_MS; used += half) {
    world.clock.advance(half);
    expect(await ask()).toBeDefined();
  }
  world.clock.advance(half);
  expect(await ask()).toBeUndefined();
});

it("notes its use at most once a minute, without an audit entry", async () => {
  const id = (await ask())?.sessionId ?? "";
  const lastUsed = async () => (await findSession(world.ctx.read, id))?.lastUsedAt;
  const begin = world.clock.now();
  world.clock.advance(TOUCH_EVERY_MS - 1);
  await ask();
  expect(await lastUsed()).toEqual(begin);
  world.clock.advance(1);
  await ask();
  expect(await lastUsed()).toEqual(world.clock.now());
  expect(world.trail()).toEqual([]);
});
