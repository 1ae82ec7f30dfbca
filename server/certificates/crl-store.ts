import type { ReadDatabase, Transaction } from "@/server/kernel/context";

/** The CRL in force of an authority; times are milliseconds. */
export interface CrlRow {
  readonly authority_id: string;
  readonly number: number;
  readonly this_update: number;
  readonly next_update: number;
  readonly entry_count: number;
  readonly revoked_through: number | null;
  readonly der: Uint8Array;
}

/** A revocation that belongs into the next CRL, encoded. */
export interface CrlEntryRow {
  readonly seq: number;
  readonly not_after: number;
  readonly der: Uint8Array;
}

/** The CRL in force. */
export function findCrl(db: ReadDatabase, authorityId: string): CrlRow | undefined {
  return db.statement("SELECT * FROM crls WHERE authority_id = ?").get(authorityId) as CrlRow | undefined;
}

/** The CRL in force without its bytes. */
export function findCrlFacts(
  db: ReadDatabase,
  authorityId: string,
): (Omit<CrlRow, "der"> & { size: number }) | undefined {
  return db
    .statement(`
      SELECT authority_id, number, this_update, next_update, entry_count, revoked_through, length(der) AS size
      FROM crls WHERE authority_id = ?`)
    .get(authorityId) as (Omit<CrlRow, "der"> & { size: number }) | undefined;
}

/** Where every authority's CRL stands beside its newest revocation. */
export interface CrlStanding {
  readonly authority_id: string;
  readonly slug: string;
  readonly name: string;
  readonly this_update: number | null;
  readonly next_update: number | null;
  readonly published_through: number | null;
  readonly revoked_through: number | null;
}

/** The standing of every authority's CRL. Two index look-ups an authority, whatever the number of entries. */
export function crlStandings(db: ReadDatabase): CrlStanding[] {
  return db
    .statement(`
      SELECT a.id AS authority_id, a.slug, a.name, c.this_update, c.next_update, c.revoked_through AS published_through,
        (SELECT max(e.seq) FROM crl_entries e WHERE e.authority_id = a.id) AS revoked_through
      FROM authorities a LEFT JOIN crls c ON c.authority_id = a.id
      ORDER BY a.created_at, a.rowid`)
    .all() as CrlStanding[];
}

/** Keeps the encoded entry of a revocation. */
export function insertCrlEntry(
  tx: Transaction,
  entry: { authorityId: string; serial: string; notAfter: number; der: Uint8Array },
): void {
  tx.statement("INSERT INTO crl_entries (authority_id, serial, not_after, der) VALUES (?, ?, ?, ?)").run(
    entry.authorityId,
    entry.serial,
    entry.notAfter,
    entry.der,
  );
}

/** Entries of an authority after a place, in their order. */
export function crlEntriesAfter(db: ReadDatabase, authorityId: string, seq: number): CrlEntryRow[] {
  return db
    .statement("SELECT seq, not_after, der FROM crl_entries WHERE authority_id = ? AND seq > ? ORDER BY seq")
    .all(authorityId, seq) as CrlEntryRow[];
}

/** Forgets entries of certificates that had expired at a time. */
export function dropExpiredEntries(tx: Transaction, authorityId: string, expiredBy: number): void {
  tx.statement("DELETE FROM crl_entries WHERE authority_id = ? AND not_after < ?").run(authorityId, expiredBy);
}

/** Puts a first CRL in force. */
export function insertCrl(tx: Transaction, crl: CrlRow): void {
  tx.statement(`
    INSERT INTO crls (authority_id, number, this_update, next_update, entry_count, revoked_through, der)
    VALUES (?, ?, ?, ?, ?, ?, ?)`).run(
    crl.authority_id,
    crl.number,
    crl.this_update,
    crl.next_update,
    crl.entry_count,
    crl.revoked_through,
    crl.der,
  );
}

/** Puts the next CRL in force, unless another process has published since: numbers and bytes change together. */
export function replaceCrl(tx: Transaction, crl: CrlRow): boolean {
  const { changes } = tx
    .statement(`
      UPDATE crls SET number = ?, this_update = ?, next_update = ?, entry_count = ?, revoked_through = ?, der = ?
      WHERE authority_id = ? AND number = ?`)
    .run(
      crl.number,
      crl.this_update,
      crl.next_update,
      crl.entry_count,
      crl.revoked_through,
      crl.der,
      crl.authority_id,
      crl.number - 1,
    );
  return changes === 1;
}
