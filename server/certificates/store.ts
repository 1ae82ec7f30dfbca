import { and, eq, sql } from "drizzle-orm";
import { certificates } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import { ReadOnce } from "@/server/platform/deciding-state";
import type { CertificateSummary, IdentityKind } from "./contract";
import { statusOf } from "./model";

/** A certificate's row with the names of its profile and authority; times are milliseconds. */
export interface CertificateRow {
  readonly seq: number;
  readonly serial: string;
  readonly authority_id: string;
  readonly profile_id: string;
  readonly identity_id: string;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly subject: string;
  readonly sans: string;
  readonly key_algorithm: string;
  readonly fingerprint: string;
  readonly key_fingerprint: string;
  readonly not_before: number;
  readonly not_after: number;
  readonly renew_after: number;
  readonly issued_at: number;
  readonly issued_by: string;
  readonly issued_by_name: string;
  readonly issued_from: string | null;
  readonly renews: string | null;
  readonly renewed_by: string | null;
  readonly renewed_at: number | null;
  readonly revoked_at: number | null;
  readonly revocation_reason: string | null;
  readonly last_seen_at: number | null;
  readonly last_seen_address: string | null;
  readonly profile_name: string;
  readonly authority_slug: string;
  readonly authority_name: string;
}

/** A signed certificate that is not kept yet. */
export interface NewCertificate {
  readonly serial: string;
  readonly authorityId: string;
  readonly profileId: string;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly subject: string;
  readonly sans: readonly string[];
  readonly keyAlgorithm: string;
  readonly fingerprint: string;
  readonly keyFingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly renewAfter: Date;
  readonly der: Uint8Array;
}

/** Whom a new certificate belongs to, and how it came to be. */
export interface Issuance {
  readonly identityId: string;
  readonly at: Date;
  readonly by: string;
  readonly byName: string;
  readonly from: string | null;
  readonly renews: string | null;
}

/** A certificate as what an audit entry is about. */
interface CertificateObject {
  readonly type: "Certificate";
  readonly id: string;
  readonly name: string;
  readonly key: string;
}

