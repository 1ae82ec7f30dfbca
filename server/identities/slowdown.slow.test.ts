import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPerson, peopleWorld, type Person, signInAs, strangerOf } from "@/server/testing/people";
import type { World } from "@/server/testing/world";
import { signIn } from "./sign-in";

let world: World;
let mara: Person;
beforeEach(async () => {
  world = await peopleWorld();
  mara = await addPerson(world, { hashing: "real" });
});
afterEach(() => world.close());

const WRONG = "wrong password 1";
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "signed_in",
    (error: { code: string }) => error.code,
  );
const guess = (email: string, address: string | null = null, device?: string) =>
  codeOf(signIn(strangerOf(world, address), { email, password: WRONG, device }));
const fail = async (times: number, email: string, address: string | null = null) => {
  for (let time = 0; time < times; time++) await guess(email, address);
};

describe("wrong sign-ins", () => {
  it("of an account are slowed after five, whether the account is there or not", async () => {
    for (const email of [mara.email, "nobody@swarm.local"]) {
      await fail(5, email);
      expect(await guess(email)).toBe("sign_in.slowed");
      world.clock.advance(999);
      expect(await guess(email)).toBe("sign_in.slowed");
      world.clock.advance(1);
      expect(await guess(email)).toBe("sign_in.refused");
      world.clock.advance(1999);
      expect(await guess(email)).toBe("sign_in.slowed");
    }
  });

  it("say when to try again, and a slowed attempt costs no guess and writes no entry", async () => {
    await fail(5, mara.email);
    world.forget();
    const slowed = signIn(strangerOf(world, null), { email: mara.email, password: mara.password });
    await expect(slowed).rejects.toMatchObject({ fault: "limited", facts: { retryAfterSeconds: 1 } });
    expect(world.trail()).toEqual([]);
  });

  it("of an address are slowed after twenty on any accounts, for the whole IPv6 network", async () => {
    for (let index = 0; index < 20; index++) await guess(`person-${index}@swarm.local`, `2001:db8:1:2::${index + 1}`);
    expect(await guess("other@swarm.local", "2001:db8:1:2:ffff::1")).toBe("sign_in.slowed");
    expect(await guess("other@swarm.local", "2001:db8:1:3::1")).toBe("sign_in.refused");
  });

  it("of strangers do not keep out a browser that signed in before", async () => {
    const { device } = await signInAs(world, mara);
    await fail(5, mara.email);
    expect(await guess(mara.email)).toBe("sign_in.slowed");
    expect(await signIn(strangerOf(world), { email: mara.email, password: mara.password, device })).toMatchObject({
      status: "signed_in",
    });
  });

  it("are slowed in a known browser too, by itself, however its value is spelled", async () => {
    const { device } = await signInAs(world, mara);
    const spelled = [device, `${device}=`, device, `${device}==`, device];
    for (const value of spelled) expect(await guess(mara.email, null, value)).toBe("sign_in.refused");
    expect(await guess(mara.email, null, device)).toBe("sign_in.slowed");
    expect(await guess(mara.email, null, `${device}=`)).toBe("sign_in.slowed");
    expect(await codeOf(signInAs(world, mara))).toBe("signed_in");
  });

  it("are counted for strangers when the browser's value is another person's or made up", async () => {
    const other = await addPerson(world, { email: "tomas@swarm.local" });
    const { device } = await signInAs(world, other);
    for (const value of [device, "made.up", "x", "", `${device}.x`]) await guess(mara.email, null, value);
    expect(await guess(mara.email)).toBe("sign_in.slowed");
  });

  it("never keep the owner out for longer than a quarter of an hour", async () => {
    for (let round = 0; round < 30; round++) {
      await guess(mara.email);
      world.clock.advance(15 * 60_000);
    }
    expect(await codeOf(signInAs(world, mara))).toBe("signed_in");
  });

  it("are forgotten by a success, but an address is not washed clean by one", async () => {
    for (let index = 0; index < 19; index++) await guess(`person-${index}@swarm.local`, "192.0.2.7");
    await fail(4, mara.email, null);
    await signInAs(world, mara);
    await fail(1, mara.email, "192.0.2.7");
    expect(await guess("other@swarm.local", "192.0.2.7")).toBe("sign_in.slowed");
    expect(await guess(mara.email)).toBe("sign_in.refused");
  });

  it("that are sent all at once answer no more than five, and the right one among the rest looks like them", async () => {
    const wrong = Array.from({ length: 16 }, () => guess(mara.email));
    const right = codeOf(signInAs(world, mara));
    const answers = await Promise.all(wrong);
    expect(answers.filter((code) => code === "sign_in.refused")).toHaveLength(5);
    expect(answers.filter((code) => code === "sign_in.slowed")).toHaveLength(11);
    expect(await right).toBe("sign_in.slowed");
    expect(world.trail().map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => "sign_in.refused"));
  });

  it("hide a right password among them also where a code would be asked for next", async () => {
    const safe = await addPerson(world, { email: "safe@swarm.local", secondFactor: "totp", hashing: "real" });
    const wrong = Array.from({ length: 24 }, () => guess(safe.email));
    const right = codeOf(signIn(strangerOf(world, null), { email: safe.email, password: safe.password }));
    await Promise.all(wrong);
    expect(await right).toBe("sign_in.slowed");
  });

  it("name nobody in the table that counts them", async () => {
    await fail(1, mara.email, "192.0.2.7");
    const rows = JSON.stringify(world.ctx.read.statement("SELECT * FROM sign_in_failures").all());
    expect(rows).toContain("failures");
    expect(rows).not.toContain("mara");
    expect(rows).not.toContain("192.0.2.7");
  });
});
