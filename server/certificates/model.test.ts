import { describe, expect, it } from "vitest";
import {
  commonNameOf,
  crlStateOf,
  hoursOf,
  joinTokenStateOf,
  lifetimeOf,
  renewalOpensAt,
  type StatusFacts,
  statusOf,
} from "./model";

const NOW = new Date("2026-03-12T14:32:00.700Z");
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

describe("status", () => {
  const fresh: StatusFacts = { notAfter: at(10), renewAfter: at(5), renewedBy: null, revokedAt: null };
  const cases: [string, Partial<StatusFacts>, string][] = [
    ["before its renewal time", {}, "active"],
    ["at its renewal time", { renewAfter: NOW }, "due"],
    ["renewed before its time", { renewedBy: "ab" }, "renewed"],
    ["renewed after its time", { renewAfter: at(-1), renewedBy: "ab" }, "renewed"],
    ["at its end", { notAfter: NOW }, "expired"],
    ["renewed and ended", { notAfter: at(-1), renewedBy: "ab" }, "expired"],
    ["revoked and ended", { notAfter: at(-1), revokedAt: at(-2) }, "revoked"],
    ["revoked and renewed", { renewedBy: "ab", revokedAt: at(-2) }, "revoked"],
  ];
  it.each(cases)("%s", (_, facts, status) => {
    expect(statusOf({ ...fresh, ...facts }, NOW)).toBe(status);
  });
});

describe("lifetime", () => {
  it("starts 60 s back, on whole seconds, and is due at two thirds", () => {
    const life = lifetimeOf(NOW, 1, at(1000));
    expect(life.notBefore.toISOString()).toBe("2026-03-12T14:31:00.000Z");
    expect(life.notAfter.toISOString()).toBe("2026-03-12T15:32:00.000Z");
    expect(life.renewAfter.toISOString()).toBe("2026-03-12T15:11:40.000Z");
  });

  it("never ends after its issuer", () => {
    const end = new Date("2026-03-12T16:00:00Z");
    expect(lifetimeOf(NOW, 720, end).notAfter).toEqual(end);
  });

  it.each([1, 24, 168, 720])("%i h are the same hours for a successor", (hours) => {
    expect(hoursOf(lifetimeOf(NOW, hours, at(10_000)))).toBe(hours);
  });

  it("opens for renewal at the profile's share of it", () => {
    const life = { notBefore: at(0), notAfter: at(100) };
    expect(renewalOpensAt({ renewalOpensAtPercent: 0 }, life)).toEqual(at(0));
    expect(renewalOpensAt({ renewalOpensAtPercent: 50 }, life)).toEqual(at(50));
  });
});

it.each([
  ["node", "gpu-7", "gpu-7.swarm.local"],
  ["service", "gpu-7.rack-3", "gpu-7.rack-3.swarm.local"],
  ["user", "anna.maria", "anna.maria"],
  ["node", `${"a".repeat(50)}.rack`, null],
])("the common name of %s %s is %s", (kind, name, expected) => {
  expect(commonNameOf(kind, name, "swarm.local")).toBe(expected);
});

it.each([
  ["in its first half", -1, 23, false, "fresh"],
  ["behind a revocation", -1, 23, true, "due"],
  ["at half of its life", -12, 12, false, "due"],
  ["at its end", -24, 0, false, "late"],
] as const)("a CRL %s", (_, from, to, isBehind, state) => {
  expect(crlStateOf({ thisUpdate: at(from), nextUpdate: at(to) }, isBehind, NOW)).toBe(state);
});

it.each([
  [{}, "open"],
  [{ expiresAt: NOW }, "expired"],
  [{ revokedAt: at(-1) }, "revoked"],
  [{ revokedAt: at(-1), expiresAt: at(-2) }, "revoked"],
  [{ usedAt: at(-1), expiresAt: NOW }, "used"],
])("a join token with %o is %s", (facts, state) => {
  expect(joinTokenStateOf({ usedAt: null, revokedAt: null, expiresAt: at(1), ...facts }, NOW)).toBe(state);
});
