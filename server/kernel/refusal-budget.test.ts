import { describe, expect, it } from "vitest";
import { MOST_NETWORKS, ONE_MORE_EVERY_MS, RefusalBudget, REFUSALS_AT_ONCE } from "./refusal-budget";

const start = Date.parse("2026-03-12T14:32:00Z");
const at = (ms: number) => new Date(start + ms);

function takeMany(budget: RefusalBudget, network: string, times: number, now = start): number {
  let taken = 0;
  for (let time = 0; time < times; time++) if (budget.take(network, now) === 0) taken++;
  return taken;
}

describe("the refusals of one network", () => {
  it("are written until there were too many at once, and then one every so often", () => {
    const budget = new RefusalBudget();
    expect(takeMany(budget, "192.0.2.7", REFUSALS_AT_ONCE + 40)).toBe(REFUSALS_AT_ONCE);
    expect(budget.take("192.0.2.7", start)).toBe(ONE_MORE_EVERY_MS);
    expect(budget.take("192.0.2.7", start + ONE_MORE_EVERY_MS / 4)).toBe((ONE_MORE_EVERY_MS * 3) / 4);
    expect(takeMany(budget, "192.0.2.7", 5, start + 3 * ONE_MORE_EVERY_MS)).toBe(3);
  });

  it("cost no other network anything", () => {
    const budget = new RefusalBudget();
    takeMany(budget, "192.0.2.7", 1000);
    expect(takeMany(budget, "192.0.2.8", 1000)).toBe(REFUSALS_AT_ONCE);
  });

  it("never hoard more than a full budget, and a clock that is set back gives nothing", () => {
    const budget = new RefusalBudget();
    takeMany(budget, "192.0.2.7", 1000);
    expect(takeMany(budget, "192.0.2.7", 1000, start + 1_000 * ONE_MORE_EVERY_MS)).toBe(REFUSALS_AT_ONCE);
    expect(takeMany(budget, "192.0.2.7", 1000, start)).toBe(0);
  });
});

describe("what was left out", () => {
  it("is due a minute after the last of it", () => {
    const budget = new RefusalBudget();
    takeMany(budget, "192.0.2.7", REFUSALS_AT_ONCE);
    for (const seconds of [0, 2, 4]) budget.take("192.0.2.7", start + seconds * 1000);
    const leftOut = { network: "192.0.2.7", count: 3, from: at(0), until: at(4_000) };
    expect(budget.leftOut(start + 63_999, "due")).toEqual([]);
    expect(budget.leftOut(start + 63_999, "all")).toEqual([leftOut]);
    expect(budget.leftOut(start + 64_000, "due")).toEqual([leftOut]);
  });

  it("is due after ten minutes when it goes on and on, and what came meanwhile is kept for the next time", () => {
    const budget = new RefusalBudget();
    takeMany(budget, "192.0.2.7", REFUSALS_AT_ONCE);
    for (let second = 0; second <= 600; second++) takeMany(budget, "192.0.2.7", 2, start + second * 1000);
    const [summed] = budget.leftOut(start + 600_000, "due");
    expect(summed).toMatchObject({ until: at(600_000), count: 1202 - 600_000 / ONE_MORE_EVERY_MS });

    budget.take("192.0.2.7", start + 601_000);
    budget.forget(summed ? [summed] : []);
    expect(budget.leftOut(start + 601_000, "all")).toEqual([
      { network: "192.0.2.7", count: 1, from: at(600_000), until: at(601_000) },
    ]);
    expect(budget.leftOut(start + 601_000, "due")).toEqual([]);
  });
});

describe("the number of networks", () => {
  it("is bounded: those beyond are counted together, until others have gone quiet", () => {
    const budget = new RefusalBudget();
    const busy = () => Array.from({ length: MOST_NETWORKS - 1 }, (_, index) => `network-${index}`);
    for (const network of busy()) budget.take(network, start);
    expect(takeMany(budget, "last-of-its-own", 1000)).toBe(REFUSALS_AT_ONCE);
    let written = 0;
    for (let index = 0; index < 500; index++) if (budget.take(`late-${index}`, start) === 0) written++;
    expect(written).toBe(REFUSALS_AT_ONCE);
    expect(budget.leftOut(start, "all").map(({ network, count }) => [network, count])).toEqual([
      ["last-of-its-own", 1000 - REFUSALS_AT_ONCE],
      ["other networks", 500 - REFUSALS_AT_ONCE],
    ]);

    const later = start + ONE_MORE_EVERY_MS;
    expect(takeMany(budget, "much-later", 1000, later)).toBe(REFUSALS_AT_ONCE);
    expect(budget.leftOut(later, "all").map(({ network }) => network)).toContain("much-later");
  });
});
