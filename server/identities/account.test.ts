import { Secret } from "otpauth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPerson, peopleWorld, type Person, signInAs, strangerOf } from "@/server/testing/people";
import type { World } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { changePassword } from "./change-password";
import { confirmTotp } from "./confirm-totp";
import { TOTP_OFFER_MS } from "./model";
import { readAccount } from "./read-account";
import { removeTotp } from "./remove-totp";
import { replaceRecoveryCodes } from "./replace-recovery-codes";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";
import { startTotp } from "./start-totp";
import { totpCodeAt } from "./totp";

let world: World;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

const code = (person: Person) => person.secondFactor?.code() ?? "";
const bytesOf = (secret: string) => Secret.fromBase32(secret.replaceAll(" ", "")).bytes;
const WRONG = "wrong password 1";

describe("one's own account", () => {
  it("tells how it is protected", async () => {
    const mara = await addPerson(world, { role: "auditor" });
    expect(await readAccount(mara.ctx)).toMatchObject({
      id: mara.id,
      email: mara.email,
      name: "mara",
      roles: ["auditor"],
      organisation: "Swarm Test",
      secondFactorSince: null,
      recoveryCodesLeft: 0,
    });
    const safe = await addPerson(world, { email: "safe@swarm.local", secondFactor: "totp" });
    expect(await readAccount(safe.ctx)).toMatchObject({ secondFactorSince: expect.any(Date), recoveryCodesLeft: 10 });
  });

  it("is there for people alone", async () => {
    await expect(readAccount(strangerOf(world))).rejects.toMatchObject({ code: "kernel.unauthenticated" });
  });
});

describe("changing the password", () => {
  const next = "quiet river stone 9";

  it("replaces it and ends the other sessions", async () => {
    const mara = await addPerson(world);
    const other = await signInAs(world, mara);
    const { token } = await signInAs(world, mara);
    const own = await authenticateSession(strangerOf(world), token);
    world.forget();

    await changePassword(world.as(own?.actor ?? {}), { current: mara.password, next });
    expect(await authenticateSession(strangerOf(world), other.token)).toBeUndefined();
    expect(await authenticateSession(strangerOf(world), token)).toBeDefined();
    expect(world.trail()).toMatchObject([{ kind: "password.changed", detail: { endedSessions: 1 } }]);
    await expect(signInAs(world, mara)).rejects.toMatchObject({ code: "sign_in.refused" });
    await expect(signInAs(world, { ...mara, password: next })).resolves.toMatchObject({ status: "signed_in" });
  });

  it("asks for the current one, and slows guesses at it", async () => {
    const mara = await addPerson(world);
    for (let time = 0; time < 5; time++) {
      const attempt = changePassword(mara.ctx, { current: WRONG, next });
      await expect(attempt).rejects.toMatchObject({ code: "proof.refused" });
    }
    const slowed = changePassword(mara.ctx, { current: mara.password, next });
    await expect(slowed).rejects.toMatchObject({ code: "proof.slowed", facts: { retryAfterSeconds: 1 } });
    expect(world.trail().map((entry) => [entry.kind, entry.outcome])).toEqual(
      Array.from({ length: 5 }, () => ["proof.refused", "refused"]),
    );
    world.clock.advance(1000);
    await expect(changePassword(mara.ctx, { current: mara.password, next })).resolves.toMatchObject({ id: mara.id });
  });

  it("tells nobody whether the current one was right by refusing the next", async () => {
    const mara = await addPerson(world);
    for (const current of [WRONG, mara.password]) {
      const attempt = changePassword(mara.ctx, { current, next: "too short" });
      await expect(attempt).rejects.toMatchObject({ code: "password.refused" });
    }
  });

  it("does not undo a reset that came while the current one was compared", async () => {
    const mara = await addPerson(world);
    const changing = changePassword(mara.ctx, { current: mara.password, next });
    const { oneTimePassword } = await resetPassword(world.ctx, { id: mara.id });
    const outcome = await changing.then(
      () => "changed",
      (error: { code: string }) => error.code,
    );
    const given = { email: mara.email, password: oneTimePassword };
    expect(await signIn(strangerOf(world), given)).toEqual({ status: "needs_new_password" });
    expect(["changed", "proof.refused"]).toContain(outcome);
  });

  it.each([
    ["too short", "too_short"],
    ["mara@swarm.local", "personal"],
    ["Swarm Test 123", "personal"],
    ["abcabcabcabc", "repetitive"],
    ["plum orbit lantern 42", "unchanged"],
  ])("refuses %s", async (bad, problem) => {
    const mara = await addPerson(world);
    const attempt = changePassword(mara.ctx, { current: mara.password, next: bad });
    await expect(attempt).rejects.toMatchObject({ code: "password.refused", facts: { problem } });
    expect(world.trail()).toEqual([]);
  });
});

