import { describe, expect, it } from "vitest";
import type { RevocationConsequences } from "@/server/certificates/contract";
import { outcomesOf, skippedOf } from "./consequences";

const NOW = Date.UTC(2026, 2, 12, 14, 32);

function consequences(changes: Partial<RevocationConsequences>): RevocationConsequences {
  return {
    ...{ serial: "0a", name: "gpu-7", kind: "node", identityId: "nod_7", isRevocable: true },
    ...{ notRevocableBecause: null, notAfter: new Date(NOW), otherValid: [], otherValidCount: 0, newerValid: null },
    ...{ isCutOff: true, lastSeenAt: null, lastSeenAddress: null, summary: "" },
    ...changes,
  };
}

describe("what revoking does", () => {
  it("says that an identity without another certificate is cut off", () => {
    expect(outcomesOf([consequences({ lastSeenAt: new Date(NOW - 60_000) })], NOW)).toMatchObject([
      {
        isCutOff: true,
        strong: "Node gpu-7 is cut off at once;",
        rest: "no newer certificate exists. It was last seen 1 min ago.",
      },
    ]);
  });

  it("sees that the certificates chosen together are all that an identity has", () => {
    const both = [
      consequences({ serial: "0a", otherValidCount: 1, isCutOff: false }),
      consequences({ serial: "0b", otherValidCount: 1, isCutOff: false }),
    ];
    expect(outcomesOf(both, NOW)).toMatchObject([{ isCutOff: true, kept: 0 }]);
    expect(outcomesOf(both.slice(1), NOW)).toMatchObject([{ isCutOff: false, kept: 1 }]);
  });

  it("leaves out what is revoked or ended, and says the cut off ones first", () => {
    const all = [
      consequences({ serial: "0a", identityId: "nod_1", name: "a", otherValidCount: 3 }),
      consequences({ serial: "0b", identityId: "nod_2", name: "b" }),
      consequences({ serial: "0c", identityId: "nod_3", name: "c", isRevocable: false }),
    ];
    expect(outcomesOf(all, NOW).map(({ name }) => name)).toEqual(["b", "a"]);
    expect(skippedOf(all).map(({ name }) => name)).toEqual(["c"]);
  });
});
