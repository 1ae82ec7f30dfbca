import type { ReadDatabase, Transaction } from "@/server/kernel/context";

/** An alert's row; times are milliseconds. */
export interface AlertRow {
  readonly id: string;
  readonly kind: "stolen_credential";
  readonly identity_id: string;
  readonly serial: string;
  readonly detail: string;
  readonly raised_at: number;
  readonly resolved_at: number | null;
  readonly resolved_by: string | null;
}

/** Alerts that nobody has looked at, the newest first. */
export function openAlerts(db: ReadDatabase, limit: number): AlertRow[] {
  return db
    .statement("SELECT * FROM alerts WHERE resolved_at IS NULL ORDER BY raised_at DESC LIMIT ?")
    .all(limit) as AlertRow[];
}

/** The alert with this id. */
export function findAlert(db: ReadDatabase, id: string): AlertRow | undefined {
  return db.statement("SELECT * FROM alerts WHERE id = ?").get(id) as AlertRow | undefined;
}

/** Alerts about one certificate, the newest first. */
export function alertsAbout(db: ReadDatabase, serial: string): AlertRow[] {
  return db
    .statement("SELECT * FROM alerts WHERE serial = ? ORDER BY raised_at DESC LIMIT 20")
    .all(serial) as AlertRow[];
}

/** Alerts about stolen credentials of one identity, looked at or not, the oldest first. */
export function theftAlertsOf(db: ReadDatabase, identityId: string): AlertRow[] {
  return db
    .statement("SELECT * FROM alerts WHERE identity_id = ? AND kind = 'stolen_credential' ORDER BY raised_at")
    .all(identityId) as AlertRow[];
}

/** Raises an alert. */
export function insertAlert(tx: Transaction, alert: Omit<AlertRow, "resolved_at" | "resolved_by">): void {
  tx.statement("INSERT INTO alerts (id, kind, identity_id, serial, detail, raised_at) VALUES (?, ?, ?, ?, ?, ?)").run(
    alert.id,
    alert.kind,
    alert.identity_id,
    alert.serial,
    alert.detail,
    alert.raised_at,
  );
}

/** Marks an open alert as looked at. */
export function markAlertResolved(tx: Transaction, id: string, by: string, at: Date): boolean {
  const { changes } = tx
    .statement("UPDATE alerts SET resolved_at = ?, resolved_by = ? WHERE id = ? AND resolved_at IS NULL")
    .run(at.getTime(), by, id);
  return changes === 1;
}

/** Refused renewals of one certificate. */
export interface RenewalFailureRow {
  readonly failures: number;
  readonly last_at: number;
  readonly last_code: string;
  readonly last_message: string;
}

/** The refused renewals of a certificate, if there were any since it was issued. */
export function findRenewalFailure(db: ReadDatabase, serial: string): RenewalFailureRow | undefined {
  return db.statement("SELECT * FROM renewal_failures WHERE serial = ?").get(serial) as RenewalFailureRow | undefined;
}

/** A refused renewal together with the certificate it was about. */
export interface FailedRenewalRow extends RenewalFailureRow {
  readonly serial: string;
  readonly name: string;
  readonly kind: "node" | "service" | "user";
  readonly identity_id: string;
  readonly not_before: number;
  readonly not_after: number;
  readonly renew_after: number;
}

/** Certificates that are still in force although their renewal was refused, the nearest end first. */
export function failedRenewals(db: ReadDatabase, at: Date, limit: number): FailedRenewalRow[] {
  return db
    .statement(`
    SELECT f.*, c.name, c.kind, c.identity_id, c.not_before, c.not_after, c.renew_after
    FROM renewal_failures f JOIN certificates c ON c.serial = f.serial
    WHERE c.not_after > ? AND c.revoked_at IS NULL AND c.renewed_by IS NULL
    ORDER BY c.not_after LIMIT ?`)
    .all(at.getTime(), limit) as FailedRenewalRow[];
}

/** Counts a refused renewal. */
export function recordRenewalFailure(tx: Transaction, serial: string, code: string, message: string, at: Date): void {
  tx.statement(`
    INSERT INTO renewal_failures (serial, failures, last_at, last_code, last_message) VALUES (?, 1, ?, ?, ?)
    ON CONFLICT (serial) DO UPDATE SET failures = failures + 1, last_at = excluded.last_at,
      last_code = excluded.last_code, last_message = excluded.last_message`).run(serial, at.getTime(), code, message);
}

/** Forgets the refused renewals of a certificate that was renewed after all. */
export function clearRenewalFailure(tx: Transaction, serial: string): void {
  tx.statement("DELETE FROM renewal_failures WHERE serial = ?").run(serial);
}
