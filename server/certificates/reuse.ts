import type { Context } from "@/server/kernel/context";
import { commit, type Permit } from "@/server/kernel/permit";
import { insertAlert, recordRenewalFailure } from "./alert-store";
import { CredentialReused } from "./errors";
import type { CertificateRow } from "./store";

/** Locks the identity whose certificate was renewed twice, raises an alert, and says so in the audit log: one commit. */
export async function lockAfterReuse(ctx: Context, permit: Permit, row: CertificateRow): Promise<void> {
  const { kind, name, serial } = row;
  const at = ctx.now();
  const refusal = new CredentialReused(kind, name);
  const from = ctx.origin.address ?? "an unknown address";
  const detail = `certificate ${serial} of ${kind} ${name} was renewed at ${new Date(row.renewed_at ?? 0).toISOString()} and again from ${from}: two hold its key`;
  const identity = { type: "Identity", id: row.identity_id, name };

  await commit(permit, async (tx) => {
    await ctx.lockIdentity(tx, row.identity_id, "a certificate was renewed twice: its key may be stolen", at);
    recordRenewalFailure(tx, serial, refusal.code, refusal.message, at);
    const alertId = ctx.newId("alt");
    insertAlert(tx, {
      ...{ id: alertId, kind: "stolen_credential", identity_id: row.identity_id, serial },
      ...{ detail, raised_at: at.getTime() },
    });
    return {
      value: undefined,
      event: { kind: "renewal.refused", outcome: "refused", detail: { serial, name, code: refusal.code } },
      also: [
        { kind: "identity.locked", object: identity, detail: { kind, name, because: refusal.code, serial } },
        { kind: "alert.raised", object: identity, detail: { alert: alertId, kind: "stolen_credential", serial } },
      ],
    };
  });
}
