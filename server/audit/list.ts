import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { askedFilter } from "./asked-filter";
import { type AuditPage, ListAuditInput } from "./contract";
import { countMatches, rowOf, selectPage } from "./read-store";

/** A page of the audit log, newest first. @throws {Forbidden} for everyone who may not read it. */
export async function listAudit(ctx: Context, input: ListAuditInput): Promise<AuditPage> {
  await authorize(ctx, "audit.list", { type: "AuditEntry", id: "*" });
  const { before, limit, ...wanted } = ListAuditInput.parse(input);

  const filter = await askedFilter(ctx, wanted);
  const rows = await selectPage(ctx.read, filter, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    rows: shown.map(rowOf),
    next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
    total: await countMatches(ctx.read, filter),
  };
}
