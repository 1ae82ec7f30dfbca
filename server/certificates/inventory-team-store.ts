import type { ReadDatabase } from "@/server/kernel/context";
import { type First, firstOfRows, STANDING } from "./inventory-first-store";
import type { Window } from "./inventory-model";
import type { Place } from "./inventory-order-model";

/** Certificates of identities (`:identities`, a JSON array) that end within bounds; their index alone is read. */
const OWNED = `
  json_each(:identities) j CROSS JOIN certificates c INDEXED BY certificates_identity
    ON c.identity_id = j.value AND c.not_after >= :endsFrom AND c.not_after < :endsTo`;
const INVENTORY = "CROSS JOIN certificate_inventory i ON i.seq = c.seq";

function valuesOf(identityIds: readonly string[], { from, to }: Window) {
  return { identities: JSON.stringify(identityIds), endsFrom: from, endsTo: to };
}

/** How many certificates some identities have that end within bounds; it is not counted beyond `limit`. */
export function countOwned(db: ReadDatabase, identityIds: readonly string[], window: Window, limit: number): number {
  const row = db
    .statement(`SELECT count(*) AS certificates FROM (SELECT 1 FROM ${OWNED} LIMIT :limit)`)
    .get({ ...valuesOf(identityIds, window), limit });
  return (row as { certificates: number }).certificates;
}

/** How many certificates of a cell have one status, by its position in `STATUSES`. */
export interface Counted {
  readonly cell: number;
  readonly standing: number;
  readonly certificates: number;
}

/** Some certificates of identities, `limit` at the most, by cell and status. */
export function countOwnedByStanding(
  db: ReadDatabase,
  identityIds: readonly string[],
  window: Window,
  now: number,
  limit: number,
): Counted[] {
  const rows = db
    .statement(
      `SELECT cell, ${STANDING} AS standing, count(*) AS certificates
      FROM (SELECT i.cell, i.fact, i.not_after, i.renew_after FROM ${OWNED} ${INVENTORY} LIMIT :limit) GROUP BY 1, 2`,
    )
    .all({ ...valuesOf(identityIds, window), now, limit });
  return rows as Counted[];
}

/** Places in the order of issuance of certificates of identities that end within bounds, `limit` at the most. */
export function selectOwned(db: ReadDatabase, identityIds: readonly string[], window: Window, limit: number): number[] {
  const rows = db
    .statement(`SELECT c.seq FROM ${OWNED} LIMIT :limit`)
    .raw()
    .all({ ...valuesOf(identityIds, window), limit }) as [number][];
  return rows.map(([seq]) => seq);
}

/** The first rows of some identities in an order, after a place or before it. */
export function firstOwned(db: ReadDatabase, identityIds: readonly string[], first: First): Place[] {
  const columns = "i.seq, i.cell, i.fact, i.not_after, i.renew_after, i.name";
  const sql = `SELECT ${columns} FROM ${OWNED} ${INVENTORY}`;
  return firstOfRows(db, { sql, values: { identities: JSON.stringify(identityIds) } }, first);
}

/** Whom certificates belong to, by their place in the order of issuance. */
export function selectHolders(db: ReadDatabase, seqs: readonly number[]): ReadonlyMap<number, string> {
  const rows = db
    .statement("SELECT c.seq, c.identity_id FROM json_each(?) j CROSS JOIN certificates c ON c.seq = j.value")
    .raw()
    .all(JSON.stringify(seqs)) as [number, string][];
  return new Map(rows);
}
