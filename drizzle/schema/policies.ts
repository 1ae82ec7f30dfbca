import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";

/** Every text that a policy ever had in force. Append-only: triggers refuse update and delete. */
export const policyVersions = sqliteTable(
  "policy_versions",
  {
    id: text().primaryKey(),
    /** The name that the policy gives itself, `@id("…")`. */
    policy: text().notNull(),
    /** From 1, without gaps. */
    number: integer().notNull(),
    /** The policy in Cedar, with the comments before it. */
    text: text().notNull(),
    /** A built-in policy comes with the program, and with the program alone it changes. */
    origin: text({ enum: ["built-in", "written"] }).notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    createdById: text("created_by_id").notNull(),
    createdByName: text("created_by_name").notNull(),
  },
  (table) => [
    unique("policy_versions_policy_number").on(table.policy, table.number),
    check("policy_versions_number", sql`${table.number} >= 1`),
    check("policy_versions_origin", sql`${table.origin} in ('built-in', 'written')`),
  ],
);

/** Every schema of the swarm that an admin wrote. Append-only. Without one, that of the program holds. */
export const policySchemas = sqliteTable("policy_schemas", {
  number: integer().primaryKey({ autoIncrement: true }),
  text: text().notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  createdById: text("created_by_id").notNull(),
  createdByName: text("created_by_name").notNull(),
});

/**
 * Every set of policies that was in force; the one with the greatest number is. Append-only. Before the first there are
 * the built-in policies of the program.
 */
export const policyEpochs = sqliteTable(
  "policy_epochs",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    /** How it came about; a rollback has the policies and the schema of the epoch `restores`, which may be 0. */
    kind: text({ enum: ["published", "rolled_back", "upgraded"] }).notNull(),
    restores: integer(),
    /** Null for the program's own. */
    schema: integer().references(() => policySchemas.number),
    /** SHA-256 over schema and policies, lower-case hexadecimal: what was in force, in one number. */
    digest: text().notNull(),
    note: text().notNull(),
    at: integer({ mode: "timestamp_ms" }).notNull(),
    byId: text("by_id").notNull(),
    byName: text("by_name").notNull(),
    /** Who wrote what somebody else then published; null where one person did both. */
    proposedById: text("proposed_by_id"),
    proposedByName: text("proposed_by_name"),
  },
  (table) => [
    check("policy_epochs_kind", sql`${table.kind} in ('published', 'rolled_back', 'upgraded')`),
    check("policy_epochs_restores", sql`(${table.kind} = 'rolled_back') = (${table.restores} is not null)`),
    check("policy_epochs_digest", sql`length(${table.digest}) = 64`),
  ],
);

/** Which versions an epoch consists of. Append-only. */
export const policyEpochMembers = sqliteTable(
  "policy_epoch_members",
  {
    epoch: integer()
      .notNull()
      .references(() => policyEpochs.number),
    versionId: text("version_id")
      .notNull()
      .references(() => policyVersions.id),
  },
  (table) => [
    primaryKey({ columns: [table.epoch, table.versionId] }),
    index("policy_epoch_members_version").on(table.versionId),
  ],
);

/** What somebody is writing. At most one draft a policy. */
export const policyDrafts = sqliteTable(
  "policy_drafts",
  {
    id: text().primaryKey(),
    /** The policy that it changes, or makes. */
    policy: text().notNull().unique(),
    /** Null when the policy is to be removed. */
    text: text(),
    /** The version in force when the draft was begun; null for a new policy. */
    baseVersionId: text("base_version_id").references(() => policyVersions.id),
    /** Goes up by one each time it is saved. */
    revision: integer().notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
    updatedById: text("updated_by_id").notNull(),
    updatedByName: text("updated_by_name").notNull(),
    /** The revision that somebody asked others to review. */
    reviewRevision: integer("review_revision"),
    reviewNote: text("review_note"),
    /** Since when it runs beside the policies in force, deciding nothing; null when it does not. */
    shadowSince: integer("shadow_since", { mode: "timestamp_ms" }),
  },
  (table) => [check("policy_drafts_revision", sql`${table.revision} >= 1`)],
);

/** What is expected of the policies: a request and its decision. Publishing needs all of them to pass. */
export const policyTests = sqliteTable("policy_tests", {
  name: text().primaryKey(),
  /** The test in JSON, as `PolicyTest` of the contract. */
  test: text({ mode: "json" }).$type<unknown>().notNull(),
  updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
  updatedById: text("updated_by_id").notNull(),
  updatedByName: text("updated_by_name").notNull(),
});

/** When a policy last decided something; written in batches, at most a minute late. */
export const policyUses = sqliteTable("policy_uses", {
  policy: text().primaryKey(),
  decisions: integer().notNull().default(0),
  lastAt: integer("last_at", { mode: "timestamp_ms" }),
});

/** Every decision that a machine asked for, written before it was answered. Append-only. */
export const decisions = sqliteTable(
  "decisions",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    at: integer({ mode: "timestamp_ms" }).notNull(),
    requestId: text("request_id").notNull(),
    /** Who asked. */
    askerKind: text("asker_kind").notNull(),
    askerId: text("asker_id").notNull(),
    askerName: text("asker_name").notNull(),
    /** About whom. */
    subjectType: text("subject_type").notNull(),
    subjectId: text("subject_id").notNull(),
    action: text().notNull(),
    resourceType: text("resource_type").notNull(),
    resourceId: text("resource_id").notNull(),
    workloadKind: text("workload_kind"),
    decision: text({ enum: ["allow", "deny"] }).notNull(),
    /** Names of the policies that decided, JSON. */
    policies: text({ mode: "json" }).$type<string[]>().notNull(),
    /** Why it was denied where no policy was asked; null otherwise. */
    reason: text(),
    epoch: integer().notNull(),
    latencyMicros: integer("latency_micros").notNull(),
    /** The request as it was decided, in Cedar's JSON: context and what was known of subject and resource. */
    asked: text().notNull(),
  },
  (table) => [
    index("decisions_subject").on(table.subjectId, table.seq),
    index("decisions_denied").on(table.seq).where(sql`decision = 'deny'`),
    check("decisions_decision", sql`${table.decision} in ('allow', 'deny')`),
  ],
);

/**
 * How often anything changed that decides: states, teams, labels and roles of identities, standings of certificates,
 * resources, policies in force. Triggers count, so that no writer can forget to.
 */
export const decidingState = sqliteTable(
  "deciding_state",
  { id: integer().primaryKey(), number: integer().notNull() },
  (table) => [check("deciding_state_is_one", sql`${table.id} = 1`)],
);
