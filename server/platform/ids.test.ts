import { expect, it } from "vitest";
import { makeId } from "./ids";

const zeros = new Uint8Array(10);

it.each([
  [0, zeros, "evt_00000000000000000000000000"],
  [1, zeros, "evt_0000000001000000000000000".padEnd(30, "0")],
  [2 ** 48 - 1, new Uint8Array(10).fill(255), "evt_7zzzzzzzzzzzzzzzzzzzzzzzzz"],
])("writes %i ms and its random bits in 26 characters", (time, random, id) => {
  expect(makeId("evt", new Date(time), random)).toBe(id);
});

it("sorts by time, whatever the random bits", () => {
  const early = makeId("evt", new Date("2026-03-12T14:32:00.000Z"), new Uint8Array(10).fill(255));
  const late = makeId("evt", new Date("2026-03-12T14:32:00.001Z"), zeros);
  expect(early < late).toBe(true);
});
