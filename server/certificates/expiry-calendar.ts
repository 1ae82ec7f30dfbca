import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { type AskedSpan, countSpans, selectDays } from "./inventory-count-store";
import type { ExpiryCalendar, InventoryStatus } from "./inventory-contract";
import { type Cell, spansOf } from "./inventory-model";
import { selectCells } from "./inventory-store";

const DAY = 86_400_000;

/** Twelve weeks, today the first. */
const DAYS = 84;

/** How many certificates end on each of the next 84 days, UTC, and how many of them are past the time of renewal. */
export async function readExpiryCalendar(ctx: Context): Promise<ExpiryCalendar> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const now = ctx.now().getTime();
  const today = Math.floor(now / DAY);
  const days = Array.from({ length: DAYS }, (_, at) => ({ day: nameOf(today + at), ending: 0, due: 0 }));
  const asked: AskedSpan[] = [];
  for (const cell of selectCells(ctx.read)) {
    for (const { day, certificates } of selectDays(ctx.read, cell.id, today, today + DAYS)) {
      const entry = days[day - today];
      if (!entry || certificates === 0) continue;
      const from = day * DAY;
      const isAllDue = from + DAY <= now + cell.leadFrom + 1;
      // Some of today's have ended already, and a day in which certificates become due has some of both.
      if (day === today || (!isAllDue && from < now + cell.leadTo)) asked.push(...spansOfDay(cell, day, now));
      else {
        entry.ending += certificates;
        if (isAllDue) entry.due += certificates;
      }
    }
  }
  for (const { tag, certificates } of countSpans(ctx.read, asked, now)) {
    const entry = days[Math.floor(tag / 2) - today];
    if (!entry) continue;
    entry.ending += certificates;
    if (tag % 2 === 1) entry.due += certificates;
  }
  return { days, now };
}

/** What of a cell ends on a day and has not ended: tagged with twice the day, and one more where it is due. */
function spansOfDay(cell: Cell, day: number, now: number): AskedSpan[] {
  const spans = (status: InventoryStatus) =>
    spansOf(cell, new Set([status]), { from: day * DAY, to: (day + 1) * DAY }, now);
  return (["active", "due"] as const).flatMap((status, isDue) =>
    spans(status).map((span) => ({ cell: cell.id, span, tag: 2 * day + isDue })),
  );
}

function nameOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
