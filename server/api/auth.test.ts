import { readFileSync } from "node:fs";
import pino from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addPerson, peopleWorld, signInAs, strangerOf } from "@/server/testing/people";
import type { World } from "@/server/testing/world";
import { authOptions } from "./auth";

let world: World;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

const auth = () => authOptions(strangerOf(world), pino({ level: "silent" }));

it("stands on a next-auth without GHSA-7rqj-j65f-68wh", () => {
  const { version } = JSON.parse(readFileSync("node_modules/next-auth/package.json", "utf8")) as { version: string };
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  expect(major).toBe(4);
  expect(minor * 1000 + patch).toBeGreaterThanOrEqual(24_015);
});

it("keeps sessions in the database, has no provider that could begin one, and tokens of 256 bits", async () => {
  const { options } = auth();
  expect(options.providers).toEqual([]);
  expect(options.adapter?.createSession).toBeUndefined();
  expect(options.session?.strategy).toBe("database");
  const token = await options.session?.generateSessionToken?.();
  expect(Buffer.from(token ?? "", "base64url")).toHaveLength(32);
  expect(options.useSecureCookies).toBe(true);
  for (const cookie of Object.values(options.cookies ?? {})) {
    expect(cookie.name).toMatch(/^__Host-swarm\./);
    expect(cookie.options).toEqual({ httpOnly: true, secure: true, sameSite: "strict", path: "/" });
  }
});

it("derives its secret from the data key: the same at every start, another in every installation", async () => {
  const { options } = auth();
  expect(Buffer.from(options.secret ?? "", "base64url")).toHaveLength(32);
  expect(auth().options.secret).toBe(options.secret);
  const other = await peopleWorld({ startsAt: new Date("2026-03-13T00:00:00Z") });
  expect(authOptions(strangerOf(other), pino({ level: "silent" })).options.secret).not.toBe(options.secret);
  other.close();
});

it("finds whoever the token belongs to, and nobody for a token that is not ours", async () => {
  const mara = await addPerson(world, { role: "auditor" });
  const { token } = await signInAs(world, mara);
  const { options, found } = auth();
  expect(await options.adapter?.getSessionAndUser?.("x")).toBeNull();
  expect(found()).toBeUndefined();
  expect(await options.adapter?.getSessionAndUser?.(token)).toMatchObject({
    session: { userId: mara.id },
    user: { id: mara.id, email: mara.email },
  });
  expect(found()?.actor).toMatchObject({ id: mara.id, roles: ["auditor"] });
});

it("ends the session when next-auth signs out, under the person's name", async () => {
  const mara = await addPerson(world);
  const { token } = await signInAs(world, mara);
  world.forget();
  await auth().options.adapter?.deleteSession?.(token);
  expect(await auth().options.adapter?.getSessionAndUser?.(token)).toBeNull();
  expect(world.trail()).toMatchObject([{ kind: "session.ended", actor: { id: mara.id } }]);
  await auth().options.adapter?.deleteSession?.("x");
  expect(world.trail()).toHaveLength(1);
});
