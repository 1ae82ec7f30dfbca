import type { Event, ReadDatabase, Transaction } from "@/server/kernel/context";
import type { Theft } from "@/server/kernel/ports";
import { type AlertRow, markAlertResolved, theftAlertsOf } from "./alert-store";
import { putOnCrl, revokedEvent } from "./revoke";
import { type CertificateRow, findCertificate } from "./store";

/** RFC 5280, 5.3.1: the private key is known or suspected to be in other hands. */
const REASON = "keyCompromise";

/** Revokes certificates whose key others may hold; answers the events of those that were not revoked before. */
export function revokeCompromised(tx: Transaction, rows: readonly CertificateRow[], at: Date): Event[] {
  return rows.filter((row) => putOnCrl(tx, row, REASON, at)).map((row) => revokedEvent(row, REASON));
}

/**
 * The unexpired certificates of one line, the oldest first: those that this one came from by renewal, itself, and those
 * that came from it. Whoever copied one key may have renewed from there on, and a copied folder holds the key before.
 */
export function lineOf(db: ReadDatabase, row: CertificateRow, at: Date): CertificateRow[] {
  const older = follow(db, row, ({ renews }) => renews, at).reverse();
  const newer = follow(db, row, ({ renewed_by }) => renewed_by, at);
  return [...older, row, ...newer].filter((each) => isUnexpired(each, at));
}

/** A renewal is for the same hours, so that nothing before an expired certificate is unexpired. */
function follow(
  db: ReadDatabase,
  from: CertificateRow,
  nextOf: (row: CertificateRow) => string | null,
  at: Date,
): CertificateRow[] {
  const found: CertificateRow[] = [];
  for (let serial = nextOf(from); serial !== null; ) {
    const row = findCertificate(db, serial);
    if (!row || (row.seq < from.seq && !isUnexpired(row, at))) break;
    found.push(row);
    serial = nextOf(row);
  }
  return found;
}

function isUnexpired(row: CertificateRow, at: Date): boolean {
  return row.not_after > at.getTime();
}

/** The `findThefts` port: see `Ports`. */
export async function findThefts(db: ReadDatabase, identityId: string, at: Date): Promise<Theft[]> {
  return unsettled(db, identityId, at).map(({ alert, line }) => ({
    serial: alert.serial,
    raisedAt: new Date(alert.raised_at),
    certificates: line.map(({ serial }) => serial),
  }));
}

/** The `settleThefts` port: see `Ports`. */
export async function settleThefts(
  tx: Transaction,
  { identityId, by, at }: { readonly identityId: string; readonly by: string; readonly at: Date },
): Promise<Event[]> {
  return unsettled(tx, identityId, at).flatMap(({ alert, line }) => {
    const revoked = revokeCompromised(tx, line, at);
    if (!markAlertResolved(tx, alert.id, by, at)) return revoked;
    const { id, kind, serial } = alert;
    return [...revoked, { kind: "alert.resolved", detail: { alert: id, kind, serial } }];
  });
}

interface Unsettled {
  readonly alert: AlertRow;
  readonly line: readonly CertificateRow[];
}

/** Thefts that nobody has looked at, and those whose certificates are still valid whoever looked. */
function unsettled(db: ReadDatabase, identityId: string, at: Date): Unsettled[] {
  return theftAlertsOf(db, identityId)
    .map((alert) => {
      const row = findCertificate(db, alert.serial);
      return { alert, line: row ? lineOf(db, row, at) : [] };
    })
    .filter(({ alert, line }) => alert.resolved_at === null || line.some(({ revoked_at }) => revoked_at === null));
}
