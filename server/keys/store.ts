import { asc, eq } from "drizzle-orm";
import { dataKeys, keys } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { SealedKey } from "@/server/kernel/ports";

/** A data key as it is kept. */
export type WrappedDataKey = typeof dataKeys.$inferSelect;

/** Every data key, oldest first. */
export async function listDataKeys(db: ReadDatabase): Promise<WrappedDataKey[]> {
  return db.select().from(dataKeys).orderBy(asc(dataKeys.id));
}

/** Keeps the first data key unless there is one already; answers whether this one was kept. */
export async function insertFirstDataKey(tx: Transaction, row: WrappedDataKey): Promise<boolean> {
  const kept = await tx.insert(dataKeys).values(row).onConflictDoNothing().returning({ id: dataKeys.id });
  return kept.length === 1;
}

/** A key of ours by its id. */
export async function findKey(db: ReadDatabase, id: string): Promise<typeof keys.$inferSelect | undefined> {
  const [row] = await db.select().from(keys).where(eq(keys.id, id));
  return row;
}

/** Keeps a sealed key. */
export async function insertKey(tx: Transaction, key: SealedKey, at: Date): Promise<void> {
  await tx.insert(keys).values({
    id: key.id,
    algorithm: key.algorithm,
    purpose: key.purpose,
    publicKey: Buffer.from(key.publicKey),
    sealed: Buffer.from(key.sealed),
    createdAt: at,
  });
}
