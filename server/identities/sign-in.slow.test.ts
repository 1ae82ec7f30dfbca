import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPerson, peopleWorld, signInAs, strangerOf, terminalOf } from "@/server/testing/people";
import { testWorld, type World } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { createUser } from "./create-user";
import { lockIdentity } from "./lock-identity";
import { retireIdentity } from "./retire-identity";
import { signIn } from "./sign-in";

let world: World;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

describe("signing in", () => {
  it("begins a session that the token opens, and writes it down under the person's name", async () => {
    const mara = await addPerson(world, { role: "auditor" });
    const { token, secondFactorMissing } = await signInAs(world, mara);

    expect(secondFactorMissing).toBe(true);
    const found = await authenticateSession(strangerOf(world), token);
    expect(found?.actor).toMatchObject({ kind: "user", id: mara.id, roles: ["auditor"], provedBy: ["password"] });
    expect(world.trail()).toMatchObject([
      {
        kind: "session.started",
        object: { type: "Identity", id: mara.id },
        detail: { sessionId: found?.sessionId, provedBy: ["password"], device: "Firefox on Linux" },
      },
    ]);
  });

  it("keeps neither token nor password where the database or the log could tell them", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const { token, device } = await signInAs(world, mara);
    const tables = ["sessions", "passwords", "totp_secrets", "recovery_codes", "sign_in_failures", "audit_entries"];
    const kept = tables.map((table) =>
      JSON.stringify(world.ctx.read.statement(`SELECT * FROM ${table}`).all(), (_key, value) =>
        isBuffer(value) ? Buffer.from(value.data).toString("latin1") : value,
      ),
    );
    const all = kept.join("\n");
    expect(all.length).toBeGreaterThan(1000);
    for (const secret of [token, device, mara.password, ...(mara.secondFactor?.recoveryCodes ?? [])]) {
      expect(all).not.toContain(secret);
      expect(all).not.toContain(secret.replaceAll("-", ""));
    }
  });

  it("gives a new token of 256 bits every time", async () => {
    const mara = await addPerson(world);
    const tokens = [await signInAs(world, mara), await signInAs(world, mara)].map((signedIn) => signedIn.token);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(32);
  });

  it("takes the e-mail address in any case, and is refused to somebody who is signed in", async () => {
    const mara = await addPerson(world);
    const input = { email: mara.email, password: mara.password };
    expect(await signIn(strangerOf(world), input)).toMatchObject({ status: "signed_in" });
    world.forget();
    await expect(signIn(mara.ctx, input)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "session.create", outcome: "refused" }]);
  });

  it("is not there before the setup", async () => {
    const empty = await testWorld();
    try {
      const attempt = signIn(strangerOf(empty), { email: "a@b.co", password: "x" });
      await expect(attempt).rejects.toMatchObject({ code: "setup.unfinished" });
    } finally {
      empty.close();
    }
  });
});

describe("a wrong attempt", () => {
  const attempts = ["unknown account", "wrong password", "locked account", "retired account"] as const;

  it.each(attempts)("is refused in the same words, does the same work and leaves one refusal: %s", async (which) => {
    const mara = await addPerson(world);
    if (which === "locked account") await lockIdentity(world.ctx, { id: mara.id, reason: "away" });
    if (which === "retired account") await retireIdentity(world.ctx, { id: mara.id, reason: "left" });
    world.forget();

    const email = which === "unknown account" ? "nobody@swarm.local" : mara.email;
    const password = which === "wrong password" ? "wrong password 1" : mara.password;
    const refusal = await signIn(strangerOf(world), { email, password }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: "sign_in.refused",
      fault: "unauthenticated",
      facts: {},
      message: "this e-mail address, password and code do not fit together, or the account is closed",
    });
    expect(world.trail()).toMatchObject([{ kind: "sign_in.refused", outcome: "refused" }]);
  });

  it("takes as long for an account that is not there as for one that is", async () => {
    const mara = await addPerson(world, { hashing: "real" });
    const timeOf = async (email: string) => {
      world.clock.advance(24 * 3600_000);
      const begin = performance.now();
      await signIn(strangerOf(world, null), { email, password: "wrong password 1" }).catch(() => undefined);
      return performance.now() - begin;
    };
    const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
    // By turns, so that what else the machine does weighs on both alike.
    for (let round = 0; round < 7; round++) {
      times.known.push(await timeOf(mara.email));
      times.unknown.push(await timeOf("nobody@swarm.local"));
    }
    const [known, unknown] = [medianOf(times.known), medianOf(times.unknown)];
    // Without the decoy the unknown account answers some twenty times faster.
    expect(unknown / known).toBeGreaterThan(1 / 3);
    expect(unknown / known).toBeLessThan(3);
  });

  it("never writes what was typed", async () => {
    await signIn(strangerOf(world), { email: "my secret typed here", password: "hunter2hunter2" }).catch(
      () => undefined,
    );
    const trail = JSON.stringify(world.trail());
    expect(trail).toContain("sign_in.refused");
    expect(trail).not.toContain("my secret");
    expect(trail).not.toContain("hunter2");
  });
});

