import type { ReadDatabase } from "@/server/kernel/context";
import type { InventoryRow } from "./inventory-contract";
import { FACTS, standingAt } from "./inventory-model";

interface Stored extends Omit<InventoryRow, "status" | "sans"> {
  readonly sans: string;
}

const COLUMNS = `
  c.serial, c.name, c.kind, c.authority_id AS authorityId, coalesce(a.name, c.authority_id) AS authorityName,
  c.profile_id AS profileId, coalesce(p.name, c.profile_id) AS profileName, c.identity_id AS identityId, c.sans,
  c.key_algorithm AS keyAlgorithm, c.fingerprint, c.not_before AS notBefore, c.not_after AS notAfter,
  c.renew_after AS renewAfter, c.issued_at AS issuedAt, c.issued_by_name AS issuedByName, c.renews,
  c.renewed_by AS renewedBy, c.revoked_at AS revokedAt, c.revocation_reason AS revocationReason,
  c.last_seen_at AS lastSeenAt, c.last_seen_address AS lastSeenAddress`;

const NAMES = "LEFT JOIN authorities a ON a.id = c.authority_id LEFT JOIN profiles p ON p.id = c.profile_id";

/** Whole rows, in the order of `seqs`. */
export function selectRows(db: ReadDatabase, seqs: readonly number[], now: number): InventoryRow[] {
  const stored = db
    .statement(
      `SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN certificates c ON c.seq = j.value ${NAMES} ORDER BY j.key`,
    )
    .all(JSON.stringify(seqs)) as Stored[];
  return stored.map((row) => rowOf(row, now));
}

/** Certificates whose serial begins with some digits. */
export function selectRowsBySerial(db: ReadDatabase, digits: string, now: number, limit: number): InventoryRow[] {
  const stored = db
    .statement(
      `SELECT ${COLUMNS} FROM certificates c ${NAMES} WHERE c.serial >= ? AND c.serial < ? ORDER BY c.serial LIMIT ?`,
    )
    .all(digits, `${digits}g`, limit) as Stored[];
  return stored.map((row) => rowOf(row, now));
}

function rowOf(row: Stored, now: number): InventoryRow {
  const fact = row.revokedAt !== null ? FACTS.revoked : row.renewedBy !== null ? FACTS.renewed : FACTS.current;
  const status = standingAt({ fact, notAfter: row.notAfter, renewAfter: row.renewAfter }, now);
  return { ...row, sans: JSON.parse(row.sans) as string[], status };
}
