import { desc, eq, sql } from "drizzle-orm";
import { policyEpochMembers, policyEpochs, policySchemas, policyUses, policyVersions } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";

/** A text that a policy had, as it is kept. */
export type VersionRow = typeof policyVersions.$inferSelect;
/** A set that was in force, as it is kept. */
export type EpochRow = typeof policyEpochs.$inferSelect;

/** The number of the epoch in force; 0 before the first. Asked before every decision. */
export function newestEpoch(db: ReadDatabase): number {
  const row = db.statement("SELECT max(number) AS number FROM policy_epochs").get() as { number: number | null };
  return row.number ?? 0;
}

/** An epoch by its number. */
export async function findEpoch(db: ReadDatabase, number: number): Promise<EpochRow | undefined> {
  const [row] = await db.select().from(policyEpochs).where(eq(policyEpochs.number, number));
  return row;
}

/** Epochs, the newest first. */
export async function epochRows(db: ReadDatabase): Promise<EpochRow[]> {
  return db.select().from(policyEpochs).orderBy(desc(policyEpochs.number));
}

/** The versions that an epoch consists of, by the names of their policies; the built-in ones first. */
export async function versionsOfEpoch(db: ReadDatabase, epoch: number): Promise<VersionRow[]> {
  const rows = await db
    .select({ version: policyVersions })
    .from(policyEpochMembers)
    .innerJoin(policyVersions, eq(policyVersions.id, policyEpochMembers.versionId))
    .where(eq(policyEpochMembers.epoch, epoch))
    .orderBy(policyVersions.origin, policyVersions.policy);
  return rows.map(({ version }) => version);
}

/** Every text that a policy had, the newest first, with the epochs that it was in. */
export async function versionsOfPolicy(
  db: ReadDatabase,
  policy: string,
): Promise<{ readonly version: VersionRow; readonly epochs: number[] }[]> {
  const rows = await db
    .select({ version: policyVersions, epochs: sql<string>`json_group_array(${policyEpochMembers.epoch})` })
    .from(policyVersions)
    .leftJoin(policyEpochMembers, eq(policyEpochMembers.versionId, policyVersions.id))
    .where(eq(policyVersions.policy, policy))
    .groupBy(policyVersions.id)
    .orderBy(desc(policyVersions.number));
  return rows.map(({ version, epochs }) => ({
    version,
    epochs: (JSON.parse(epochs) as number[]).sort((a, b) => a - b),
  }));
}

/** The number of the newest version of a policy; 0 when it never had one. */
export function newestVersion(db: ReadDatabase, policy: string): number {
  const row = db.statement("SELECT max(number) AS number FROM policy_versions WHERE policy = ?").get(policy);
  return (row as { number: number | null }).number ?? 0;
}

/** The id of the version of a policy that has this text. */
export function findVersion(db: ReadDatabase, policy: string, text: string): string | undefined {
  const row = db.statement("SELECT id FROM policy_versions WHERE policy = ? AND text = ?").get(policy, text);
  return (row as { id: string } | undefined)?.id;
}

/** The number of the schema of an epoch; null for the program's own. */
export function schemaOfEpoch(db: ReadDatabase, epoch: number): number | null {
  const row = db.statement("SELECT schema FROM policy_epochs WHERE number = ?").get(epoch);
  return (row as { schema: number | null } | undefined)?.schema ?? null;
}

/** The text of a schema that an admin wrote. */
export function schemaText(db: ReadDatabase, number: number): string | undefined {
  const row = db.statement("SELECT text FROM policy_schemas WHERE number = ?").get(number);
  return (row as { text: string } | undefined)?.text;
}

/** Keeps a text that a policy has from now on. */
export async function insertVersion(tx: Transaction, row: VersionRow): Promise<void> {
  await tx.insert(policyVersions).values(row);
}

/** Keeps a schema; answers its number. */
export async function insertSchema(
  tx: Transaction,
  row: Omit<typeof policySchemas.$inferInsert, "number">,
): Promise<number> {
  const [kept] = await tx.insert(policySchemas).values(row).returning({ number: policySchemas.number });
  return kept?.number ?? 0;
}

/** Puts a set in force; answers its number. */
export async function insertEpoch(
  tx: Transaction,
  row: Omit<typeof policyEpochs.$inferInsert, "number">,
  versionIds: readonly string[],
): Promise<number> {
  const [kept] = await tx.insert(policyEpochs).values(row).returning({ number: policyEpochs.number });
  const epoch = kept?.number ?? 0;
  const insert = tx.statement("INSERT INTO policy_epoch_members (epoch, version_id) VALUES (?, ?)");
  for (const versionId of versionIds) insert.run(epoch, versionId);
  return epoch;
}

/** How often and when each policy last decided. */
export async function usesOfPolicies(
  db: ReadDatabase,
): Promise<ReadonlyMap<string, { readonly decisions: number; readonly lastAt: Date | null }>> {
  const rows = await db.select().from(policyUses);
  return new Map(rows.map(({ policy, decisions, lastAt }) => [policy, { decisions, lastAt }]));
}

/** Adds to what a policy decided. */
export async function addUses(
  tx: Pick<Transaction, "update">,
  policy: string,
  { decisions, lastAt }: { readonly decisions: number; readonly lastAt: Date },
): Promise<void> {
  await tx
    .update(policyUses)
    .set({ decisions: sql`${policyUses.decisions} + ${decisions}`, lastAt })
    .where(eq(policyUses.policy, policy));
}
