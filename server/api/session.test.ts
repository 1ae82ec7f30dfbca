import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { authenticateSession } from "@/server/identities/authenticate-session";
import { makeSetupCode } from "@/server/identities/make-setup-code";
import type { Context } from "@/server/kernel/context";
import { cookieJar, type KeptCookies } from "@/server/testing/cookie-jar";
import { addPerson, peopleWorld, strangerOf, terminalOf } from "@/server/testing/people";
import { testWorld, type World } from "@/server/testing/world";
import { COOKIE_ATTRIBUTES, COOKIES } from "./cookies";
import { session } from "./session";
import { setup } from "./setup";
import { createCallerFactory, router } from "./trpc";

const createCaller = createCallerFactory(router({ session, setup }));
const call = (world: World, verbs: Context, cookies: KeptCookies) =>
  createCaller({ verbs, cookies, logger: world.runtime.logger });

describe("signing in by the console's API", () => {
  let world: World;
  let cookies: KeptCookies;
  beforeEach(async () => {
    world = await peopleWorld();
    cookies = cookieJar();
  });
  afterEach(() => world.close());

  it("puts token and device into cookies and neither into the answer", async () => {
    const { email, password } = await addPerson(world);
    const answer = await call(world, strangerOf(world), cookies).session.signIn({ email, password });
    expect(answer).toEqual({ status: "signed_in", secondFactorMissing: true });
    const token = cookies.kept.get(COOKIES.session)?.value ?? "";
    expect(await authenticateSession(strangerOf(world), token)).toMatchObject({ email });
    expect(cookies.kept.get(COOKIES.device)?.value).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it("sets no cookie when it is refused, and says no more than that", async () => {
    const { email } = await addPerson(world);
    const attempt = call(world, strangerOf(world), cookies).session.signIn({ email, password: "wrong password 1" });
    await expect(attempt).rejects.toMatchObject({ code: "UNAUTHORIZED", cause: { code: "sign_in.refused" } });
    expect(cookies.kept.size).toBe(0);
  });

  it("works for somebody whose old session is still open, and gives a new one", async () => {
    const { email, password, ctx } = await addPerson(world);
    await call(world, ctx, cookies).session.signIn({ email, password });
    expect(cookies.kept.has(COOKIES.session)).toBe(true);
  });

  it("ends the session at sign-out and takes the cookie away; the device stays known", async () => {
    const { email, password } = await addPerson(world);
    await call(world, strangerOf(world), cookies).session.signIn({ email, password });
    const token = cookies.kept.get(COOKIES.session)?.value ?? "";
    const found = await authenticateSession(strangerOf(world), token);
    await call(world, world.as(found?.actor ?? {}), cookies).session.signOut();
    expect([...cookies.kept.keys()]).toEqual([COOKIES.device]);
    expect(await authenticateSession(strangerOf(world), token)).toBeUndefined();
    await expect(call(world, strangerOf(world), cookies).session.signOut()).resolves.toEqual({});
  });

  it("uses cookies that no other host, script or site gets", () => {
    expect(COOKIE_ATTRIBUTES).toEqual({ httpOnly: true, secure: true, sameSite: "strict", path: "/" });
    for (const name of Object.values(COOKIES)) expect(name).toMatch(/^__Host-/);
  });
});

describe("the setup by the console's API", () => {
  it("goes on in the browser that gave the code alone, and ends signed in", async () => {
    const world = await testWorld();
    try {
      const { code = "" } = (await makeSetupCode(terminalOf(world))) ?? {};
      const [owner, other] = [cookieJar(), cookieJar()];
      const mine = call(world, strangerOf(world), owner).setup;
      const theirs = call(world, strangerOf(world), other).setup;

      expect(await mine.claim({ code })).toMatchObject({ step: "organisation" });
      const named = { name: "Northern", trustDomain: "north.example" };
      await expect(theirs.nameOrganisation(named)).rejects.toMatchObject({ cause: { code: "setup.not_claimed" } });
      await mine.nameOrganisation(named);
      const admin = { displayName: "Priya", email: "p@north.example", password: "plum orbit lantern 42" };
      expect(await mine.createFirstAdmin(admin)).toMatchObject({ step: "second_factor" });
      expect(await theirs.read()).toMatchObject({ step: "code", draft: null });

      const done = await mine.createAuthorities({});
      expect(Object.keys(done).sort()).toEqual(["adminId", "organisation", "rootFingerprint", "trustDomain"]);
      expect([...owner.kept.keys()].sort()).toEqual([COOKIES.device, COOKIES.session]);
      const found = await authenticateSession(strangerOf(world), owner.kept.get(COOKIES.session)?.value ?? "");
      expect(found?.actor.roles).toEqual(["admin"]);
    } finally {
      world.close();
    }
  });
});
