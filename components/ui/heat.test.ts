import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gridLine } from "./bar-chart";
import { quantileSteps, stepOf } from "./heat";

describe("heat steps", () => {
  it("are none when nothing ends, and one for a single count", () => {
    expect(quantileSteps([])).toEqual([]);
    expect(quantileSteps([0, 0])).toEqual([]);
    expect(quantileSteps([0, 7, 7])).toEqual([{ from: 7, to: 7 }]);
  });

  it("hold nearly the same number of days each", () => {
    expect(quantileSteps([1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000])).toEqual([
      { from: 1, to: 2 },
      { from: 3, to: 4 },
      { from: 5, to: 6 },
      { from: 7, to: 8 },
      { from: 9, to: 1_000 },
    ]);
  });

  it("cover every count, never overlap, and never shrink as counts grow", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5_000 }), { maxLength: 84 }), (counts) => {
        const steps = quantileSteps(counts);
        expect(steps.length).toBeLessThanOrEqual(5);
        steps.forEach((step, index) => {
          expect(step.from).toBeLessThanOrEqual(step.to);
          const before = steps[index - 1];
          if (before) expect(step.from).toBeGreaterThan(before.to);
        });
        for (const count of counts) {
          const step = steps[stepOf(count, steps) - 1];
          if (count === 0) expect(step).toBeUndefined();
          else expect(step && step.from <= count && count <= step.to).toBe(true);
        }
      }),
    );
  });
});

describe("the grid line of a bar chart", () => {
  it.each([
    [0, 1],
    [1, 1],
    [4, 4],
    [9, 8],
    [19, 15],
    [64, 60],
    [199, 150],
    [2_000, 2_000],
  ])("of a highest bar of %d is %d", (most, line) => {
    expect(gridLine(most)).toBe(line);
  });
});
