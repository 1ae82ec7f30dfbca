import { and, eq, sql } from "drizzle-orm";
import { identities } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { KnownIdentity } from "@/server/kernel/ports";

/** What other rooms may know of an identity, by statements prepared once: the gateway asks this on every request. */
const SELECT = "SELECT id, kind, name, team_id AS teamId, state FROM identities";

const INSERT = `
  INSERT INTO identities (id, kind, name, display_name, labels, state, state_changed_at, created_at)
  VALUES (:id, :kind, :name, :name, '{}', 'active', :at, :at)`;

/** The identity with this id. */
export function findKnown(db: ReadDatabase, id: string): KnownIdentity | undefined {
  return db.statement(`${SELECT} WHERE id = ?`).get(id) as KnownIdentity | undefined;
}

/** The identity of this kind and name. */
export function findKnownByName(
  db: ReadDatabase,
  kind: KnownIdentity["kind"],
  name: string,
): KnownIdentity | undefined {
  return db.statement(`${SELECT} WHERE kind = ? AND name = ?`).get(kind, name) as KnownIdentity | undefined;
}

/** Makes a node or service that is known by nothing but its name yet. */
export function insertMachine(
  tx: Transaction,
  { id, kind, name, at }: { id: string; kind: "node" | "service"; name: string; at: Date },
): KnownIdentity {
  tx.statement(INSERT).run({ id, kind, name, at: at.getTime() });
  return { id, kind, name, teamId: null, state: "active" };
}

/** When and from where an identity was last seen; an older sighting changes nothing. */
export async function markIdentitySeen(
  tx: Pick<Transaction, "update">,
  id: string,
  at: Date,
  address: string | null,
): Promise<void> {
  await tx
    .update(identities)
    .set({ lastSeenAt: at, lastSeenAddress: address })
    .where(and(eq(identities.id, id), sql`coalesce(${identities.lastSeenAt}, 0) < ${at.getTime()}`));
}
