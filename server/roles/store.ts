import { and, eq } from "drizzle-orm";
import { roleAssignments } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import { Role } from "./contract";

/** The roles of an identity, sorted. */
export async function rolesOf(db: ReadDatabase, identityId: string): Promise<readonly Role[]> {
  const rows = await db
    .select({ role: roleAssignments.role })
    .from(roleAssignments)
    .where(eq(roleAssignments.identityId, identityId));
  return rows.map((row) => row.role).sort();
}

/** The identities that hold a role. */
export async function holdersOf(db: ReadDatabase, role: string): Promise<readonly string[]> {
  const rows = await db
    .select({ id: roleAssignments.identityId })
    .from(roleAssignments)
    .where(eq(roleAssignments.role, Role.parse(role)));
  return rows.map((row) => row.id);
}

/** Gives a built-in role; giving it twice changes nothing. */
export async function giveRole(tx: Transaction, identityId: string, role: string, at: Date): Promise<void> {
  await tx
    .insert(roleAssignments)
    .values({ identityId, role: Role.parse(role), givenAt: at })
    .onConflictDoNothing();
}

/** Takes a built-in role away; taking one that is not held changes nothing. */
export async function takeRole(tx: Transaction, identityId: string, role: string): Promise<void> {
  await tx
    .delete(roleAssignments)
    .where(and(eq(roleAssignments.identityId, identityId), eq(roleAssignments.role, Role.parse(role))));
}
