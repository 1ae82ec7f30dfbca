import { parseOptions } from "@node-rs/argon2";
import { expect, it } from "vitest";
import { DECOY_HASH, hashPassword, verifyPassword } from "./password";

const salt = Uint8Array.from({ length: 16 }, (_, index) => index);

it("hashes with argon2id at the costs that RFC 9106 recommends, and compares strangers with the same costs", async () => {
  const made = await hashPassword("plum orbit lantern", salt);
  expect(made).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  expect(parseOptions(DECOY_HASH)).toEqual(parseOptions(made));
});

it("knows the password, however its characters are composed, and no other", async () => {
  const made = await hashPassword("pass\u00e9 compos\u00e9", salt);
  expect(await verifyPassword(made, "passe\u0301 compose\u0301")).toBe(true);
  expect(await verifyPassword(made, "passe compose")).toBe(false);
});

it("fits nobody without a hash, whatever is given", async () => {
  for (const password of ["x", "", "plum orbit lantern"]) expect(await verifyPassword(undefined, password)).toBe(false);
});