describe("the second factor", () => {
  it("is asked for once the password fits, and then proves with it", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const given = { email: mara.email, password: mara.password };
    expect(await signIn(strangerOf(world), given)).toEqual({ status: "needs_code" });
    expect(world.trail()).toEqual([]);

    const { token, secondFactorMissing } = await signInAs(world, mara);
    expect(secondFactorMissing).toBe(false);
    expect((await authenticateSession(strangerOf(world), token))?.actor.provedBy).toEqual(["password", "totp"]);
  });

  it("takes a code once", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const code = mara.secondFactor?.code();
    await signInAs(world, mara, { code });
    await expect(signInAs(world, mara, { code })).rejects.toMatchObject({ code: "sign_in.refused" });
    expect(world.trail().at(-1)).toMatchObject({ kind: "sign_in.refused", detail: { reason: "used_code" } });
  });

  it("takes a code once when it is sent twice at the same moment", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const code = mara.secondFactor?.code();
    const both = await Promise.allSettled([signInAs(world, mara, { code }), signInAs(world, mara, { code })]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("takes each recovery code once, however it is written", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const [first = "", second = ""] = mara.secondFactor?.recoveryCodes ?? [];
    const { token } = await signInAs(world, mara, { code: ` ${first.toUpperCase().replaceAll("-", " ")} ` });
    expect((await authenticateSession(strangerOf(world), token))?.actor.provedBy).toEqual([
      "password",
      "recovery_code",
    ]);
    expect(world.trail().map((entry) => entry.kind)).toEqual(["session.started", "recovery_code.used"]);

    await expect(signInAs(world, mara, { code: first })).rejects.toMatchObject({ code: "sign_in.refused" });
    await expect(signInAs(world, mara, { code: second })).resolves.toMatchObject({ status: "signed_in" });
  });

  it("is no help without the password", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    const attempt = signInAs(world, mara, { password: "wrong password 1" });
    await expect(attempt).rejects.toMatchObject({ code: "sign_in.refused" });
  });
});

describe("a one-time password", () => {
  const email = "new@swarm.local";
  const invite = async () => {
    const { oneTimePassword } = await createUser(terminalOf(world), { email, teamId: null });
    world.forget();
    return oneTimePassword ?? "";
  };

  it("opens nothing until it is replaced, and then works no longer", async () => {
    const password = await invite();
    const stranger = strangerOf(world);
    expect(await signIn(stranger, { email, password })).toEqual({ status: "needs_new_password" });

    const newPassword = "quiet river stone 9";
    expect(await signIn(stranger, { email, password, newPassword })).toMatchObject({ status: "signed_in" });
    expect(world.trail().map((entry) => entry.kind)).toEqual(["session.started", "password.changed"]);
    await expect(signIn(stranger, { email, password })).rejects.toMatchObject({ code: "sign_in.refused" });
    expect(await signIn(stranger, { email, password: newPassword })).toMatchObject({ status: "signed_in" });
  });

  it("works for one of those who replace it at once", async () => {
    const password = await invite();
    const replacing = ["quiet river stone 9", "quiet river stone 8"].map((newPassword) =>
      signIn(strangerOf(world), { email, password, newPassword }),
    );
    const outcomes = await Promise.allSettled(replacing);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(world.ctx.read.statement("SELECT count(*) AS n FROM sessions").get()).toEqual({ n: 1 });
  });

  it.each([
    ["short", "too_short"],
    ["new@swarm.local", "personal"],
    ["passwordpassword1", "common"],
  ])("is not replaced by %s", async (newPassword, problem) => {
    const password = await invite();
    const attempt = signIn(strangerOf(world), { email, password, newPassword });
    await expect(attempt).rejects.toMatchObject({ code: "password.refused", facts: { problem } });
    expect(await signIn(strangerOf(world), { email, password })).toEqual({ status: "needs_new_password" });
  });
});

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function isBuffer(value: unknown): value is { data: number[] } {
  return typeof value === "object" && value !== null && "type" in value && value.type === "Buffer" && "data" in value;
}
