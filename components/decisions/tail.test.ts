import { describe, expect, it } from "vitest";
import type { DecisionPage, DecisionRow } from "@/server/policies/decision-contract";
import { MOST, tailOf, withAllShown, withArrivals } from "./tail";

const row = (seq: number): DecisionRow => ({
  ...{ seq, at: new Date(seq), requestId: `req_${seq}`, action: "workload.run", workloadKind: null },
  ...{ decision: "allow", policies: [], reason: null, epoch: 1, latencyMicros: 80 },
  asker: { kind: "node", id: "nod_7", name: "gpu-7" },
  subject: { type: "Node", id: "gpu-7" },
  resource: { type: "Compute", id: "gpu-7" },
});
/** The rows from one number down to another. */
const page = (from: number, to: number, next: number | null = null): DecisionPage => ({
  rows: Array.from({ length: from - to + 1 }, (_, at) => row(from - at)),
  next,
  newest: from,
});
const seqs = ({ rows }: { rows: readonly DecisionRow[] }) => rows.map(({ seq }) => seq);

describe("a list that is followed", () => {
  it("keeps its rows where they are until what came is shown", () => {
    const before = tailOf(page(3, 1));
    const after = withArrivals(withArrivals(before, page(4, 4), "goes on"), page(6, 5), "goes on");
    expect(seqs(after)).toEqual([3, 2, 1]);
    expect(after).toMatchObject({ newest: 6, waiting: { isGap: false } });
    expect(seqs(after.waiting)).toEqual([6, 5, 4]);
    expect(seqs(withAllShown(after))).toEqual([6, 5, 4, 3, 2, 1]);
    expect(withAllShown(after).waiting.rows).toEqual([]);
  });

  it("takes nothing twice that a page shows again", () => {
    const after = withArrivals(tailOf(page(3, 1)), page(5, 1), "goes on");
    expect(seqs(after.waiting)).toEqual([5, 4]);
  });

  it("goes on from where nothing came that fits", () => {
    const after = withArrivals(tailOf(page(3, 1)), { rows: [], next: null, newest: 40 }, "goes on");
    expect(after).toMatchObject({ newest: 40, waiting: { rows: [] } });
  });

  it("starts anew where more came than it was given", () => {
    const after = withArrivals(tailOf(page(3, 1)), page(900, 801, 801), "leaves a gap");
    expect(seqs(after)).toEqual([3, 2, 1]);
    const shown = withAllShown(after);
    expect(shown).toMatchObject({ next: 801, newest: 900 });
    expect(seqs(shown)[0]).toBe(900);
    expect(shown.rows).toHaveLength(100);
  });

  it("leads to the next page for what it no longer holds", () => {
    const after = withAllShown(withArrivals(tailOf(page(MOST, 1)), page(MOST + 10, MOST + 1), "goes on"));
    expect(after.rows).toHaveLength(MOST);
    expect(after.next).toBe(11);

    const away = withArrivals(tailOf(page(1, 1)), page(MOST + 5, 2), "goes on");
    expect(away.waiting).toMatchObject({ isGap: true, next: 6 });
    expect(withAllShown(away)).toMatchObject({ next: 6, newest: MOST + 5 });
  });
});
