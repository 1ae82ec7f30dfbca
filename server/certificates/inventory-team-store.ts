import type { ReadDatabase } from "@/server/kernel/context";
import { allFacts, ROW_FACTS, type RowFacts } from "./inventory-store";

/** When certificates end: after `from`, and no later than `to`. */
export interface Ends {
  readonly from: number;
  readonly to: number;
}

/** Facts of certificates of some identities that end in a time, in no order, `limit` at the most. */
export function selectFactsOfIdentities(
  db: ReadDatabase,
  identityIds: readonly string[],
  { from, to }: Ends,
  limit: number,
): RowFacts[] {
  const sql = `
    SELECT ${ROW_FACTS} FROM json_each(?) j
    CROSS JOIN certificates c INDEXED BY certificates_identity ON c.identity_id = j.value AND c.not_after > ? AND c.not_after <= ?
    CROSS JOIN certificate_inventory i ON i.seq = c.seq LIMIT ?`;
  return allFacts(db, sql, JSON.stringify(identityIds), from, to, limit);
}

/** Whom certificates belong to, by their place in the order of issuance. */
export function selectHolders(db: ReadDatabase, seqs: readonly number[]): ReadonlyMap<number, string> {
  const rows = db
    .statement("SELECT c.seq, c.identity_id FROM json_each(?) j CROSS JOIN certificates c ON c.seq = j.value")
    .raw()
    .all(JSON.stringify(seqs)) as [number, string][];
  return new Map(rows);
}

/** Those of some rows that belong to somebody of a set; all of them when there is none. */
export function ofMembers(
  db: ReadDatabase,
  rows: readonly RowFacts[],
  members: ReadonlySet<string> | undefined,
): readonly RowFacts[] {
  if (!members || rows.length === 0) return rows;
  const holders = selectHolders(
    db,
    rows.map((row) => row.seq),
  );
  return rows.filter((row) => members.has(holders.get(row.seq) ?? ""));
}
