import { eq } from "drizzle-orm";
import { policyTests } from "@/drizzle/schema";
import type { Actor, ReadDatabase, Transaction } from "@/server/kernel/context";
import { PolicyTest } from "./test-contract";

/** Every policy test, by name. */
export async function allTests(db: ReadDatabase): Promise<PolicyTest[]> {
  const rows = await db.select({ test: policyTests.test }).from(policyTests).orderBy(policyTests.name);
  return rows.map(({ test }) => PolicyTest.parse(test));
}

/** Adds a test, or replaces the one of its name. */
export async function putTestRow(tx: Transaction, test: PolicyTest, by: Actor, at: Date): Promise<void> {
  const row = { test, updatedAt: at, updatedById: by.id, updatedByName: by.name };
  await tx
    .insert(policyTests)
    .values({ name: test.name, ...row })
    .onConflictDoUpdate({ target: policyTests.name, set: row });
}

/** Removes a test. */
export async function deleteTest(tx: Transaction, name: string): Promise<void> {
  await tx.delete(policyTests).where(eq(policyTests.name, name));
}

/** Makes the tests these and no others; answers how many are other. */
export async function replaceTests(
  tx: Transaction,
  tests: readonly PolicyTest[],
  by: Actor,
  at: Date,
): Promise<number> {
  const before = new Map((await allTests(tx)).map((test) => [test.name, JSON.stringify(test)]));
  let changed = 0;
  for (const test of tests) {
    const isSame = before.get(test.name) === JSON.stringify(PolicyTest.parse(test));
    before.delete(test.name);
    if (isSame) continue;
    await putTestRow(tx, test, by, at);
    changed += 1;
  }
  for (const name of before.keys()) await deleteTest(tx, name);
  return changed + before.size;
}
