import { sql } from "drizzle-orm";
import { blob, check, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Data keys, wrapped by the master key. The newest that is not retired seals; all of them open. */
export const dataKeys = sqliteTable(
  "data_keys",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    wrapped: blob({ mode: "buffer" }).notNull(),
    /** How the wrapping key was made: a key file, or a passphrase through argon2id with this salt. */
    wrappedBy: text("wrapped_by", { enum: ["file", "passphrase"] }).notNull(),
    salt: blob({ mode: "buffer" }),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    retiredAt: integer("retired_at", { mode: "timestamp_ms" }),
  },
  (table) => [check("data_keys_salt", sql`(${table.wrappedBy} = 'passphrase') = (${table.salt} is not null)`)],
);

/** Private keys of ours, sealed under a data key. */
export const keys = sqliteTable("keys", {
  id: text().primaryKey(),
  algorithm: text({ enum: ["P-256", "P-384", "Ed25519"] }).notNull(),
  purpose: text().notNull(),
  /** SubjectPublicKeyInfo, DER. */
  publicKey: blob("public_key", { mode: "buffer" }).notNull(),
  /** PKCS#8 sealed with AES-256-GCM, the key's id as associated data. */
  sealed: blob({ mode: "buffer" }).notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  retiredAt: integer("retired_at", { mode: "timestamp_ms" }),
});
