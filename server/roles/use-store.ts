import { and, eq, sql } from "drizzle-orm";
import { grantUses, roles, roleUses } from "@/drizzle/schema";
import type { Transaction } from "@/server/kernel/context";

/** How often something let somebody do something, and when last. */
export interface Use {
  decisions: number;
  lastAt: Date;
}

/** Adds to what a grant let somebody do. */
export async function addGrantUses(
  tx: Pick<Transaction, "update">,
  grantId: string,
  { decisions, lastAt }: Use,
): Promise<void> {
  await tx
    .update(grantUses)
    .set({ decisions: sql`${grantUses.decisions} + ${decisions}`, lastAt })
    .where(eq(grantUses.grantId, grantId));
}

/** Adds to what a role let somebody do of one action. */
export async function addRoleUses(
  tx: Pick<Transaction, "update">,
  { role, action }: { readonly role: string; readonly action: string },
  { decisions, lastAt }: Use,
): Promise<void> {
  const roleId = sql`(select ${roles.id} from ${roles} where ${roles.name} = ${role})`;
  await tx
    .update(roleUses)
    .set({ decisions: sql`${roleUses.decisions} + ${decisions}`, lastAt })
    .where(and(eq(roleUses.roleId, roleId), eq(roleUses.action, action)));
}
