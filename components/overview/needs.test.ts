import { describe, expect, it } from "vitest";
import type { FailedRenewal } from "@/server/certificates/attention-contract";
import type { InventoryRow } from "@/server/certificates/inventory-contract";
import type { IdentitySummary } from "@/server/identities/contract";
import { needsOf, nowLine } from "./needs";
import type { NeedsFacts } from "./read-needs";

const now = Date.parse("2026-03-12T14:32:00Z");
const HOUR = 3_600_000;

function due(name: string, endsInHours: number): InventoryRow {
  const notAfter = now + endsInHours * HOUR;
  return {
    serial: `serial-${name}`,
    name,
    notAfter,
    notBefore: notAfter - 240 * HOUR,
    renewAfter: notAfter - 80 * HOUR,
  } as InventoryRow;
}

function facts(change: Partial<NeedsFacts>): NeedsFacts {
  return {
    now,
    attention: {
      alerts: [],
      failedRenewals: [],
      lateCrls: [],
      keyProtection: { master: "passphrase", besideDatabase: false },
    },
    due: page([]),
    dueInAll: 0,
    dueWithinDay: 0,
    locked: [],
    peopleWithoutSecondFactor: { count: 0, isExact: true },
    iHaveNoSecondFactor: false,
    ...change,
  };
}

/** A refused renewal of a certificate. */
function failed(row: InventoryRow): FailedRenewal {
  return {
    ...row,
    kind: "node",
    identityId: `nod_${row.name}`,
    failures: 3,
    lastAt: new Date(now),
    lastMessage: "no",
    notBefore: new Date(row.notBefore),
    notAfter: new Date(row.notAfter),
    renewAfter: new Date(row.renewAfter),
  };
}

const attentionTo = (failedRenewals: FailedRenewal[]) => ({ ...facts({}).attention, failedRenewals });
const page = (rows: InventoryRow[]) => ({ rows, next: null, previous: null, isPartial: false, now });
const titles = (of: NeedsFacts) => needsOf(of).map((need) => need.title);

describe("what needs a person", () => {
  it("is nothing when all is well, and is said so", () => {
    expect(needsOf(facts({}))).toEqual([]);
    expect(nowLine([], now)).toBe("Nothing needs a person.");
  });

  it("counts and times what breaks", () => {
    const two = facts({ due: page([due("gpu-1", 5.2), due("gpu-2", 9)]), dueWithinDay: 2, dueInAll: 2 });
    expect(titles(two)).toEqual(["2 certificates end within 24 h and missed their renewal"]);
    expect(nowLine(needsOf(two), now)).toBe("One thing needs a person. The nearest breaks in 5 h 12 min.");
  });

  it("speaks of one certificate by its name, and leads to it", () => {
    const [need] = needsOf(facts({ due: page([due("gpu-1", 200)]), dueInAll: 1 }));
    expect(need).toMatchObject({
      title: "gpu-1 missed its renewal",
      tone: "warn",
      action: { href: "/certificates/serial-gpu-1" },
    });
  });

  it("leaves those whose renewal was refused out of the count, and lists them by themselves", () => {
    const rows = [due("gpu-1", 5), due("gpu-2", 18), due("gpu-3", 46)];
    const attention = attentionTo([failed(due("gpu-3", 46))]);
    const three = facts({ due: page(rows), dueWithinDay: 2, dueInAll: 3, attention });
    expect(titles(three)).toEqual([
      "2 certificates end within 24 h and missed their renewal",
      "gpu-3 cannot renew its certificate",
    ]);
    expect(needsOf(three)[0]?.reason).toContain("gpu-1 and gpu-2 do not renew");
  });

  it("does not take a refused renewal off the count that came before it was due", () => {
    const early = { ...failed(due("gpu-9", 20)), renewAfter: new Date(now + HOUR) };
    const two = facts({
      due: page([due("gpu-1", 5), due("gpu-2", 9)]),
      dueWithinDay: 2,
      dueInAll: 2,
      attention: attentionTo([early]),
    });
    expect(titles(two)).toContain("2 certificates end within 24 h and missed their renewal");
  });

  it.each([
    [2, ["node 1 is locked", "node 2 is locked"]],
    [12, ["12 nodes are locked"]],
  ])("says of %d locked nodes what they are called, or how many they are", (total, expected) => {
    const items = Array.from({ length: Math.min(3, total) }, (_, at) => lockedNode(at + 1));
    const needs = needsOf(facts({ locked: [{ kind: "node", items, total }] }));
    expect(needs.map(({ title }) => title)).toEqual(expected);
    expect(needs[0]?.action.href).toBe(total > 3 ? "/nodes?state=locked" : "/nodes/nod_1");
  });

  it("says “at least” where not everybody was looked at", () => {
    const others = { count: 40, isExact: false };
    expect(titles(facts({ peopleWithoutSecondFactor: others }))).toEqual([
      "At least 40 other people sign in with a password alone",
    ]);
  });
});

function lockedNode(n: number): IdentitySummary {
  const since = new Date(now - HOUR);
  return {
    ...{ id: `nod_${n}`, kind: "node", name: `node-${n}`, displayName: `node ${n}`, email: null, team: null },
    ...{ labels: {}, state: "locked", stateReason: "a test", stateChangedAt: since, createdAt: since },
    ...{ lastSeenAt: null, lastSeenAddress: null, roles: [], hasSecondFactor: null },
  };
}
