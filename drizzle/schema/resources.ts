import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { teams } from "./identities";

/**
 * Everything that policies decide about and that is no identity: providers, pools, compute, storage and whatever the
 * schema in force declares. `attributes` is Cedar's own JSON format of an entity, its team left out of it.
 * https://docs.cedarpolicy.com/auth/entities-syntax.html
 */
export const resources = sqliteTable(
  "resources",
  {
    /** Name of a type of Cedar, `Compute`. */
    type: text().notNull(),
    /** Its name, which is its id in Cedar. */
    id: text().notNull(),
    /** A team's id in Cedar is its name. */
    team: text().references(() => teams.name),
    /** `[{"type": "Pool", "id": "train"}]` */
    parents: text().notNull(),
    /** `{"gpus": 8, "provider": {"__entity": {"type": "Provider", "id": "nordwind"}}}` */
    attributes: text().notNull(),
    labels: text().notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.type, table.id] }),
    index("resources_team").on(table.team).where(sql`team is not null`),
    check("resources_type", sql`length(${table.type}) between 1 and 100 and ${table.type} not glob '*[^A-Za-z0-9_:]*'`),
    check("resources_id", sql`length(${table.id}) between 1 and 200 and ${table.id} not glob '*[^A-Za-z0-9._:/-]*'`),
    check("resources_parents", sql`json_valid(${table.parents}) and json_type(${table.parents}) = 'array'`),
    check("resources_attributes", sql`json_valid(${table.attributes}) and json_type(${table.attributes}) = 'object'`),
    check("resources_labels", sql`json_valid(${table.labels}) and json_type(${table.labels}) = 'object'`),
  ],
);
