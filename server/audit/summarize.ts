import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { askedFilter } from "./asked-filter";
import { type AuditFacets, AuditFilter, type AuditHistogram, AuditHistogramInput } from "./contract";
import { countByHour, countByKind } from "./read-store";

const HOUR_MS = 3_600_000;

/** Entries by hour up to now, the hours without any included. */
export async function auditHistogram(ctx: Context, input: AuditHistogramInput): Promise<AuditHistogram> {
  await authorize(ctx, "audit.list", { type: "AuditEntry", id: "*" });
  const { lastHours, ...filter } = AuditHistogramInput.parse(input);

  const lastHour = Math.floor(ctx.now().getTime() / HOUR_MS);
  const firstHour = lastHour - lastHours + 1;
  const counts = await countByHour(ctx.read, {
    ...(await askedFilter(ctx, filter)),
    from: new Date(firstHour * HOUR_MS),
  });
  const hours = Array.from({ length: lastHours }, (_, index) => ({
    at: new Date((firstHour + index) * HOUR_MS),
    done: 0,
    refused: 0,
  }));
  for (const { hour, outcome, n } of counts) {
    const bar = hours[hour - firstHour];
    if (bar) bar[outcome] += n;
  }
  return { hours };
}

/** What kinds of events a filter leaves, and how many of each; the chosen kind and outcome do not narrow themselves. */
export async function auditFacets(ctx: Context, input: AuditFilter): Promise<AuditFacets> {
  await authorize(ctx, "audit.list", { type: "AuditEntry", id: "*" });
  const { kind, outcome, ...rest } = AuditFilter.parse(input);

  const counts = await countByKind(ctx.read, await askedFilter(ctx, rest));
  const kinds = new Map<string, number>();
  const outcomes = { done: 0, refused: 0 };
  for (const row of counts) {
    if (!outcome || row.outcome === outcome) kinds.set(row.kind, (kinds.get(row.kind) ?? 0) + row.n);
    if (!kind || row.kind === kind) outcomes[row.outcome] += row.n;
  }
  return {
    kinds: [...kinds].map(([name, n]) => ({ kind: name, count: n })).sort((a, b) => b.count - a.count),
    outcomes,
  };
}
