import { describe, expect, it } from "vitest";
import type { InventoryRow } from "@/server/certificates/inventory-contract";
import { needsOf, nowLine } from "./needs";
import type { Overview } from "./read-overview";

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

function overview(change: Partial<Overview>, dueCount = 0): Overview {
  return {
    now,
    attention: {
      alerts: [],
      failedRenewals: [],
      lateCrls: [],
      keyProtection: { master: "passphrase", besideDatabase: false },
    },
    due: { rows: [], next: null, previous: null, isPartial: false, now },
    dueWithinDay: 0,
    totals: { status: [{ value: "due", label: "Late", count: dueCount, isExact: true }] },
    locked: [],
    peopleWithoutSecondFactor: 0,
    iHaveNoSecondFactor: false,
    ...change,
  } as Overview;
}

const page = (rows: InventoryRow[]) => ({ rows, next: null, previous: null, isPartial: false, now });
const titles = (view: Overview) => needsOf(view).map((need) => need.title);

describe("what needs a person", () => {
  it("is nothing when all is well, and is said so", () => {
    expect(needsOf(overview({}))).toEqual([]);
    expect(nowLine([], now)).toBe("Nothing needs a person.");
  });

  it("counts and times what breaks", () => {
    const view = overview({ due: page([due("gpu-1", 5.2), due("gpu-2", 9)]), dueWithinDay: 2 }, 2);
    expect(titles(view)).toEqual(["2 certificates end within 24 h and missed their renewal"]);
    expect(nowLine(needsOf(view), now)).toBe("One thing needs a person. The nearest breaks in 5 h 12 min.");
  });

  it("speaks of one certificate by its name, and leads to it", () => {
    const [need] = needsOf(overview({ due: page([due("gpu-1", 200)]) }, 1));
    expect(need).toMatchObject({
      title: "gpu-1 missed its renewal",
      tone: "warn",
      action: { href: "/certificates/serial-gpu-1" },
    });
  });

  it("leaves those whose renewal was refused out of the count, and lists them by themselves", () => {
    const failed = {
      ...due("gpu-3", 46),
      kind: "node",
      identityId: "nod_3",
      failures: 3,
      lastAt: new Date(now),
      lastMessage: "no",
    };
    const view = overview(
      {
        due: page([due("gpu-1", 5), due("gpu-2", 18), due("gpu-3", 46)]),
        dueWithinDay: 2,
        attention: {
          ...overview({}).attention,
          failedRenewals: [
            {
              ...failed,
              kind: "node",
              notBefore: new Date(failed.notBefore),
              notAfter: new Date(failed.notAfter),
              renewAfter: new Date(failed.renewAfter),
            },
          ],
        },
      },
      3,
    );
    expect(titles(view)).toEqual([
      "2 certificates end within 24 h and missed their renewal",
      "gpu-3 cannot renew its certificate",
    ]);
    expect(needsOf(view)[0]?.reason).toContain("gpu-1 and gpu-2 do not renew");
  });
});
