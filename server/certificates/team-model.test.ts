import { expect, it } from "vitest";
import { fewMembers } from "./team-model";

it.each([
  // Of a million certificates, a hundred of a team that has 10,000 lie among the first 10,000.
  [1_000_000, 100, 10_000, 2_500],
  [1_000_000, 100, 5_000, 1_250],
  [10_000, 100, 10_000, 250],
  [10_000, 1, 10_000, 25],
  [100_000_000, 100, 10_000, 2_500],
  [0, 100, 10_000, 0],
])(
  "of %i certificates, a page of %i is sought by member up to so many, %i rows at the most",
  (all, wanted, most, few) => {
    expect(fewMembers(all, wanted, most)).toBe(few);
  },
);

it("never reads more rows of members than would be tried in the order", () => {
  for (const all of [1, 50, 300, 10_000, 250_000, 4_000_000]) {
    for (const wanted of [1, 20, 101, 501]) {
      const own = fewMembers(all, wanted, 10_000) * 4;
      expect(own * own).toBeLessThanOrEqual(wanted * all);
    }
  }
});
