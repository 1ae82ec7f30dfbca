import type { ReadDatabase, Transaction } from "@/server/kernel/context";

/** Listeners of our own that speak TLS. */
export type Listener = "console" | "gateway";

/** The certificate of one of our listeners; times are milliseconds. */
export interface ListenerRow {
  readonly listener: Listener;
  readonly key_id: string;
  readonly authority_id: string;
  readonly serial: string;
  readonly certificate: Uint8Array;
  readonly not_before: number;
  readonly not_after: number;
}

/** The certificate that a listener has. */
export function findListener(db: ReadDatabase, listener: Listener): ListenerRow | undefined {
  return db.statement("SELECT * FROM listener_certificates WHERE listener = ?").get(listener) as
    | ListenerRow
    | undefined;
}

/** The certificates of all listeners. */
export function listenersOf(db: ReadDatabase): ListenerRow[] {
  return db.statement("SELECT * FROM listener_certificates").all() as ListenerRow[];
}

/** Says which certificates listeners have: another text when one has another. Asked for every certificate. */
export function listenersInForce(db: ReadDatabase): string {
  const { serials } = db
    .statement("SELECT coalesce(group_concat(serial), '') AS serials FROM listener_certificates")
    .get() as { serials: string };
  return serials;
}

/** Gives a listener a certificate, in place of the one it had. */
export function putListener(tx: Transaction, row: ListenerRow): void {
  tx.statement(`
    INSERT INTO listener_certificates (listener, key_id, authority_id, serial, certificate, not_before, not_after)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (listener) DO UPDATE SET key_id = excluded.key_id, authority_id = excluded.authority_id,
      serial = excluded.serial, certificate = excluded.certificate, not_before = excluded.not_before,
      not_after = excluded.not_after`).run(
    row.listener,
    row.key_id,
    row.authority_id,
    row.serial,
    row.certificate,
    row.not_before,
    row.not_after,
  );
}
