import type { ReadDatabase } from "@/server/kernel/context";
import type { InventoryFilter, InventoryStatus } from "./inventory-contract";
import { type Area, joinSpans, STATUSES, spansOf, wantedStatuses, wantedTeams, windowOf } from "./inventory-model";
import type { Segment } from "./inventory-order-model";
import { type Leg, type Look, reachesOf } from "./inventory-leg-store";

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

/** Whether there are rows in an area of teams that a filter does not want. */
export function mustAskForTeam({ team }: Area, filter: InventoryFilter): boolean {
  return team === null && wantedTeams(filter) !== undefined;
}

/** The index ranges in which the rows of a segment lie. */
export function legsOf(
  db: ReadDatabase,
  { key, isDescending: isTurned }: Segment,
  statuses: ReadonlySet<InventoryStatus>,
  areas: readonly Area[],
  { filter, now, direction }: Way,
): Leg[] {
  const isDescending = isTurned === (direction === "next");
  const isMixed = key !== "ends" && isRestricted(filter);
  const spans = areas.flatMap((area) => {
    const look: Look = mustAskForTeam(area, filter) ? "at facts and team" : isMixed ? "at facts" : "nowhere";
    const own = joinSpans(spansOf(area.cell, statuses, windowOf(filter), now));
    return own.map((span) => ({ area, span, look }));
  });
  if (key === "ends") {
    return spans.map(({ area, span, look }) => {
      const { fact, from, to, check } = span;
      return {
        key,
        isDescending,
        area,
        fact,
        from,
        to,
        look: check !== null && look === "nowhere" ? "at facts" : look,
      };
    });
  }
  if (key === "name") {
    const byArea = new Map(spans.map(({ area, look }) => [area, look]));
    return [...byArea].map(([area, look]) => ({ key, isDescending, area, fact: null, from: 0, to: 0, look }));
  }
  const reaches = reachesOf(db, spans);
  return joinLegs(
    spans.flatMap(({ area, span, look }, at) => {
      const reach = reaches[at];
      if (!reach) return [];
      return { key, isDescending, area, fact: span.fact, from: reach.first, to: reach.last + 1, look };
    }),
  );
}

/** One leg for each area and fact: ranges of the order of issuance can overlap where ranges of ends do not. */
function joinLegs(legs: readonly Leg[]): Leg[] {
  const joined = new Map<string, Leg>();
  for (const leg of legs) {
    const key = `${leg.area.cell.id}:${leg.fact}:${leg.area.team}`;
    const known = joined.get(key) ?? leg;
    joined.set(key, { ...leg, from: Math.min(known.from, leg.from), to: Math.max(known.to, leg.to) });
  }
  return [...joined.values()];
}
