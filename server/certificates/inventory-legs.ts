import type { ReadDatabase } from "@/server/kernel/context";
import type { InventoryFilter, InventoryStatus } from "./inventory-contract";
import { type Cell, joinSpans, STATUSES, spansOf, wantedStatuses, windowOf } from "./inventory-model";
import type { Segment } from "./inventory-order-model";
import { type Leg, reachOf } from "./inventory-store";

/** What is walked, and which way. */
export interface Way {
  readonly filter: InventoryFilter;
  readonly now: number;
  readonly direction: "next" | "previous";
}

/** Whether a filter leaves out rows by their status or end. */
export function isRestricted(filter: InventoryFilter): boolean {
  return (
    wantedStatuses(filter).size < STATUSES.length || filter.endsAfter !== undefined || filter.endsBefore !== undefined
  );
}

/** The index ranges of a segment. `mustLook`: they also hold rows that are not wanted. */
export function legsOf(
  db: ReadDatabase,
  segment: Segment,
  statuses: ReadonlySet<InventoryStatus>,
  cells: readonly Cell[],
  { filter, now, direction }: Way,
): { legs: Leg[]; mustLook: boolean } {
  const isDescending = segment.isDescending === (direction === "next");
  const legs: Leg[] = [];
  let mustLook = segment.key !== "ends" && isRestricted(filter);
  for (const cell of cells) {
    const spans = joinSpans(spansOf(cell, statuses, windowOf(filter), now));
    if (segment.key === "name") {
      if (spans.length > 0) legs.push({ key: "name", isDescending, cell: cell.id, fact: null, from: 0, to: 0 });
      continue;
    }
    for (const span of spans) {
      const leg = { key: segment.key, isDescending, cell: cell.id, fact: span.fact };
      if (segment.key === "ends") {
        mustLook ||= span.check !== null;
        legs.push({ ...leg, from: span.from, to: span.to });
        continue;
      }
      const reach = reachOf(db, cell.id, span);
      if (reach) legs.push({ ...leg, from: reach.first, to: reach.last + 1 });
    }
  }
  return { legs: segment.key === "order" ? joinLegs(legs) : legs, mustLook };
}

/** One leg for each cell and fact: ranges of the order of issuance can overlap where ranges of ends do not. */
function joinLegs(legs: readonly Leg[]): Leg[] {
  const joined = new Map<string, Leg>();
  for (const leg of legs) {
    const known = joined.get(`${leg.cell}:${leg.fact}`) ?? leg;
    const bounds = { from: Math.min(known.from, leg.from), to: Math.max(known.to, leg.to) };
    joined.set(`${leg.cell}:${leg.fact}`, { ...leg, ...bounds });
  }
  return [...joined.values()];
}
