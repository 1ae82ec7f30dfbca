import { expect, it } from "vitest";
import { secureRandom } from "./random";

it.each([0, 1, 10, 16, 32, 256, 257, 5000])("gives %i bytes", (bytes) => {
  expect(secureRandom(bytes)).toHaveLength(bytes);
});

it("never gives the same bytes twice, across refills of its pool", () => {
  const seen = new Set(Array.from({ length: 2000 }, () => Buffer.from(secureRandom(16)).toString("hex")));
  expect(seen.size).toBe(2000);
});

it("gives bytes that nobody else holds", () => {
  const first = secureRandom(16);
  const copy = Uint8Array.from(first);
  for (let index = 0; index < 1000; index++) secureRandom(16).fill(0);
  expect(first).toEqual(copy);
});
