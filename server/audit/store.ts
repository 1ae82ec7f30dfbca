import type { Transaction } from "@/server/kernel/context";
import type { AuditEntry } from "./model";

const INSERT = `
  INSERT INTO audit_entries (id, at, kind, action, outcome, actor_kind, actor_id, actor_name, address, request_id,
    object_type, object_id, object_name, object_key, policy_version, canonical, leaf_hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What is kept beside an entry. */
interface Kept {
  readonly at: Date;
  readonly objectKey: string | null;
  readonly canonical: string;
  readonly leafHash: Buffer;
}

/** Appends one row; triggers refuse to change or delete it later. */
export function insertEntry(tx: Transaction, entry: AuditEntry, { at, objectKey, canonical, leafHash }: Kept): void {
  const { actor, object, origin } = entry;
  tx.statement(INSERT).run(
    entry.id,
    at.getTime(),
    entry.kind,
    entry.action,
    entry.outcome,
    actor.kind,
    actor.id,
    actor.name,
    origin.address ?? null,
    origin.requestId,
    object.type,
    object.id,
    object.name ?? null,
    objectKey,
    entry.policyVersion,
    canonical,
    leafHash,
  );
}
