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

/** Which certificates listeners have, without their bytes. */
export function listenerSerials(db: ReadDatabase): { listener: Listener; serial: string }[] {
  return db.statement("SELECT listener, serial FROM listener_certificates").all() as {
    listener: Listener;
    serial: string;
  }[];
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
