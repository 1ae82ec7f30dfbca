import { describe, expect, it } from "vitest";
import { lifeScale } from "./life-scale";

const NOW = Date.UTC(2026, 2, 12, 14, 32);
const DAY = 86_400_000;

describe("the scale of a life", () => {
  it.each([1 / 24, 1, 7, 30, 90, 365, 3650])("shows %d days with the present and seven marks at the most", (days) => {
    const life = { start: NOW - (days * DAY) / 2, end: NOW + (days * DAY) / 2 };
    const scale = lifeScale([life], NOW);
    expect(scale.percent(life.start)).toBeGreaterThan(0);
    expect(scale.percent(life.end)).toBeLessThan(100);
    expect(scale.percent(NOW)).toBeCloseTo(50, 0);
    expect(scale.marks.length).toBeGreaterThan(0);
    if (days < 3000) expect(scale.marks.length).toBeLessThanOrEqual(8);
  });

  it("keeps what lies outside at its edges", () => {
    const scale = lifeScale([{ start: NOW, end: NOW + DAY }], NOW);
    expect([scale.percent(0), scale.percent(NOW * 2)]).toEqual([0, 100]);
  });
});
