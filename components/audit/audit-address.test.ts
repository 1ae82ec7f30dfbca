import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AuditAddress, auditHref, readAuditAddress } from "./audit-address";

const text = fc
  .string({ minLength: 1, maxLength: 20 })
  .map((value) => value.trim())
  .filter(Boolean);
const address: fc.Arbitrary<AuditAddress> = fc.record(
  {
    filter: fc.record(
      {
        text,
        outcome: fc.constantFrom("done" as const, "refused" as const),
        kind: text,
        actorId: text,
        objectId: text,
        from: fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
        until: fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
      },
      { requiredKeys: [] },
    ),
    before: fc.integer({ min: 1, max: 1e9 }),
    open: fc.integer({ min: 1, max: 1e9 }),
  },
  { requiredKeys: ["filter"] },
);

describe("the address of the audit log", () => {
  it("reads what it wrote", () => {
    fc.assert(
      fc.property(address, (wanted) => {
        const url = new URL(auditHref(wanted), "http://console");
        expect(readAuditAddress(Object.fromEntries(url.searchParams))).toEqual(wanted);
      }),
    );
  });

  it.each([
    [{ outcome: "maybe" }],
    [{ before: "-1" }],
    [{ event: "1e9" }],
    [{ from: "yesterday" }],
    [{ kind: "x".repeat(500) }],
  ])("leaves out what it cannot understand: %j", (parameters) => {
    expect(readAuditAddress(parameters as Record<string, string>)).toMatchObject({ filter: {} });
    expect(auditHref(readAuditAddress(parameters as Record<string, string>))).toBe("/audit");
  });
});
