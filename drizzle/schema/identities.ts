import { sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  blob,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

/** The one organisation that this console serves. No row before the first setup. */
export const organisation = sqliteTable(
  "organisation",
  {
    id: integer().primaryKey(),
    name: text().notNull(),
    trustDomain: text("trust_domain").notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  },
  (table) => [check("organisation_is_one", sql`${table.id} = 1`)],
);

/** How far the first setup has come, so that it can be left and resumed. */
export const setup = sqliteTable(
  "setup",
  {
    id: integer().primaryKey(),
    codeHash: blob("code_hash", { mode: "buffer" }).notNull(),
    codeMadeAt: integer("code_made_at", { mode: "timestamp_ms" }).notNull(),
    /** SHA-256 of the cookie of the browser that gave the code. */
    holderHash: blob("holder_hash", { mode: "buffer" }),
    failures: integer().notNull().default(0),
    blockedUntil: integer("blocked_until", { mode: "timestamp_ms" }),
    organisationName: text("organisation_name"),
    trustDomain: text("trust_domain"),
    adminId: text("admin_id").references(() => identities.id),
    finishedAt: integer("finished_at", { mode: "timestamp_ms" }),
  },
  (table) => [check("setup_is_one", sql`${table.id} = 1`)],
);

/** Teams nest: whoever is in a team is in all teams above it. A trigger refuses a team within itself. */
export const teams = sqliteTable(
  "teams",
  {
    id: text().primaryKey(),
    name: text().notNull().unique(),
    parentId: text("parent_id").references((): AnySQLiteColumn => teams.id),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  },
  (table) => [index("teams_parent").on(table.parentId).where(sql`parent_id is not null`)],
);

/** Users, services and nodes. `name` is the last part of the SPIFFE ID; a user's is their e-mail's local form. */
export const identities = sqliteTable(
  "identities",
  {
    id: text().primaryKey(),
    kind: text({ enum: ["user", "service", "node"] }).notNull(),
    name: text().notNull(),
    displayName: text("display_name").notNull(),
    email: text(),
    teamId: text("team_id").references(() => teams.id),
    labels: text({ mode: "json" }).$type<Record<string, string>>().notNull().default({}),
    state: text({ enum: ["active", "locked", "retired"] })
      .notNull()
      .default("active"),
    stateReason: text("state_reason"),
    stateChangedAt: integer("state_changed_at", { mode: "timestamp_ms" }).notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    /** Written in batches, at most a minute late. */
    lastSeenAt: integer("last_seen_at", { mode: "timestamp_ms" }),
    lastSeenAddress: text("last_seen_address"),
  },
  (table) => [
    uniqueIndex("identities_kind_name").on(table.kind, table.name),
    /** Machines have no address and, as a rule, no team when they are made: their rows stay out of these two. */
    uniqueIndex("identities_email").on(table.email).where(sql`email is not null`),
    index("identities_team").on(table.teamId).where(sql`team_id is not null`),
    index("identities_state").on(table.state, table.kind),
    check("identities_kind", sql`${table.kind} in ('user', 'service', 'node')`),
    check("identities_state", sql`${table.state} in ('active', 'locked', 'retired')`),
    check("identities_email_of_users", sql`(${table.kind} = 'user') = (${table.email} is not null)`),
    check("identities_locked_with_reason", sql`${table.state} <> 'locked' or ${table.stateReason} is not null`),
  ],
);

export const passwords = sqliteTable("passwords", {
  identityId: text("identity_id")
    .primaryKey()
    .references(() => identities.id),
  /** argon2id, PHC string format. */
  hash: text().notNull(),
  changedAt: integer("changed_at", { mode: "timestamp_ms" }).notNull(),
  /** A one-time password that somebody else made: it must be replaced at the first sign-in. */
  mustChange: integer("must_change", { mode: "boolean" }).notNull().default(false),
});

/** TOTP secrets, sealed. Not in force until confirmed with a first code. */
export const totpSecrets = sqliteTable("totp_secrets", {
  identityId: text("identity_id")
    .primaryKey()
    .references(() => identities.id),
  sealed: blob({ mode: "buffer" }).notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  confirmedAt: integer("confirmed_at", { mode: "timestamp_ms" }),
  /** The last time step that was accepted: a code works once (RFC 6238, 5.2). */
  lastStep: integer("last_step"),
});

export const recoveryCodes = sqliteTable(
  "recovery_codes",
  {
    identityId: text("identity_id")
      .notNull()
      .references(() => identities.id),
    position: integer().notNull(),
    sealed: blob({ mode: "buffer" }).notNull(),
    usedAt: integer("used_at", { mode: "timestamp_ms" }),
  },
  (table) => [primaryKey({ columns: [table.identityId, table.position] })],
);

export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    /** SHA-256 of the 256-bit token in the cookie. */
    tokenHash: blob("token_hash", { mode: "buffer" }).notNull().unique(),
    identityId: text("identity_id")
      .notNull()
      .references(() => identities.id),
    provedBy: text("proved_by", { mode: "json" }).$type<string[]>().notNull(),
    address: text(),
    userAgent: text("user_agent"),
    /** Whether the same person had signed in from that device before. */
    isKnownDevice: integer("is_known_device", { mode: "boolean" }).notNull().default(true),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    lastUsedAt: integer("last_used_at", { mode: "timestamp_ms" }).notNull(),
    /** The absolute limit, whatever the use. */
    expiresAt: integer("expires_at", { mode: "timestamp_ms" }).notNull(),
    endedAt: integer("ended_at", { mode: "timestamp_ms" }),
    endedBy: text("ended_by"),
    endReason: text("end_reason"),
  },
  (table) => [index("sessions_identity").on(table.identityId, table.endedAt)],
);

/** Failed sign-ins by account and by address, each under a keyed hash, so that this table names nobody. */
export const signInFailures = sqliteTable("sign_in_failures", {
  bucket: text().primaryKey(),
  failures: integer().notNull(),
  lastAt: integer("last_at", { mode: "timestamp_ms" }).notNull(),
  blockedUntil: integer("blocked_until", { mode: "timestamp_ms" }),
});
