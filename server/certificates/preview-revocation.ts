import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { RevocationConsequences, SerialInput } from "./contract";
import { certificateBySerial, certificateResource, whyNotRevocable } from "./revoke";
import { type CertificateRow, countValid, dateOf, validCertificatesOf } from "./store";

const SHOWN = 10;

/** Tells what revoking a certificate would do, before it is done. */
export async function previewRevocation(ctx: Context, input: SerialInput): Promise<RevocationConsequences> {
  const row = certificateBySerial(ctx, input.serial);
  await authorize(ctx, "certificate.read", await certificateResource(ctx, row));
  const now = ctx.now();
  const because = whyNotRevocable(row, now);
  const others = validCertificatesOf(ctx.read, row.identity_id, now, SHOWN + 1).filter(
    (other) => other.serial !== row.serial,
  );
  const newer = others.find((other) => other.seq > row.seq) ?? null;
  const otherValidCount = countValid(ctx.read, row.identity_id, now) - (because ? 0 : 1);

  return {
    serial: row.serial,
    name: row.name,
    kind: row.kind,
    identityId: row.identity_id,
    isRevocable: because === null,
    notRevocableBecause: because,
    notAfter: new Date(row.not_after),
    otherValid: others.slice(0, SHOWN).map((other) => ({
      serial: other.serial,
      notAfter: new Date(other.not_after),
      issuedAt: new Date(other.issued_at),
    })),
    otherValidCount,
    newerValid: newer && { serial: newer.serial, notAfter: new Date(newer.not_after) },
    isCutOff: because === null && otherValidCount === 0,
    lastSeenAt: dateOf(row.last_seen_at),
    lastSeenAddress: row.last_seen_address,
    summary: because ? `certificate ${row.serial} ${because}` : summarize(row, newer, otherValidCount),
  };
}

function summarize(row: CertificateRow, newer: CertificateRow | null, otherValidCount: number): string {
  const who = `${row.kind} ${row.name}`;
  if (newer) return `${who} goes on with a newer certificate, ${newer.serial.slice(0, 8)}…`;
  if (otherValidCount > 0)
    return `${who} goes on with ${otherValidCount} older valid certificate${otherValidCount === 1 ? "" : "s"}; no newer certificate exists`;
  return `${who} is cut off at once; no newer certificate exists`;
}