const INSERT = `
  INSERT INTO certificates (serial, authority_id, profile_id, identity_id, kind, name, subject, sans, key_algorithm,
    fingerprint, key_fingerprint, not_before, not_after, renew_after, issued_at, issued_by, issued_by_name, issued_from, renews)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const INSERT_DER = "INSERT INTO certificate_encodings (seq, der) VALUES (?, ?)";

const SELECT = `
  SELECT c.*, p.name AS profile_name, a.slug AS authority_slug, a.name AS authority_name
  FROM certificates c JOIN profiles p ON p.id = c.profile_id JOIN authorities a ON a.id = c.authority_id`;

/** Keeps a signed certificate and its bytes. Answers what the audit log says it is about. */
export function insertCertificate(tx: Transaction, certificate: NewCertificate, issuance: Issuance): CertificateObject {
  const { lastInsertRowid } = tx
    .statement(INSERT)
    .run(
      certificate.serial,
      certificate.authorityId,
      certificate.profileId,
      issuance.identityId,
      certificate.kind,
      certificate.name,
      certificate.subject,
      JSON.stringify(certificate.sans),
      certificate.keyAlgorithm,
      certificate.fingerprint,
      certificate.keyFingerprint,
      certificate.notBefore.getTime(),
      certificate.notAfter.getTime(),
      certificate.renewAfter.getTime(),
      issuance.at.getTime(),
      issuance.by,
      issuance.byName,
      issuance.from,
      issuance.renews,
    );
  tx.statement(INSERT_DER).run(lastInsertRowid, certificate.der);
  return { type: "Certificate", id: certificate.serial, name: certificate.name, key: keyOf(lastInsertRowid) };
}

/** See `Ports.objectKeyOf`: certificates in the order in which they were kept. */
export async function objectKeyOf(db: ReadDatabase, objectId: string): Promise<string | null> {
  const row = db.statement("SELECT seq FROM certificates WHERE serial = ?").get(objectId) as
    | { seq: number }
    | undefined;
  return row ? keyOf(row.seq) : null;
}

/** Hexadecimal of a fixed length, so that keys sort as their numbers do. */
function keyOf(seq: number | bigint): string {
  return `crt_${seq.toString(16).padStart(12, "0")}`;
}

/** The certificate with this serial. */
export function findCertificate(db: ReadDatabase, serial: string): CertificateRow | undefined {
  return db.statement(`${SELECT} WHERE c.serial = ?`).get(serial) as CertificateRow | undefined;
}

/** A certificate's bytes. */
export function findEncoding(db: ReadDatabase, serial: string): Uint8Array | undefined {
  const row = db
    .statement("SELECT e.der FROM certificates c JOIN certificate_encodings e ON e.seq = c.seq WHERE c.serial = ?")
    .get(serial);
  return (row as { der: Uint8Array } | undefined)?.der;
}

/** Valid certificates of an identity, the newest first. */
export function validCertificatesOf(db: ReadDatabase, identityId: string, at: Date, limit: number): CertificateRow[] {
  return db
    .statement(
      `${SELECT} WHERE c.identity_id = ? AND c.not_after > ? AND c.revoked_at IS NULL ORDER BY c.seq DESC LIMIT ?`,
    )
    .all(identityId, at.getTime(), limit) as CertificateRow[];
}

/** How many certificates of an identity are valid. */
export function countValid(db: ReadDatabase, identityId: string, at: Date): number {
  const row = db
    .statement(
      "SELECT count(*) AS valid FROM certificates WHERE identity_id = ? AND not_after > ? AND revoked_at IS NULL",
    )
    .get(identityId, at.getTime());
  return (row as { valid: number }).valid;
}

/** How many certificates come before this one by renewal. */
export function countOlderGenerations(db: ReadDatabase, serial: string): number {
  const row = db
    .statement(`
      WITH RECURSIVE older (serial, renews) AS (
        SELECT serial, renews FROM certificates WHERE serial = ?
        UNION SELECT c.serial, c.renews FROM certificates c JOIN older ON c.serial = older.renews
      )
      SELECT count(*) - 1 AS older FROM older`)
    .get(serial);
  return (row as { older: number }).older;
}

/** Marks a certificate as revoked, unless it is already. */
export function markRevoked(tx: Transaction, serial: string, reason: string, at: Date): boolean {
  const { changes } = tx
    .statement("UPDATE certificates SET revoked_at = ?, revocation_reason = ? WHERE serial = ? AND revoked_at IS NULL")
    .run(at.getTime(), reason, serial);
  return changes === 1;
}

/** Marks a certificate as renewed, unless it is already or is revoked. One at the most: this is where a theft shows. */
export function markRenewed(tx: Transaction, serial: string, renewedBy: string, at: Date): boolean {
  const { changes } = tx
    .statement(
      "UPDATE certificates SET renewed_by = ?, renewed_at = ? WHERE serial = ? AND renewed_by IS NULL AND revoked_at IS NULL",
    )
    .run(renewedBy, at.getTime(), serial);
  return changes === 1;
}

/** When and from where a certificate was last seen; answers whose it is, or null where it was seen later already. */
export async function markSeen(
  tx: Pick<Transaction, "update">,
  serial: string,
  at: Date,
  address: string | null,
): Promise<string | null> {
  const [row] = await tx
    .update(certificates)
    .set({ lastSeenAt: at, lastSeenAddress: address })
    .where(and(eq(certificates.serial, serial), sql`coalesce(${certificates.lastSeenAt}, 0) < ${at.getTime()}`))
    .returning({ identityId: certificates.identityId });
  return row?.identityId ?? null;
}

/** What the gateway asks of a certificate on every request. */
export interface Standing {
  readonly identity_id: string;
  readonly fingerprint: string;
  readonly not_after: number;
  readonly revoked_at: number | null;
  /** The serial of the one that took its place. */
  readonly renewed_by: string | null;
}

/** The standing of a certificate. */
export function findStanding(db: ReadDatabase, serial: string): Standing | undefined {
  const columns = "identity_id, fingerprint, not_after, revoked_at, renewed_by";
  return standings.of(
    db,
    serial,
    () => db.statement(`SELECT ${columns} FROM certificates WHERE serial = ?`).get(serial) as Standing | undefined,
  );
}

const standings = new ReadOnce<Standing>();

/** A row as the contract says it. */
export function summaryOf(row: CertificateRow, now: Date): CertificateSummary {
  const facts = {
    notAfter: new Date(row.not_after),
    renewAfter: new Date(row.renew_after),
    renewedBy: row.renewed_by,
    revokedAt: dateOf(row.revoked_at),
  };
  return {
    ...facts,
    serial: row.serial,
    name: row.name,
    kind: row.kind,
    identityId: row.identity_id,
    profile: { id: row.profile_id, name: row.profile_name },
    authority: { id: row.authority_id, slug: row.authority_slug, name: row.authority_name },
    subject: row.subject,
    sans: JSON.parse(row.sans) as string[],
    keyAlgorithm: row.key_algorithm,
    fingerprint: row.fingerprint,
    keyFingerprint: row.key_fingerprint,
    notBefore: new Date(row.not_before),
    issuedAt: new Date(row.issued_at),
    issuedBy: row.issued_by,
    issuedByName: row.issued_by_name,
    issuedFrom: row.issued_from,
    renews: row.renews,
    renewedAt: dateOf(row.renewed_at),
    revocationReason: row.revocation_reason,
    lastSeenAt: dateOf(row.last_seen_at),
    lastSeenAddress: row.last_seen_address,
    status: statusOf(facts, now),
  };
}

/** A time that may be absent. */
export function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
