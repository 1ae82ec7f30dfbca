import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { identities, teams } from "./identities";

/** Every role there is or was. A name is never given again. */
export const roles = sqliteTable(
  "roles",
  {
    id: text().primaryKey(),
    /** As policies call it: `Role::"training-operator"`. */
    name: text().notNull().unique(),
    /** A built-in role comes with the program: its policies are among those of the program. */
    origin: text({ enum: ["built-in", "written"] }).notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    retiredAt: integer("retired_at", { mode: "timestamp_ms" }),
  },
  (table) => [
    check("roles_origin", sql`${table.origin} in ('built-in', 'written')`),
    check("roles_built_in_stay", sql`${table.origin} = 'written' or ${table.retiredAt} is null`),
  ],
);

/** What a written role was, each time it changed; the greatest number is. Append-only. */
export const roleVersions = sqliteTable(
  "role_versions",
  {
    roleId: text("role_id")
      .notNull()
      .references(() => roles.id),
    /** From 1, without gaps. */
    number: integer().notNull(),
    title: text().notNull(),
    description: text().notNull(),
    /** Names of the roles whose permissions it has besides its own, JSON. */
    inherits: text({ mode: "json" }).$type<string[]>().notNull(),
    /** JSON, as `Permission` of the contract. */
    permissions: text({ mode: "json" }).$type<unknown[]>().notNull(),
    /** Why it changed. */
    note: text().notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    createdById: text("created_by_id").notNull(),
    createdByName: text("created_by_name").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roleId, table.number] }),
    check("role_versions_number", sql`${table.number} >= 1`),
  ],
);

/**
 * Who holds a role, within what, from when until when. A row stays for ever: the end comes by the clock, or somebody sets
 * `endedAt`. `endsAt` can be moved as long as it lies ahead.
 */
export const grants = sqliteTable(
  "grants",
  {
    id: text().primaryKey(),
    roleId: text("role_id")
      .notNull()
      .references(() => roles.id),
    /** Whose it is: an identity's, or that of everybody in a team. */
    identityId: text("identity_id").references(() => identities.id),
    teamId: text("team_id").references(() => teams.id),
    scopeKind: text("scope_kind", { enum: ["everything", "team", "pool", "label", "object"] }).notNull(),
    /** As policies call it: `everything`, `Team::vision`, `Pool::eu-a100`, `label:env=prod`, `Compute::gpu-7`. */
    scope: text().notNull(),
    /** Active by itself, or only while it is activated. */
    mode: text({ enum: ["active", "eligible"] }).notNull(),
    /** For how long at most it is activated at a time; null for an active one. */
    activationHours: integer("activation_hours"),
    startsAt: integer("starts_at", { mode: "timestamp_ms" }).notNull(),
    /** The first moment at which it is not held any more; null for none. */
    endsAt: integer("ends_at", { mode: "timestamp_ms" }),
    reason: text().notNull(),
    ticket: text(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    createdById: text("created_by_id").notNull(),
    createdByName: text("created_by_name").notNull(),
    endedAt: integer("ended_at", { mode: "timestamp_ms" }),
    endedById: text("ended_by_id"),
    endedByName: text("ended_by_name"),
    endReason: text("end_reason"),
  },
  (table) => [
    index("grants_identity").on(table.identityId, table.endedAt).where(sql`identity_id is not null`),
    index("grants_team").on(table.teamId, table.endedAt).where(sql`team_id is not null`),
    index("grants_role").on(table.roleId, table.endedAt),
    index("grants_end").on(table.endsAt).where(sql`ended_at is null and ends_at is not null`),
    check("grants_one_holder", sql`(${table.identityId} is null) <> (${table.teamId} is null)`),
    check("grants_scope_kind", sql`${table.scopeKind} in ('everything', 'team', 'pool', 'label', 'object')`),
    check("grants_everything", sql`(${table.scopeKind} = 'everything') = (${table.scope} = 'everything')`),
    check("grants_mode", sql`(${table.mode} = 'eligible') = (${table.activationHours} is not null)`),
    check("grants_times", sql`${table.endsAt} is null or ${table.endsAt} > ${table.startsAt}`),
    check("grants_ended_by_somebody", sql`(${table.endedAt} is null) = (${table.endedById} is null)`),
  ],
);

/** When an eligible grant was in force, for whom. */
export const grantActivations = sqliteTable(
  "grant_activations",
  {
    id: text().primaryKey(),
    grantId: text("grant_id")
      .notNull()
      .references(() => grants.id),
    identityId: text("identity_id")
      .notNull()
      .references(() => identities.id),
    startsAt: integer("starts_at", { mode: "timestamp_ms" }).notNull(),
    endsAt: integer("ends_at", { mode: "timestamp_ms" }).notNull(),
    reason: text().notNull(),
    endedAt: integer("ended_at", { mode: "timestamp_ms" }),
  },
  (table) => [
    index("grant_activations_identity").on(table.identityId, table.endsAt),
    index("grant_activations_grant").on(table.grantId, table.startsAt),
    check("grant_activations_times", sql`${table.endsAt} > ${table.startsAt}`),
  ],
);

/** When a grant last let somebody do something; written in batches, at most a minute late. A trigger makes the row. */
export const grantUses = sqliteTable("grant_uses", {
  grantId: text("grant_id")
    .primaryKey()
    .references(() => grants.id),
  decisions: integer().notNull().default(0),
  lastAt: integer("last_at", { mode: "timestamp_ms" }),
});

/** When a role last let somebody do one of the things that it permits; written in batches, at most a minute late. */
export const roleUses = sqliteTable(
  "role_uses",
  {
    roleId: text("role_id")
      .notNull()
      .references(() => roles.id),
    action: text().notNull(),
    decisions: integer().notNull().default(0),
    lastAt: integer("last_at", { mode: "timestamp_ms" }),
  },
  (table) => [primaryKey({ columns: [table.roleId, table.action] })],
);

/** Roles of which nobody has `limit` or more: ever (static), or at the same time in force (dynamic). INCITS 359, 6.3 and 6.4. */
export const separations = sqliteTable(
  "separations",
  {
    id: text().primaryKey(),
    name: text().notNull().unique(),
    kind: text({ enum: ["static", "dynamic"] }).notNull(),
    /** Names of roles, JSON. */
    roles: text({ mode: "json" }).$type<string[]>().notNull(),
    limit: integer("cardinality").notNull(),
    reason: text().notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
    updatedById: text("updated_by_id").notNull(),
    updatedByName: text("updated_by_name").notNull(),
  },
  (table) => [
    check("separations_kind", sql`${table.kind} in ('static', 'dynamic')`),
    check("separations_limit", sql`${table.limit} >= 2`),
  ],
);
