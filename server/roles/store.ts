import { and, eq } from "drizzle-orm";
import { roleAssignments } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import { ReadOnce } from "@/server/platform/deciding-state";
import { Remembered } from "@/server/platform/remembered";
import { Role } from "./contract";

/** The roles of an identity, sorted; asked for at every decision. */
export async function rolesOf(db: ReadDatabase, identityId: string): Promise<readonly Role[]> {
  const roles = byIdentity.of(db, identityId, () => {
    const { roles } = db
      .statement("SELECT group_concat(role) AS roles FROM role_assignments WHERE identity_id = ?")
      .get(identityId) as { readonly roles: string | null };
    return roles === null ? NONE : held.of(db, identityId, roles);
  });
  return roles ?? NONE;
}

const byIdentity = new ReadOnce<readonly Role[]>();

const NONE: readonly Role[] = [];

const held = new Remembered<string, readonly Role[]>(
  (roles) => roles.split(",").sort() as Role[],
  (a, b) => a === b,
);

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
