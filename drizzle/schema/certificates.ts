import { sql } from "drizzle-orm";
import { blob, check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { identities } from "./identities";
import { keys } from "./keys";

/** The root and the issuing authorities. */
export const authorities = sqliteTable("authorities", {
  id: text().primaryKey(),
  /** Part of URLs: `/crl/<slug>.crl`. */
  slug: text().notNull().unique(),
  name: text().notNull(),
  role: text({ enum: ["root", "node", "service", "user"] }).notNull(),
  parentId: text("parent_id"),
  keyId: text("key_id")
    .notNull()
    .references(() => keys.id),
  certificate: blob({ mode: "buffer" }).notNull(),
  serial: text().notNull().unique(),
  notBefore: integer("not_before", { mode: "timestamp_ms" }).notNull(),
  notAfter: integer("not_after", { mode: "timestamp_ms" }).notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
});

/** What may be issued. `rules` is checked by the contract of the room on every read. */
export const profiles = sqliteTable("profiles", {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  kind: text({ enum: ["node", "service", "user"] }).notNull(),
  authorityId: text("authority_id")
    .notNull()
    .references(() => authorities.id),
  rules: text({ mode: "json" }).$type<unknown>().notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
});

/** Every certificate that an issuing authority signed. Facts only: status is derived from them and the time. */
export const certificates = sqliteTable(
  "certificates",
  {
    /** Order of issuance. */
    seq: integer().primaryKey({ autoIncrement: true }),
    /** 32 lower-case hexadecimal digits. */
    serial: text().notNull().unique(),
    authorityId: text("authority_id")
      .notNull()
      .references(() => authorities.id),
    profileId: text("profile_id")
      .notNull()
      .references(() => profiles.id),
    identityId: text("identity_id")
      .notNull()
      .references(() => identities.id),
    kind: text({ enum: ["node", "service", "user"] }).notNull(),
    /** The identity's name at issuance. */
    name: text().notNull(),
    subject: text().notNull(),
    /** Subject alternative names as `dns:…`, `ip:…`, `uri:…`, `email:…`. */
    sans: text({ mode: "json" }).$type<string[]>().notNull(),
    keyAlgorithm: text("key_algorithm").notNull(),
    /** SHA-256 of the DER, lower-case hexadecimal. */
    /** Of the whole certificate; without an index of its own, for serials are unique and the search knows its digits. */
    fingerprint: text().notNull(),
    /** SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal. */
    keyFingerprint: text("key_fingerprint").notNull(),
    notBefore: integer("not_before", { mode: "timestamp_ms" }).notNull(),
    notAfter: integer("not_after", { mode: "timestamp_ms" }).notNull(),
    /** From when renewal is due. */
    renewAfter: integer("renew_after", { mode: "timestamp_ms" }).notNull(),
    issuedAt: integer("issued_at", { mode: "timestamp_ms" }).notNull(),
    issuedBy: text("issued_by").notNull(),
    issuedByName: text("issued_by_name").notNull(),
    issuedFrom: text("issued_from"),
    /** Serial of the certificate that this one renews. */
    renews: text(),
    /** Serial of the certificate that renewed this one; one at the most, which is how a stolen credential shows. */
    renewedBy: text("renewed_by"),
    renewedAt: integer("renewed_at", { mode: "timestamp_ms" }),
    revokedAt: integer("revoked_at", { mode: "timestamp_ms" }),
    revocationReason: text("revocation_reason"),
    /** Written in batches, at most a minute late. */
    lastSeenAt: integer("last_seen_at", { mode: "timestamp_ms" }),
    lastSeenAddress: text("last_seen_address"),
  },
  (table) => [
    index("certificates_identity").on(table.identityId, table.notAfter),
    index("certificates_revoked").on(table.authorityId, table.revokedAt).where(sql`revoked_at is not null`),
    check("certificates_kind", sql`${table.kind} in ('node', 'service', 'user')`),
    check("certificates_serial", sql`length(${table.serial}) = 32`),
    check("certificates_revoked_with_reason", sql`(${table.revokedAt} is null) = (${table.revocationReason} is null)`),
    check("certificates_renewed_whole", sql`(${table.renewedBy} is null) = (${table.renewedAt} is null)`),
  ],
);

/**
 * The bytes of each certificate, apart from its row so that lists read little, and in the order of issuance so that
 * writing them touches the end of one tree only.
 */
export const certificateEncodings = sqliteTable("certificate_encodings", {
  seq: integer()
    .primaryKey()
    .references(() => certificates.seq),
  der: blob({ mode: "buffer" }).notNull(),
});

/** One-use secrets with which a machine gets its first certificate. */
export const joinTokens = sqliteTable(
  "join_tokens",
  {
    id: text().primaryKey(),
    /** SHA-256 of the 256-bit token. */
    tokenHash: blob("token_hash", { mode: "buffer" }).notNull().unique(),
    kind: text({ enum: ["node", "service"] }).notNull(),
    name: text().notNull(),
    profileId: text("profile_id")
      .notNull()
      .references(() => profiles.id),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    createdBy: text("created_by").notNull(),
    createdByName: text("created_by_name").notNull(),
    expiresAt: integer("expires_at", { mode: "timestamp_ms" }).notNull(),
    usedAt: integer("used_at", { mode: "timestamp_ms" }),
    usedFrom: text("used_from"),
    usedForSerial: text("used_for_serial"),
    revokedAt: integer("revoked_at", { mode: "timestamp_ms" }),
  },
  (table) => [index("join_tokens_created").on(table.createdAt)],
);

/** The CRL in force of each authority. `number` never goes back. */
export const crls = sqliteTable(
  "crls",
  {
    authorityId: text("authority_id")
      .primaryKey()
      .references(() => authorities.id),
    number: integer().notNull(),
    thisUpdate: integer("this_update", { mode: "timestamp_ms" }).notNull(),
    nextUpdate: integer("next_update", { mode: "timestamp_ms" }).notNull(),
    entryCount: integer("entry_count").notNull(),
    /** The newest revocation that it holds, so that a publisher sees whether there is a newer one. */
    revokedThrough: integer("revoked_through", { mode: "timestamp_ms" }),
    der: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [check("crls_number", sql`${table.number} > 0`)],
);

/** Entries of the next CRL, kept encoded. They leave when the certificate has expired. */
export const crlEntries = sqliteTable(
  "crl_entries",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    authorityId: text("authority_id")
      .notNull()
      .references(() => authorities.id),
    serial: text().notNull().unique(),
    notAfter: integer("not_after", { mode: "timestamp_ms" }).notNull(),
    /** DER of the `revokedCertificates` element, RFC 5280 5.1. */
    der: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [index("crl_entries_authority").on(table.authorityId, table.seq)],
);

/** Certificates of our own listeners (console, gateway). Outside the inventory of identities' certificates. */
export const listenerCertificates = sqliteTable("listener_certificates", {
  listener: text({ enum: ["console", "gateway"] }).primaryKey(),
  keyId: text("key_id")
    .notNull()
    .references(() => keys.id),
  authorityId: text("authority_id")
    .notNull()
    .references(() => authorities.id),
  serial: text().notNull().unique(),
  certificate: blob({ mode: "buffer" }).notNull(),
  notBefore: integer("not_before", { mode: "timestamp_ms" }).notNull(),
  notAfter: integer("not_after", { mode: "timestamp_ms" }).notNull(),
});

/** Attempts to renew that were refused: what the overview calls a failed renewal. The latest for each certificate. */
export const renewalFailures = sqliteTable("renewal_failures", {
  serial: text()
    .primaryKey()
    .references(() => certificates.serial),
  failures: integer().notNull(),
  lastAt: integer("last_at", { mode: "timestamp_ms" }).notNull(),
  lastCode: text("last_code").notNull(),
  lastMessage: text("last_message").notNull(),
});

/** Something that happened and that a person must look at: a renewal that looks like a stolen credential. */
export const alerts = sqliteTable(
  "alerts",
  {
    id: text().primaryKey(),
    kind: text({ enum: ["stolen_credential"] }).notNull(),
    identityId: text("identity_id")
      .notNull()
      .references(() => identities.id),
    serial: text().notNull(),
    detail: text().notNull(),
    raisedAt: integer("raised_at", { mode: "timestamp_ms" }).notNull(),
    resolvedAt: integer("resolved_at", { mode: "timestamp_ms" }),
    resolvedBy: text("resolved_by"),
  },
  (table) => [index("alerts_open").on(table.raisedAt).where(sql`resolved_at is null`)],
);
