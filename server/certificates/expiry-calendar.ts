import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { ExpiryCalendar, InventoryStatus } from "./inventory-contract";
import { type Cell, spansOf } from "./inventory-model";
import { countSpan, selectCells, selectDays } from "./inventory-store";

const DAY = 86_400_000;

/** Twelve weeks, today the first. */
const DAYS = 84;

/** How many certificates end on each of the next 84 days, UTC, and how many of them are past the time of renewal. */
export async function readExpiryCalendar(ctx: Context): Promise<ExpiryCalendar> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const now = ctx.now().getTime();
  const today = Math.floor(now / DAY);
  const days = Array.from({ length: DAYS }, (_, at) => ({ day: nameOf(today + at), ending: 0, due: 0 }));
  for (const cell of selectCells(ctx.read)) {
    for (const { day, certificates } of selectDays(ctx.read, cell.id, today, today + DAYS)) {
      const entry = days[day - today];
      if (!entry || certificates === 0) continue;
      const from = day * DAY;
      const ending = day === today ? countOf(ctx.read, cell, ["due", "active"], from, now) : certificates;
      entry.ending += ending;
      if (from + DAY <= now + cell.leadFrom + 1) entry.due += ending;
      else if (from < now + cell.leadTo) entry.due += countOf(ctx.read, cell, ["due"], from, now);
    }
  }
  return { days, now };
}

/** How many certificates of a cell that end on a day have one of the statuses. */
function countOf(
  db: ReadDatabase,
  cell: Cell,
  statuses: readonly InventoryStatus[],
  from: number,
  now: number,
): number {
  return spansOf(cell, new Set(statuses), { from, to: from + DAY }, now).reduce(
    (sum, span) => sum + countSpan(db, cell.id, span, now),
    0,
  );
}

function nameOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
