import { eq, inArray } from "drizzle-orm";
import { policyDrafts } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";

/** A draft as it is kept. */
export type DraftRow = typeof policyDrafts.$inferSelect;

/** Every draft, by the name of its policy. */
export async function allDrafts(db: ReadDatabase): Promise<DraftRow[]> {
  return db.select().from(policyDrafts).orderBy(policyDrafts.policy);
}

/** A draft by its id. */
export async function findDraft(db: ReadDatabase, id: string): Promise<DraftRow | undefined> {
  const [row] = await db.select().from(policyDrafts).where(eq(policyDrafts.id, id));
  return row;
}

/** The draft of a policy. */
export async function findDraftOf(db: ReadDatabase, policy: string): Promise<DraftRow | undefined> {
  const [row] = await db.select().from(policyDrafts).where(eq(policyDrafts.policy, policy));
  return row;
}

/** Keeps a new draft. */
export async function insertDraft(tx: Transaction, row: typeof policyDrafts.$inferInsert): Promise<void> {
  await tx.insert(policyDrafts).values(row);
}

/** Keeps what is other. */
export async function updateDraft(tx: Transaction, id: string, changed: Partial<DraftRow>): Promise<void> {
  await tx.update(policyDrafts).set(changed).where(eq(policyDrafts.id, id));
}

/** Forgets drafts; what became of them is in the log. */
export async function deleteDrafts(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(policyDrafts).where(inArray(policyDrafts.id, [...ids]));
}
