import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { JoinToken, MachineKind } from "./join-token-contract";
import { joinTokenStateOf } from "./model";
import { dateOf } from "./store";

/** A join token's row with its profile's name; times are milliseconds. */
export interface JoinTokenRow {
  readonly id: string;
  readonly kind: MachineKind;
  readonly name: string;
  readonly profile_id: string;
  readonly profile_name: string;
  readonly created_at: number;
  readonly created_by: string;
  readonly created_by_name: string;
  readonly expires_at: number;
  readonly used_at: number | null;
  readonly used_from: string | null;
  readonly used_for_serial: string | null;
  readonly revoked_at: number | null;
}

const SELECT = `
  SELECT t.id, t.kind, t.name, t.profile_id, p.name AS profile_name, t.created_at, t.created_by, t.created_by_name,
    t.expires_at, t.used_at, t.used_from, t.used_for_serial, t.revoked_at
  FROM join_tokens t JOIN profiles p ON p.id = t.profile_id`;

/** What a state means in SQL; `:now` is the time. The same as `joinTokenStateOf`. */
const STATES = {
  used: "t.used_at IS NOT NULL",
  revoked: "t.used_at IS NULL AND t.revoked_at IS NOT NULL",
  expired: "t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at <= :now",
  open: "t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at > :now",
} as const satisfies Record<JoinToken["state"], string>;

/** What enrolling asks of a token: read for every machine that comes. */
export type PresentedToken = Pick<
  JoinTokenRow,
  "id" | "kind" | "name" | "profile_id" | "created_by" | "created_by_name" | "expires_at" | "used_at" | "revoked_at"
>;

/** The token whose secret has this hash. */
export function findJoinTokenByHash(db: ReadDatabase, hash: Uint8Array): PresentedToken | undefined {
  return db
    .statement(
      "SELECT id, kind, name, profile_id, created_by, created_by_name, expires_at, used_at, revoked_at FROM join_tokens WHERE token_hash = ?",
    )
    .get(hash) as PresentedToken | undefined;
}

/** The token with this id. */
export function findJoinToken(db: ReadDatabase, id: string): JoinTokenRow | undefined {
  return db.statement(`${SELECT} WHERE t.id = ?`).get(id) as JoinTokenRow | undefined;
}

/** A page of tokens, the newest first. */
export function pageOfJoinTokens(
  db: ReadDatabase,
  wanted: { state: JoinToken["state"] | undefined; after: string | undefined; limit: number },
  now: Date,
): JoinTokenRow[] {
  const state = wanted.state ? STATES[wanted.state] : ":now IS NOT NULL";
  return db
    .statement(`${SELECT} WHERE ${state} AND t.id < :after ORDER BY t.id DESC LIMIT :limit`)
    .all({ now: now.getTime(), after: wanted.after ?? "~", limit: wanted.limit }) as JoinTokenRow[];
}

/** How many tokens there are in each state. */
export function countJoinTokens(db: ReadDatabase, now: Date): Record<JoinToken["state"], number> {
  return db
    .statement(`
      SELECT count(*) FILTER (WHERE ${STATES.open}) AS open, count(*) FILTER (WHERE ${STATES.used}) AS used,
        count(*) FILTER (WHERE ${STATES.expired}) AS expired, count(*) FILTER (WHERE ${STATES.revoked}) AS revoked
      FROM join_tokens t`)
    .get({ now: now.getTime() }) as Record<JoinToken["state"], number>;
}

/** Keeps a new token under the hash of its secret. */
export function insertJoinToken(
  tx: Transaction,
  token: Omit<JoinTokenRow, "profile_name" | "used_at" | "used_from" | "used_for_serial" | "revoked_at">,
  hash: Uint8Array,
): void {
  tx.statement(`
    INSERT INTO join_tokens (id, token_hash, kind, name, profile_id, created_at, created_by, created_by_name, expires_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    token.id,
    hash,
    token.kind,
    token.name,
    token.profile_id,
    token.created_at,
    token.created_by,
    token.created_by_name,
    token.expires_at,
  );
}

/** Consumes an open token. Of any number that try, one succeeds. */
export function consumeJoinToken(
  tx: Transaction,
  id: string,
  use: { at: Date; from: string | null; serial: string },
): boolean {
  const { changes } = tx
    .statement(`
      UPDATE join_tokens SET used_at = :at, used_from = :from, used_for_serial = :serial
      WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :at`)
    .run({ id, at: use.at.getTime(), from: use.from, serial: use.serial });
  return changes === 1;
}

/** Revokes an open token. */
export function markJoinTokenRevoked(tx: Transaction, id: string, at: Date): boolean {
  const { changes } = tx
    .statement(
      "UPDATE join_tokens SET revoked_at = :at WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :at",
    )
    .run({ id, at: at.getTime() });
  return changes === 1;
}

/** What a token is good for. */
export function stateOfJoinToken(row: StateFacts, now: Date): JoinToken["state"] {
  return joinTokenStateOf(factsOf(row), now);
}

type StateFacts = Pick<JoinTokenRow, "expires_at" | "used_at" | "revoked_at">;

function factsOf(row: StateFacts) {
  return {
    usedAt: dateOf(row.used_at),
    revokedAt: dateOf(row.revoked_at),
    expiresAt: new Date(row.expires_at),
  };
}

/** A row as the contract says it. */
export function joinTokenOf(row: JoinTokenRow, now: Date): JoinToken {
  return {
    ...factsOf(row),
    id: row.id,
    kind: row.kind,
    name: row.name,
    profile: { id: row.profile_id, name: row.profile_name },
    createdAt: new Date(row.created_at),
    createdByName: row.created_by_name,
    usedFrom: row.used_from,
    usedForSerial: row.used_for_serial,
    state: stateOfJoinToken(row, now),
    refusedBecause: null,
  };
}
