import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { csvLine } from "@/server/platform/csv";
import { askedFilter } from "./asked-filter";
import { type AuditExportFormat, AuditFilter } from "./contract";
import { type AskedFilter, countMatches, newestSeq, selectBatch, type StoredEntry } from "./read-store";

const BATCH = 1_000;
const HEAD = [
  "seq",
  "at",
  "kind",
  "action",
  "outcome",
  "actor",
  "actor_id",
  "address",
  "object_type",
  "object_id",
  "object",
  "policy_version",
  "leaf_sha256",
];

/**
 * Exactly the entries that a filter shows, oldest first, as text in pieces. NDJSON lines are the canonical bytes of each
 * entry, so that their SHA-256 is the leaf hash. That it was exported is itself in the log.
 */
export async function exportAudit(
  ctx: Context,
  input: AuditFilter,
  format: AuditExportFormat,
): Promise<AsyncGenerator<string, void>> {
  const filter = AuditFilter.parse(input);
  const permit = await authorize(ctx, "audit.export", { type: "AuditEntry", id: "*" });
  const through = await newestSeq(ctx.read);
  const asked = await askedFilter(ctx, filter);
  const { count, isExact } = await countMatches(ctx.read, asked);

  await commit(permit, async () => ({
    value: undefined,
    event: { kind: "audit.exported", detail: { filter, format, through, entries: isExact ? count : `over ${count}` } },
  }));
  return write(ctx, asked, format, through);
}

async function* write(ctx: Context, filter: AskedFilter, format: AuditExportFormat, through: number) {
  if (format === "csv") yield csvLine(HEAD);
  for (let after = 0; ; ) {
    const batch = await selectBatch(ctx.read, filter, after, through, BATCH);
    if (batch.length === 0) return;
    yield batch.map(format === "csv" ? csvOf : (entry) => `${entry.canonical}\n`).join("");
    after = batch.at(-1)?.seq ?? through;
  }
}

function csvOf(entry: StoredEntry): string {
  return csvLine([
    entry.seq,
    entry.at.toISOString(),
    entry.kind,
    entry.action,
    entry.outcome,
    entry.actorName,
    entry.actorId,
    entry.address,
    entry.objectType,
    entry.objectId,
    entry.objectName,
    entry.policyVersion,
    entry.leafHash.toString("hex"),
  ]);
}
