import { sql } from "drizzle-orm";
import { blob, check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The audit log. Append-only: triggers refuse update and delete. */
export const auditEntries = sqliteTable(
  "audit_entries",
  {
    /** Place in the log, from 1, without gaps. */
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    at: integer({ mode: "timestamp_ms" }).notNull(),
    kind: text().notNull(),
    action: text().notNull(),
    outcome: text({ enum: ["done", "refused"] }).notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    address: text(),
    requestId: text("request_id").notNull(),
    objectType: text("object_type").notNull(),
    objectId: text("object_id").notNull(),
    objectName: text("object_name"),
    /** Another name of the object that grows with time, where its id is random: under it the index keeps the entry. */
    objectKey: text("object_key"),
    policyVersion: text("policy_version").notNull(),
    /** The whole entry in RFC 8785 canonical JSON: the bytes under the leaf hash. */
    canonical: text().notNull(),
    /** SHA-256 of `canonical`. */
    leafHash: blob("leaf_hash", { mode: "buffer" }).notNull(),
  },
  (table) => [
    index("audit_entries_at").on(table.at),
    index("audit_entries_actor").on(table.actorId, table.seq),
    index("audit_entries_object").on(sql`coalesce(object_key, object_id)`, table.seq),
    index("audit_entries_kind").on(table.kind, table.seq),
    /** Refusals are few, and asked for; of what was done there is no list apart from the log itself. */
    index("audit_entries_refused").on(table.seq).where(sql`outcome = 'refused'`),
    check("audit_entries_outcome", sql`${table.outcome} in ('done', 'refused')`),
    check("audit_entries_leaf", sql`length(${table.leafHash}) = 32`),
  ],
);
