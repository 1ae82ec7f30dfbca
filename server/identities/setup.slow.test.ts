import { Secret } from "otpauth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { strangerOf, terminalOf } from "@/server/testing/people";
import { AUDITOR, testWorld, type World } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { claimSetup } from "./claim-setup";
import { createAuthorities } from "./create-authorities";
import { createFirstAdmin } from "./create-first-admin";
import { init } from "./init";
import { makeSetupCode } from "./make-setup-code";
import { nameOrganisation } from "./name-organisation";
import { readSetup } from "./read-setup";
import { confirmSetupTotp, startSetupTotp } from "./setup-totp";
import { signIn } from "./sign-in";
import { totpCodeAt } from "./totp";

let world: World;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const stranger = () => strangerOf(world);
const newCode = async () => (await makeSetupCode(terminalOf(world)))?.code ?? "";
const claim = async () => (await claimSetup(stranger(), { code: await newCode() })).holder;
const organisation = { name: "Northern Swarm", trustDomain: "north.example" };
const admin = { displayName: "Priya Nair", email: "priya@north.example", password: "plum orbit lantern 42" };
const stepOf = async (holder: string | undefined) => (await readSetup(stranger(), { holder })).step;

describe("the setup in a browser", () => {
  it("goes from the code on the terminal to authorities and a signed-in admin, and can be left at each step", async () => {
    expect(await readSetup(stranger(), { holder: undefined })).toEqual({
      step: "code",
      isClaimed: false,
      suggestedTrustDomain: "swarm.local",
      draft: null,
    });
    const holder = await claim();
    expect(await stepOf(holder)).toBe("organisation");
    await nameOrganisation(stranger(), { ...organisation, holder });
    expect(await stepOf(holder)).toBe("admin");
    await createFirstAdmin(stranger(), { ...admin, holder });
    expect(await stepOf(holder)).toBe("second_factor");

    const { secret, offer } = await startSetupTotp(stranger(), { holder });
    const bytes = Secret.fromBase32(secret.replaceAll(" ", "")).bytes;
    const code = totpCodeAt(bytes, world.clock.now());
    const { recoveryCodes } = await confirmSetupTotp(stranger(), { offer, code, holder });
    expect(recoveryCodes).toHaveLength(10);
    expect(await readSetup(stranger(), { holder })).toMatchObject({
      step: "authorities",
      draft: {
        organisation: "Northern Swarm",
        trustDomain: "north.example",
        admin: { displayName: "Priya Nair", email: "priya@north.example", hasSecondFactor: true },
      },
    });

    const { done, token } = await createAuthorities(stranger(), { algorithm: "P-256", holder });
    expect(done).toMatchObject({ organisation: "Northern Swarm", trustDomain: "north.example" });
    expect(done.rootFingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await stepOf(holder)).toBe("done");
    expect((await authenticateSession(stranger(), token))?.actor).toMatchObject({
      id: done.adminId,
      roles: ["admin"],
      provedBy: ["password", "totp"],
    });
    expect(world.trail().map((entry) => entry.kind)).toEqual([
      "setup.code_made",
      "setup.claimed",
      "setup.organisation_named",
      "identity.created",
      "second_factor.added",
      "setup.finished",
      "grant.added",
      "session.started",
    ]);
    const trail = JSON.stringify(world.trail());
    for (const shown of [admin.password, holder, token, secret.replaceAll(" ", ""), ...recoveryCodes]) {
      expect(trail).not.toContain(shown);
    }
  });

  it("goes without a second factor, and lets steps be done again", async () => {
    const holder = await claim();
    await nameOrganisation(stranger(), { name: "Nothern", trustDomain: "nort.example", holder });
    await nameOrganisation(stranger(), { ...organisation, holder });
    await createFirstAdmin(stranger(), { ...admin, email: "pria@north.example", holder });
    await createFirstAdmin(stranger(), { ...admin, holder });
    const { done } = await createAuthorities(stranger(), { algorithm: "P-256", holder });
    expect(done.trustDomain).toBe("north.example");
    const { email, password } = admin;
    expect(await signIn(stranger(), { email, password })).toMatchObject({ secondFactorMissing: true });
    const old = signIn(stranger(), { email: "pria@north.example", password });
    await expect(old).rejects.toMatchObject({ code: "sign_in.refused" });
  });

  it("is for the browser that gave the code alone, at every step", async () => {
    await claim();
    for (const holder of [undefined, "", "x", "A".repeat(43)]) {
      expect(await readSetup(stranger(), { holder })).toMatchObject({ step: "code", isClaimed: true, draft: null });
      for (const attempt of [
        () => nameOrganisation(stranger(), { ...organisation, holder }),
        () => createFirstAdmin(stranger(), { ...admin, holder }),
        () => startSetupTotp(stranger(), { holder }),
        () => confirmSetupTotp(stranger(), { offer: "x", code: "000000", holder }),
        () => createAuthorities(stranger(), { algorithm: "P-256", holder }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "setup.not_claimed", fault: "unauthenticated" });
      }
    }
  });

  it("keeps the order of its steps", async () => {
    const holder = await claim();
    for (const attempt of [
      () => createFirstAdmin(stranger(), { ...admin, holder }),
      () => startSetupTotp(stranger(), { holder }),
      () => createAuthorities(stranger(), { algorithm: "P-256", holder }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "setup.out_of_order" });
    }
  });

  it("refuses a weak password and changes nothing", async () => {
    const holder = await claim();
    await nameOrganisation(stranger(), { ...organisation, holder });
    const attempt = createFirstAdmin(stranger(), { ...admin, password: "Northern Swarm", holder });
    await expect(attempt).rejects.toMatchObject({ code: "password.refused", facts: { problem: "personal" } });
    expect(await stepOf(holder)).toBe("admin");
  });

  it("makes the authorities once when the last step is sent twice", async () => {
    const holder = await claim();
    await nameOrganisation(stranger(), { ...organisation, holder });
    await createFirstAdmin(stranger(), { ...admin, holder });
    const finish = () => createAuthorities(stranger(), { algorithm: "P-256", holder });
    const both = await Promise.allSettled([finish(), finish()]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "setup.already_done" } });
  });
});

