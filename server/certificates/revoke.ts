import { encodeCrlEntry } from "@/server/engines/x509/crl";
import { serialFromHex } from "@/server/engines/x509/hex";
import type { Context, Event, Resource, Transaction } from "@/server/kernel/context";
import { Missing, Unauthenticated } from "@/server/kernel/errors";
import { authorize, commit, type Permit } from "@/server/kernel/permit";
import { type CertificateSummary, RevocationReason, type RevokeCertificateInput } from "./contract";
import { insertCrlEntry } from "./crl-store";
import { NotRevocable } from "./errors";
import { type CertificateRow, findCertificate, markRevoked, summaryOf } from "./store";

/**
 * Revokes a certificate for a reason of RFC 5280, 5.3.1. It is refused at the gateway from the next request on.
 *
 * @throws {Missing} @throws {NotRevocable} when it is revoked or expired already.
 */
export async function revokeCertificate(ctx: Context, input: RevokeCertificateInput): Promise<CertificateSummary> {
  const row = certificateBySerial(ctx, input.serial);
  const permit = await authorize(ctx, "certificate.revoke", await certificateResource(ctx, row));
  return revokeUnder(ctx, permit, row, input.reason ?? "unspecified");
}

/** Revokes the certificate that the caller came with. @throws {Unauthenticated} when it came with none. */
export async function revokeOwnCertificate(
  ctx: Context,
  input: { readonly reason?: RevocationReason },
): Promise<CertificateSummary> {
  const { certificateSerial } = ctx.actor;
  if (!certificateSerial) throw new Unauthenticated("come with a client certificate");
  return revokeCertificate(ctx, { serial: certificateSerial, reason: input.reason ?? "unspecified" });
}

/** What a policy is asked about a certificate: whose it is and of which team. */
export async function certificateResource(ctx: Context, row: CertificateRow): Promise<Resource> {
  const identity = await ctx.findIdentity(ctx.read, row.identity_id);
  return {
    type: "Certificate",
    id: row.serial,
    name: row.name,
    kind: row.kind,
    ownerId: row.identity_id,
    teamId: identity?.teamId ?? null,
  };
}

/** The certificate with this serial. @throws {Missing} */
export function certificateBySerial(ctx: Context, serial: string): CertificateRow {
  const row = findCertificate(ctx.read, serial);
  if (!row) throw new Missing("certificate", serial);
  return row;
}

/** Why a certificate cannot be revoked; null when it can. */
export function whyNotRevocable(row: CertificateRow, now: Date): string | null {
  if (row.revoked_at !== null) return "is revoked already";
  return row.not_after <= now.getTime() ? "has expired already" : null;
}

async function revokeUnder(
  ctx: Context,
  permit: Permit,
  row: CertificateRow,
  reason: RevocationReason,
): Promise<CertificateSummary> {
  const because = whyNotRevocable(row, ctx.now());
  if (because) throw new NotRevocable(row.serial, because);
  const at = ctx.now();

  return commit(permit, async (tx) => {
    if (!putOnCrl(tx, row, reason, at)) throw new NotRevocable(row.serial, "is revoked already");
    return {
      value: summaryOf({ ...row, revoked_at: at.getTime(), revocation_reason: reason }, at),
      event: revokedEvent(row, reason),
    };
  });
}

/** What the log says about a revocation. */
export function revokedEvent({ serial, name, kind, authority_slug }: CertificateRow, reason: RevocationReason): Event {
  return {
    kind: "certificate.revoked",
    object: { type: "Certificate", id: serial, name },
    detail: { serial, name, kind, issuer: authority_slug, reason },
  };
}

/** Marks a certificate as revoked and puts it on the next CRL of its issuer; false when it was revoked already. */
export function putOnCrl(tx: Transaction, row: CertificateRow, reason: RevocationReason, at: Date): boolean {
  if (!markRevoked(tx, row.serial, reason, at)) return false;
  insertCrlEntry(tx, {
    authorityId: row.authority_id,
    serial: row.serial,
    notAfter: row.not_after,
    der: encodeCrlEntry({ serial: serialFromHex(row.serial), revokedAt: at, reason: RevocationReason.parse(reason) }),
  });
  return true;
}
