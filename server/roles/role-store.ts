import { desc, eq, sql } from "drizzle-orm";
import { roles, roleUses, roleVersions, separations } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import { Permission, type RoleDefinition } from "./contract";

/** A role with its newest version; a built-in one has none. */
export interface RoleRow {
  readonly id: string;
  readonly name: string;
  readonly origin: "built-in" | "written";
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  readonly version: VersionRow | null;
}

/** What a role was. */
export interface VersionRow extends RoleDefinition {
  readonly roleId: string;
  readonly number: number;
  readonly note: string;
  readonly createdAt: Date;
  readonly createdById: string;
  readonly createdByName: string;
}

const newest = sql`(select max(number) from role_versions as other where other.role_id = ${roleVersions.roleId})`;

/** Every role that there is or was, by name; the built-in ones first. */
export async function allRoles(db: ReadDatabase): Promise<RoleRow[]> {
  const rows = await db
    .select({ role: roles, version: roleVersions })
    .from(roles)
    .leftJoin(roleVersions, sql`${roleVersions.roleId} = ${roles.id} and ${roleVersions.number} = ${newest}`)
    .orderBy(roles.origin, roles.name);
  return rows.map(({ role, version }) => ({ ...role, version: version && readVersion(version) }));
}

/** One role by its name. */
export async function findRole(db: ReadDatabase, name: string): Promise<RoleRow | undefined> {
  const [row] = await db.select().from(roles).where(eq(roles.name, name));
  if (!row) return undefined;
  const [version] = await versionsOf(db, row.id);
  return { ...row, version: version ?? null };
}

/** What a role was, the newest first. */
export async function versionsOf(db: ReadDatabase, roleId: string): Promise<VersionRow[]> {
  const rows = await db
    .select()
    .from(roleVersions)
    .where(eq(roleVersions.roleId, roleId))
    .orderBy(desc(roleVersions.number));
  return rows.map(readVersion);
}

function readVersion(row: typeof roleVersions.$inferSelect): VersionRow {
  return { ...row, permissions: Permission.array().parse(row.permissions) };
}

/** Makes a role. */
export async function insertRole(tx: Transaction, row: typeof roles.$inferInsert): Promise<void> {
  await tx.insert(roles).values(row);
}

/** What a role is from now on. */
export async function insertVersion(tx: Transaction, row: VersionRow): Promise<void> {
  await tx.insert(roleVersions).values(row);
}

/** A role is not given any more. */
export async function markRetired(tx: Transaction, roleId: string, at: Date): Promise<void> {
  await tx.update(roles).set({ retiredAt: at }).where(eq(roles.id, roleId));
}

/** What is counted of a role from now on: each action that it permits. */
export async function keepUsesOf(tx: Transaction, roleId: string, actions: Iterable<string>): Promise<void> {
  const insert = tx.statement("INSERT OR IGNORE INTO role_uses (role_id, action) VALUES (?, ?)");
  for (const action of actions) insert.run(roleId, action);
}

/** When what a role permits was used. */
export async function usesOfRole(db: ReadDatabase, roleId: string) {
  return db.select().from(roleUses).where(eq(roleUses.roleId, roleId)).orderBy(roleUses.action);
}

/** How many actions that a role permits were used since a time, by the role's id. */
export function usedSince(db: ReadDatabase, since: Date): ReadonlyMap<string, ReadonlySet<string>> {
  const rows = db
    .statement("SELECT role_id AS roleId, action FROM role_uses WHERE last_at >= ?")
    .all(since.getTime()) as { readonly roleId: string; readonly action: string }[];
  const used = new Map<string, Set<string>>();
  for (const { roleId, action } of rows) used.set(roleId, (used.get(roleId) ?? new Set()).add(action));
  return used;
}

/** A separation of duties, as it is kept. */
export type SeparationRow = typeof separations.$inferSelect;

/** Every separation of duties, by name. */
export async function allSeparations(db: ReadDatabase): Promise<SeparationRow[]> {
  return db.select().from(separations).orderBy(separations.name);
}

/** Makes a separation, or replaces the one of that name. */
export async function putSeparationRow(tx: Transaction, row: SeparationRow): Promise<void> {
  const { id: _, ...rest } = row;
  await tx.insert(separations).values(row).onConflictDoUpdate({ target: separations.name, set: rest });
}

/** Removes a separation. */
export async function deleteSeparation(tx: Transaction, name: string): Promise<void> {
  await tx.delete(separations).where(eq(separations.name, name));
}
