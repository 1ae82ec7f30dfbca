import { eq } from "drizzle-orm";
import { setup } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";

/** How far the first setup has come. */
export interface SetupRow {
  readonly codeHash: Uint8Array;
  readonly codeMadeAt: Date;
  readonly holderHash: Uint8Array | null;
  readonly failures: number;
  readonly blockedUntil: Date | null;
  readonly organisationName: string | null;
  readonly trustDomain: string | null;
  readonly adminId: string | null;
  readonly finishedAt: Date | null;
}

export async function findSetup(db: ReadDatabase): Promise<SetupRow | undefined> {
  const [row] = await db.select().from(setup);
  return row;
}

/** Puts a new code in force. Whatever was entered before stays, and so does the browser that entered it. */
export async function putSetupCode(tx: Transaction, codeHash: Uint8Array, at: Date): Promise<void> {
  const row = { codeHash: Buffer.from(codeHash), codeMadeAt: at, failures: 0, blockedUntil: null };
  await tx
    .insert(setup)
    .values({ id: 1, ...row })
    .onConflictDoUpdate({ target: setup.id, set: row });
}

/** Changes facts of the setup; what is left out stays. */
export async function updateSetup(
  tx: Transaction,
  facts: Partial<{
    codeHash: Buffer;
    holderHash: Buffer | null;
    failures: number;
    blockedUntil: Date | null;
    organisationName: string;
    trustDomain: string;
    adminId: string;
    finishedAt: Date;
  }>,
): Promise<void> {
  await tx.update(setup).set(facts).where(eq(setup.id, 1));
}
