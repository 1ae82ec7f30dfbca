import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { identities } from "./identities";

/** Which built-in role an identity holds. */
export const roleAssignments = sqliteTable(
  "role_assignments",
  {
    identityId: text("identity_id")
      .notNull()
      .references(() => identities.id),
    role: text({ enum: ["admin", "auditor", "team_lead"] }).notNull(),
    givenAt: integer("given_at", { mode: "timestamp_ms" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.identityId, table.role] }),
    check("role_assignments_role", sql`${table.role} in ('admin', 'auditor', 'team_lead')`),
  ],
);
