import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { AuditDetail, GetAuditInput } from "./contract";
import type { AuditEntry } from "./model";
import { findEntry, rowOf } from "./read-store";

/** The whole of one entry. @throws {Missing} when the log has no such place. */
export async function getAuditEntry(ctx: Context, input: GetAuditInput): Promise<AuditDetail> {
  await authorize(ctx, "audit.read", { type: "AuditEntry", id: String(input.seq) });
  const stored = await findEntry(ctx.read, input.seq);
  if (!stored) throw new Missing("audit entry", String(input.seq));

  const entry = JSON.parse(stored.canonical) as AuditEntry;
  return {
    ...rowOf(stored),
    requestId: stored.requestId,
    userAgent: entry.origin.userAgent ?? null,
    provedBy: [...entry.actor.provedBy],
    roles: [...entry.actor.roles],
    policyVersion: stored.policyVersion,
    detail: entry.detail ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    canonical: stored.canonical,
    leafHash: stored.leafHash.toString("hex"),
  };
}
