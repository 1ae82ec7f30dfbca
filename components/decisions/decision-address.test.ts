import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DecisionAddress, decisionsFileHref, decisionsHref, readDecisionAddress } from "./decision-address";

const text = fc
  .string({ minLength: 1, maxLength: 20 })
  .map((value) => value.trim())
  .filter(Boolean);
const date = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
const filter = fc.record(
  {
    ...{ subject: text, subjectType: text, asker: text, action: text, resource: text, resourceType: text },
    ...{ workloadKind: text, policy: text, from: date, until: date },
    decision: fc.constantFrom("allow" as const, "deny" as const),
    epoch: fc.integer({ min: 0, max: 1e9 }),
  },
  { requiredKeys: [] },
);
const address: fc.Arbitrary<DecisionAddress> = fc.record(
  {
    filter,
    before: fc.integer({ min: 1, max: 1e9 }),
    isLive: fc.constant(true),
    open: fc.integer({ min: 1, max: 1e9 }),
  },
  { requiredKeys: ["filter"] },
);

describe("the address of the decisions", () => {
  it("reads what it wrote", () => {
    fc.assert(
      fc.property(address, (wanted) => {
        const url = new URL(decisionsHref(wanted), "http://console");
        expect(readDecisionAddress(Object.fromEntries(url.searchParams))).toEqual(wanted);
      }),
    );
  });

  it("opens the decision of a number, as the impact of a draft links to it", () => {
    expect(readDecisionAddress({ decision: "412" })).toMatchObject({ filter: {}, open: 412 });
  });

  it("names in the address of a file what the contract names", () => {
    expect(decisionsFileHref({ decision: "deny", epoch: 0 }, "csv")).toBe(
      "/api/export/decisions?format=csv&decision=deny&epoch=0",
    );
  });

  it.each([
    [{ outcome: "maybe" }],
    [{ decision: "deny" }],
    [{ before: "-1" }],
    [{ epoch: "first" }],
    [{ from: "yesterday" }],
    [{ live: "yes" }],
    [{ policy: "x".repeat(500) }],
  ])("leaves out what it cannot understand: %j", (parameters) => {
    expect(decisionsHref(readDecisionAddress(parameters as Record<string, string>))).toBe("/decisions");
  });
});
