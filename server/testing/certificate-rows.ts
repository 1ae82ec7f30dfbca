import { createHash } from "node:crypto";
import type { Transaction } from "@/server/kernel/context";
import type { InventoryKind } from "@/server/certificates/inventory-contract";

/** A certificate as a row, without the cryptography: for tests and benchmarks of what reads rows. */
export interface RowDraft {
  readonly serial: string;
  readonly fingerprint: string;
  readonly profileId: string;
  readonly identityId: string;
  readonly kind: InventoryKind;
  readonly name: string;
  readonly sans: readonly string[];
  readonly keyAlgorithm: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly renewAfter: number;
  readonly issuedAt: number;
  readonly renewedBy: string | null;
  readonly revokedAt: number | null;
}

/** A profile whose authority is that of its kind. */
export interface ProfileDraft {
  readonly id: string;
  readonly kind: InventoryKind;
}

const INSERT = `
  INSERT INTO certificates (serial, authority_id, profile_id, identity_id, kind, name, subject, sans, key_algorithm,
    fingerprint, key_fingerprint, not_before, not_after, renew_after, issued_at, issued_by, issued_by_name, issued_from,
    renewed_by, renewed_at, revoked_at, revocation_reason)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'usr_admin', 'Priya Nair', '192.0.2.7', ?, ?, ?, ?)`;

/** Authorities, one a kind, and profiles, for rows to belong to. */
export function insertParents(tx: Transaction, profiles: readonly ProfileDraft[]): void {
  tx.statement(
    "INSERT INTO keys (id, algorithm, purpose, public_key, sealed, created_at) VALUES ('key_rows', 'P-256', 'rows', x'00', x'00', 0)",
  ).run();
  for (const kind of ["node", "service", "user"]) {
    tx.statement(
      "INSERT INTO authorities (id, slug, name, role, key_id, certificate, serial, not_before, not_after, created_at) VALUES (?, ?, ?, ?, 'key_rows', x'00', ?, 0, 0, 0)",
    ).run(authorityOf(kind), `rows-${kind}`, `${kind} authority`, kind, `rows-${kind}`);
  }
  for (const { id, kind } of profiles) {
    tx.statement(
      "INSERT INTO profiles (id, name, kind, authority_id, rules, created_at) VALUES (?, ?, ?, ?, '{}', 0)",
    ).run(id, id.replace("prf_", ""), kind, authorityOf(kind));
  }
}

/** An identity, for rows to belong to. */
export function insertIdentity(tx: Transaction, id: string, kind: InventoryKind, name: string): void {
  tx.statement(
    "INSERT INTO identities (id, kind, name, display_name, email, labels, state, state_changed_at, created_at) VALUES (?, ?, ?, ?, ?, '{}', 'active', 0, 0)",
  ).run(id, kind, name, name, kind === "user" ? `${name}@swarm.example` : null);
}

/** A certificate's row. */
export function insertRow(tx: Transaction, row: RowDraft): void {
  tx.statement(INSERT).run(
    row.serial,
    authorityOf(row.kind),
    row.profileId,
    row.identityId,
    row.kind,
    row.name,
    `CN=${row.name}`,
    JSON.stringify(row.sans),
    row.keyAlgorithm,
    row.fingerprint,
    row.fingerprint,
    row.notBefore,
    row.notAfter,
    row.renewAfter,
    row.issuedAt,
    row.renewedBy,
    row.renewedBy === null ? null : row.renewAfter,
    row.revokedAt,
    row.revokedAt === null ? null : "superseded",
  );
}

/** The id of the authority of a kind. */
export function authorityOf(kind: string): string {
  return `aut_rows_${kind}`;
}

/** Serial and fingerprint of the n-th row: as evenly spread as real ones, and the same every time. */
export function digitsOf(n: number): { serial: string; fingerprint: string } {
  const digits = createHash("sha384").update(String(n)).digest("hex");
  return { serial: digits.slice(0, 32), fingerprint: digits.slice(32) };
}
