import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { csvLine } from "@/server/platform/csv";
import type { DecisionExportFormat, DecisionFilter, DecisionRow } from "./decision-contract";
import { type Range, rangeOf, selectOldest } from "./decision-read-store";
import { turn } from "./turn";

const BATCH = 1_000;
const HEAD = [
  ...["seq", "at", "decision", "asker_kind", "asker", "asker_id", "subject_type", "subject", "action"],
  ...["resource_type", "resource", "workload_kind", "policies", "reason", "epoch", "latency_us", "request_id"],
];

/** The decisions that a filter shows, the oldest first, as text in pieces. That they were exported is in the audit log. */
export async function exportDecisions(
  ctx: Context,
  filter: DecisionFilter,
  format: DecisionExportFormat,
): Promise<AsyncGenerator<string, void>> {
  const permit = await authorize(ctx, "decision.list", { type: "Decision", id: "*" });
  const range = rangeOf(ctx.read, filter);
  await commit(permit, async () => ({
    value: undefined,
    event: { kind: "decision.exported", detail: { filter, format, through: range.last } },
  }));
  return write(ctx, filter, format, range);
}

async function* write(ctx: Context, filter: DecisionFilter, format: DecisionExportFormat, { first, last }: Range) {
  if (format === "csv") yield csvLine(HEAD);
  for (let next = first; next <= last; ) {
    const { rows, upTo } = await selectOldest(ctx.read, filter, { first: next, last }, BATCH);
    if (rows.length > 0) yield rows.map(format === "csv" ? csvOf : (row) => `${JSON.stringify(row)}\n`).join("");
    next = upTo + 1;
    await turn();
  }
}

function csvOf({ asker, subject, resource, ...row }: DecisionRow): string {
  return csvLine([
    ...[row.seq, row.at.toISOString(), row.decision, asker.kind, asker.name, asker.id, subject.type, subject.id],
    ...[row.action, resource.type, resource.id, row.workloadKind, row.policies.join(" "), row.reason, row.epoch],
    ...[row.latencyMicros, row.requestId],
  ]);
}
