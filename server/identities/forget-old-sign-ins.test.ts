import { afterEach, beforeEach, expect, it } from "vitest";
import { addPerson, peopleWorld, signInAs, strangerOf } from "@/server/testing/people";
import { processActor, type World } from "@/server/testing/world";
import { forgetOldSignIns } from "./forget-old-sign-ins";
import { FAILURES_FORGOTTEN_MS, SESSION_LIMIT_MS, SESSIONS_KEPT_MS } from "./model";
import { signIn } from "./sign-in";

let world: World;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

const sweep = () => forgetOldSignIns(world.as(processActor("test")));

it("forgets failures after a quiet day and sessions long after their end, and not before", async () => {
  const mara = await addPerson(world);
  await signInAs(world, mara);
  await signIn(strangerOf(world, null), { email: mara.email, password: "wrong password 1" }).catch(() => undefined);
  world.forget();
  world.clock.advance(FAILURES_FORGOTTEN_MS - 1);
  expect(await sweep()).toEqual({ failures: 0, sessions: 0 });
  world.clock.advance(1);
  expect(await sweep()).toEqual({ failures: 1, sessions: 0 });
  expect(await sweep()).toEqual({ failures: 0, sessions: 0 });
  world.clock.advance(SESSION_LIMIT_MS + SESSIONS_KEPT_MS - FAILURES_FORGOTTEN_MS - 1);
  expect(await sweep()).toEqual({ failures: 0, sessions: 0 });
  world.clock.advance(1);
  expect(await sweep()).toEqual({ failures: 0, sessions: 1 });
  expect(world.trail()).toMatchObject([
    { kind: "sign_ins.forgotten", detail: { failures: 1 } },
    { kind: "sign_ins.forgotten", detail: { sessions: 1 } },
  ]);
});

it("belongs to our own jobs alone", async () => {
  await expect(forgetOldSignIns(world.ctx)).rejects.toMatchObject({ code: "kernel.forbidden" });
  expect(world.trail()).toMatchObject([{ kind: "denied", action: "housekeeping.run" }]);
});
