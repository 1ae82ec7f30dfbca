import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renewalTime, retryDelay } from "./watch";

const hour = 3_600_000;

describe("when to renew", () => {
  it.each([
    [0, 3 * hour, 0, 2 * hour],
    [0, 3 * hour, 1, 2.15 * hour],
    [1_000, 1_000 + 300_000, 0, 201_000],
  ])("from %i to %i, at random %d, is %i", (notBefore, notAfter, random, at) => {
    expect(renewalTime({ notBefore, notAfter }, random)).toBeCloseTo(at, 3);
  });

  it("is after two thirds of the lifetime and well before its end", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e11 }), fc.double({ min: 0, max: 1, noNaN: true }), (lifetime, random) => {
        const at = renewalTime({ notBefore: 0, notAfter: lifetime }, random);
        return at >= (lifetime * 2) / 3 && at <= lifetime * 0.72;
      }),
    );
  });
});

describe("when to try again", () => {
  it.each([
    [1, 1, 1_000],
    [1, 0, 500],
    [2, 1, 2_000],
    [5, 1, 16_000],
    [40, 1, 300_000],
  ])("after %i failures, at random %d, is in %i ms", (failures, random, delay) => {
    expect(retryDelay(failures, Number.MAX_SAFE_INTEGER, random)).toBe(delay);
  });

  it("never waits past the end of the certificate", () => {
    expect(retryDelay(20, 1_234, 1)).toBe(1_234);
    expect(retryDelay(20, -1, 1)).toBe(0);
  });
});