describe("the second factor", () => {
  it("is in force once a first code confirms it, and gives ten recovery codes", async () => {
    const mara = await addPerson(world);
    const offer = await startTotp(mara.ctx);
    expect(offer.uri).toMatch(/^otpauth:\/\/totp\/Swarm%20Test:mara%40swarm\.local\?/);
    expect(offer.qr.length).toBe(offer.qr[0]?.length);
    expect((await readAccount(mara.ctx)).secondFactorSince).toBeNull();

    const first = totpCodeAt(bytesOf(offer.secret), world.clock.now());
    const { recoveryCodes } = await confirmTotp(mara.ctx, { offer: offer.offer, code: first, password: mara.password });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(recoveryCodes[0]).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
    expect(await readAccount(mara.ctx)).toMatchObject({ secondFactorSince: world.clock.now(), recoveryCodesLeft: 10 });
    expect(world.trail()).toMatchObject([{ kind: "second_factor.added", object: { id: mara.id } }]);
    await expect(signInAs(world, mara, { code: first })).rejects.toMatchObject({ code: "sign_in.refused" });
  });

  it("is not added without the password, with a wrong code, with an old offer or with another person's", async () => {
    const mara = await addPerson(world);
    const tomas = await addPerson(world, { email: "tomas@swarm.local" });
    const { offer, secret } = await startTotp(mara.ctx);
    const first = () => totpCodeAt(bytesOf(secret), world.clock.now());
    const { password } = mara;
    const attempts = [
      [mara, { offer, code: first(), password: WRONG }, "proof.refused"],
      [mara, { offer, code: "000000", password }, "second_factor.code_refused"],
      [tomas, { offer, code: first(), password }, "second_factor.offer_ended"],
      [mara, { offer: `${offer}AAAA`, code: first(), password }, "second_factor.offer_ended"],
    ] as const;
    for (const [person, given, refusal] of attempts) {
      await expect(confirmTotp(person.ctx, given)).rejects.toMatchObject({ code: refusal });
    }
    world.clock.advance(TOTP_OFFER_MS + 1);
    const late = confirmTotp(mara.ctx, { offer, code: first(), password });
    await expect(late).rejects.toMatchObject({ code: "second_factor.offer_ended" });
    expect((await readAccount(mara.ctx)).secondFactorSince).toBeNull();
  });

  it("is replaced for a code of the one in force alone, and takes the old recovery codes with it", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const { offer, secret } = await startTotp(mara.ctx);
    const given = { offer, password: mara.password, code: totpCodeAt(bytesOf(secret), world.clock.now()) };
    for (const currentCode of [undefined, given.code, "not asked", "000000"]) {
      const attempt = confirmTotp(mara.ctx, { ...given, currentCode });
      await expect(attempt).rejects.toMatchObject({ code: "proof.refused" });
    }
    await confirmTotp(mara.ctx, { ...given, currentCode: code(mara) });
    expect(world.trail().at(-1)).toMatchObject({ kind: "second_factor.replaced" });
    world.clock.advance(60_000);
    const old = mara.secondFactor?.recoveryCodes[0];
    await expect(signInAs(world, mara)).rejects.toMatchObject({ code: "sign_in.refused" });
    await expect(signInAs(world, mara, { code: old })).rejects.toMatchObject({ code: "sign_in.refused" });
    const fresh = totpCodeAt(bytesOf(secret), world.clock.now());
    await expect(signInAs(world, mara, { code: fresh })).resolves.toMatchObject({ status: "signed_in" });
  });

  it("is removed for password and code", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const { password } = mara;
    for (const wrong of [
      { password: WRONG, code: code(mara) },
      { password, code: "000000" },
    ]) {
      await expect(removeTotp(mara.ctx, wrong)).rejects.toMatchObject({ code: "proof.refused" });
    }
    expect(await removeTotp(mara.ctx, { password, code: code(mara) })).toMatchObject({
      secondFactorSince: null,
      recoveryCodesLeft: 0,
    });
    expect(world.trail().at(-1)).toMatchObject({ kind: "second_factor.removed", object: { id: mara.id } });
    await expect(removeTotp(mara.ctx, { password, code: "000000" })).rejects.toMatchObject({
      code: "second_factor.missing",
    });
  });

  it("gets new recovery codes in place of the old ones", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const [first = "", second = ""] = mara.secondFactor?.recoveryCodes ?? [];
    const { recoveryCodes } = await replaceRecoveryCodes(mara.ctx, { password: mara.password, code: first });
    await expect(signInAs(world, mara, { code: second })).rejects.toMatchObject({ code: "sign_in.refused" });
    await expect(signInAs(world, mara, { code: recoveryCodes[9] })).resolves.toMatchObject({ status: "signed_in" });
    expect(world.trail()[0]).toMatchObject({ kind: "recovery_codes.replaced" });
  });

  it("is managed under the policy in force: a refusal changes nothing", async () => {
    const mara = await addPerson(world);
    const stranger = world.as({ ...mara.ctx.actor, kind: "service", provedBy: ["certificate"] });
    await expect(startTotp(stranger)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "second_factor.manage" }]);
  });
});