describe("the setup code", () => {
  it("works once, however it is typed, and is kept as a hash only", async () => {
    const code = await newCode();
    expect(code).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/);
    const kept = JSON.stringify(world.ctx.read.statement("SELECT * FROM setup").get());
    expect(kept).not.toContain(code);
    expect(JSON.stringify(world.trail())).not.toContain(code);
    await claimSetup(stranger(), { code: ` ${code.toUpperCase().replaceAll("-", "")} ` });
    await expect(claimSetup(stranger(), { code })).rejects.toMatchObject({ code: "setup.code_refused" });
  });

  it("is new at every start; the browser that has the setup keeps it until the new code is given elsewhere", async () => {
    const first = await claim();
    await nameOrganisation(stranger(), { ...organisation, holder: first });
    const code = await newCode();
    expect(await stepOf(first)).toBe("admin");
    const { holder, state } = await claimSetup(stranger(), { code });
    expect(state).toMatchObject({ step: "admin", draft: { organisation: "Northern Swarm" } });
    expect(await stepOf(first)).toBe("code");
    expect(await stepOf(holder)).toBe("admin");
    expect(world.trail().at(-1)).toMatchObject({ kind: "setup.claimed", detail: { tookOver: true } });
  });

  it("makes the one before it useless", async () => {
    const old = await newCode();
    await newCode();
    await expect(claimSetup(stranger(), { code: old })).rejects.toMatchObject({ code: "setup.code_refused" });
  });

  it("is slowed after five wrong ones, for a minute at most, and each wrong one is written down, no slowed one", async () => {
    const code = await newCode();
    world.forget();
    const guess = () => claimSetup(stranger(), { code: "0000-0000-0000" });
    for (let time = 0; time < 5; time++) await expect(guess()).rejects.toMatchObject({ code: "setup.code_refused" });
    const slowed = claimSetup(stranger(), { code });
    await expect(slowed).rejects.toMatchObject({ code: "setup.slowed", facts: { retryAfterSeconds: 1 } });
    expect(world.trail().map((entry) => entry.outcome)).toEqual(Array.from({ length: 5 }, () => "refused"));
    for (let time = 0; time < 12; time++) {
      world.clock.advance(60_000);
      await expect(guess()).rejects.toMatchObject({ code: "setup.code_refused" });
    }
    world.clock.advance(60_000);
    await expect(claimSetup(stranger(), { code })).resolves.toMatchObject({ state: { step: "organisation" } });
  });

  it("is refused before the terminal made one, and made by no person", async () => {
    await expect(claimSetup(stranger(), { code: "x" })).rejects.toMatchObject({ code: "setup.code_refused" });
    await expect(makeSetupCode(world.as(AUDITOR))).rejects.toMatchObject({ code: "kernel.forbidden" });
  });
});

describe("swarm init", () => {
  const { displayName: _, ...person } = admin;
  const input = {
    organisation: "Northern Swarm",
    trustDomain: "north.example",
    admin: person,
    algorithm: "P-256",
  } as const;

  it("does everything at once", async () => {
    const done = await init(terminalOf(world), input);
    expect(done).toMatchObject({ organisation: "Northern Swarm", trustDomain: "north.example" });
    expect(world.trail().map((entry) => entry.kind)).toEqual(["setup.finished", "identity.created", "grant.added"]);
    expect(await signIn(stranger(), person)).toMatchObject({ status: "signed_in" });
    expect(await stepOf(undefined)).toBe("done");
  });

  it("takes over what a browser began", async () => {
    const holder = await claim();
    await nameOrganisation(stranger(), { name: "Other", trustDomain: "other.example", holder });
    await createFirstAdmin(stranger(), { ...admin, email: "else@north.example", holder });
    await init(terminalOf(world), input);
    expect(await signIn(stranger(), person)).toMatchObject({ status: "signed_in" });
    const late = createAuthorities(stranger(), { algorithm: "P-256", holder });
    await expect(late).rejects.toMatchObject({ code: "setup.already_done" });
  });

  it("and the setup are both refused on a console that is set up", async () => {
    await init(terminalOf(world), input);
    world.forget();
    await expect(init(terminalOf(world), input)).rejects.toMatchObject({ code: "setup.already_done" });
    await expect(claimSetup(stranger(), { code: "x" })).rejects.toMatchObject({ code: "setup.already_done" });
    expect(await makeSetupCode(terminalOf(world))).toBeNull();
    expect(world.trail()).toEqual([]);
  });

  it("refuses a weak password and a person who asks for it, and leaves the console as it was", async () => {
    const weak = init(terminalOf(world), { ...input, admin: { ...person, password: "northern swarm" } });
    await expect(weak).rejects.toMatchObject({ code: "password.refused" });
    await expect(init(world.ctx, input)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "setup.run" }]);
    expect(await stepOf(undefined)).toBe("code");
  });
});
