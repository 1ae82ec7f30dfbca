import type { Context, Event, Transaction } from "@/server/kernel/context";
import { commit, type Permit } from "@/server/kernel/permit";
import { insertAlert, recordRenewalFailure } from "./alert-store";
import { CredentialReused } from "./errors";
import { type CertificateRow, findCertificate, validCertificatesOf } from "./store";
import { lineOf, revokeCompromised } from "./theft";

const LOCK_REASON = "a certificate was renewed twice: its key may be stolen";

/** Nobody has more valid certificates than this at once. */
const ALL = 1_000_000;

/**
 * What follows when a certificate is renewed twice, in one commit: everything of its line is revoked, the identity is
 * locked and an alert is raised. The last active security admin is not locked, for then nobody could unlock anybody:
 * every certificate of theirs is revoked instead. Answers the refusal.
 */
export function stopAfterReuse(ctx: Context, permit: Permit, row: CertificateRow): Promise<CredentialReused> {
  const { kind, name, serial, identity_id } = row;
  const at = ctx.now();

  return commit(permit, async (tx) => {
    // Of two that come at once one raises the alarm, and the other finds it raised.
    const isKnown = findCertificate(tx, serial)?.revoked_at !== null;
    const isShut = await ctx.lockIdentity(tx, identity_id, LOCK_REASON, at);
    const refusal = new CredentialReused(kind, name, isShut);
    recordRenewalFailure(tx, serial, refusal.code, refusal.message, at);
    return {
      value: refusal,
      event: { kind: "renewal.refused", outcome: "refused", detail: { serial, name, code: refusal.code } },
      also: isKnown ? [] : raiseAlarm(ctx, tx, row, isShut),
    };
  });
}

function raiseAlarm(ctx: Context, tx: Transaction, row: CertificateRow, isShut: boolean): Event[] {
  const { kind, name, serial, identity_id } = row;
  const at = ctx.now();
  const identity = { type: "Identity", id: identity_id, name };
  const stolen = isShut ? lineOf(tx, row, at) : validCertificatesOf(tx, identity_id, at, ALL);
  const revoked = revokeCompromised(tx, stolen, at);

  const id = ctx.newId("alt");
  const detail = isShut ? wordsOf(ctx, row) : `${wordsOf(ctx, row)}; the last active security admin is not locked`;
  insertAlert(tx, { id, kind: "stolen_credential", identity_id, serial, detail, raised_at: at.getTime() });

  const because = "renewal.credential_reused";
  const locked = { kind: "identity.locked", object: identity, detail: { kind, name, because, serial } };
  const raised = { alert: id, kind: "stolen_credential", serial, revoked: revoked.length, isLocked: isShut };
  return [...(isShut ? [locked] : []), ...revoked, { kind: "alert.raised", object: identity, detail: raised }];
}

function wordsOf(ctx: Context, { kind, name, serial, renewed_at }: CertificateRow): string {
  const first = new Date(renewed_at ?? 0).toISOString();
  const from = ctx.origin.address ?? "an unknown address";
  return `certificate ${serial} of ${kind} ${name} was renewed at ${first} and again from ${from}: two hold its key`;
}
