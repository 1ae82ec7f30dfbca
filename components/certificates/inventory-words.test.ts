import { describe, expect, it } from "vitest";
import type { CertificateStatus } from "@/server/certificates/contract";
import type { InventoryFacets } from "@/server/certificates/inventory-contract";
import { leadLine, nowLine } from "./inventory-words";

function facets(counts: Partial<Record<CertificateStatus, number>>): InventoryFacets {
  const status = Object.entries(counts).map(([value, count]) => ({ value, label: value, count, isExact: true }));
  const total = { count: status.reduce((sum, { count }) => sum + count, 0), isExact: true };
  return { total, status, kind: [], authority: [], profile: [], keyAlgorithm: [], now: 0 };
}

describe("the opening of the list of certificates", () => {
  it.each([
    [{ due: 4, active: 1224 }, 4, "4 certificates end within 24 h and will not renew by themselves."],
    [{ due: 1 }, 1, "1 certificate ends within 24 h and will not renew by itself."],
    [{ due: 2, active: 3 }, 0, "2 certificates are late to renew; none ends within 24 h."],
    [{ active: 40 }, 0, "All 40 certificates in use are on schedule."],
    [{ active: 1 }, 0, "The one certificate in use is on schedule."],
    [{ expired: 3 }, 0, "No certificate is valid now."],
  ])("says of %o with %d breaking: what needs a person", (counts, soon, line) => {
    expect(nowLine(facets(counts), facets({ due: soon }))).toBe(line);
  });

  it("says why the rest can wait", () => {
    const whole = facets({ due: 6, active: 1264, revoked: 16 });
    expect(leadLine(whole, facets({ due: 4 }), { filter: {} })).toBe(
      "They are listed first. 2 more are late, 1,264 are on schedule, 16 revoked.",
    );
    expect(leadLine(whole, facets({ due: 4 }), { filter: { kind: ["node"] } })).toBe(
      "2 more are late, 1,264 are on schedule, 16 revoked.",
    );
  });
});
