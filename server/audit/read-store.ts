import { and, asc, count, desc, eq, gte, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { auditEntries } from "@/drizzle/schema";
import type { ReadDatabase } from "@/server/kernel/context";
import type { AuditFilter, AuditRow } from "./contract";

/** A row of the log as it is kept. */
export type StoredEntry = typeof auditEntries.$inferSelect;

const COUNTED = 10_000;

/** A filter as it is asked: with the keys that the index may have for its object. */
export interface AskedFilter extends AuditFilter {
  readonly objectKeys?: readonly string[];
}

/** A page of the log, newest first. */
export async function selectPage(
  db: ReadDatabase,
  filter: AskedFilter,
  page: { before?: number; limit: number },
): Promise<StoredEntry[]> {
  return db
    .select()
    .from(auditEntries)
    .where(and(conditionOf(filter), page.before === undefined ? undefined : lt(auditEntries.seq, page.before)))
    .orderBy(desc(auditEntries.seq))
    .limit(page.limit);
}

/** Entries in the order of the log, in batches, for an export. */
export async function selectBatch(
  db: ReadDatabase,
  filter: AskedFilter,
  after: number,
  through: number,
  limit: number,
): Promise<StoredEntry[]> {
  return db
    .select()
    .from(auditEntries)
    .where(and(conditionOf(filter), sql`${auditEntries.seq} > ${after}`, lte(auditEntries.seq, through)))
    .orderBy(asc(auditEntries.seq))
    .limit(limit);
}

/** How many entries match, counted up to 10,000. */
export async function countMatches(
  db: ReadDatabase,
  filter: AskedFilter,
): Promise<{ count: number; isExact: boolean }> {
  const matches = db
    .select({ seq: auditEntries.seq })
    .from(auditEntries)
    .where(conditionOf(filter))
    .limit(COUNTED + 1)
    .as("matches");
  const [row] = await db.select({ n: count() }).from(matches);
  const n = row?.n ?? 0;
  return { count: Math.min(n, COUNTED), isExact: n <= COUNTED };
}

/** One entry by its place in the log. */
export async function findEntry(db: ReadDatabase, seq: number): Promise<StoredEntry | undefined> {
  const [row] = await db.select().from(auditEntries).where(eq(auditEntries.seq, seq));
  return row;
}

/** The newest place in the log; 0 when it is empty. */
export async function newestSeq(db: ReadDatabase): Promise<number> {
  const [row] = await db.select({ seq: auditEntries.seq }).from(auditEntries).orderBy(desc(auditEntries.seq)).limit(1);
  return row?.seq ?? 0;
}

/** Entries by hour (since the epoch) and outcome. */
export async function countByHour(
  db: ReadDatabase,
  filter: AskedFilter,
): Promise<{ hour: number; outcome: "done" | "refused"; n: number }[]> {
  const hour = sql<number>`${auditEntries.at} / 3600000`;
  return db
    .select({ hour, outcome: auditEntries.outcome, n: count() })
    .from(auditEntries)
    .where(conditionOf(filter))
    .groupBy(hour, auditEntries.outcome);
}

/** Entries by kind and outcome. */
export async function countByKind(
  db: ReadDatabase,
  filter: AskedFilter,
): Promise<{ kind: string; outcome: "done" | "refused"; n: number }[]> {
  return db
    .select({ kind: auditEntries.kind, outcome: auditEntries.outcome, n: count() })
    .from(auditEntries)
    .where(conditionOf(filter))
    .groupBy(auditEntries.kind, auditEntries.outcome);
}

/** A kept row as lists show it. */
export function rowOf(entry: StoredEntry): AuditRow {
  return {
    seq: entry.seq,
    id: entry.id,
    at: entry.at,
    kind: entry.kind,
    action: entry.action,
    outcome: entry.outcome,
    actor: { kind: entry.actorKind, id: entry.actorId, name: entry.actorName },
    address: entry.address,
    object: { type: entry.objectType, id: entry.objectId, name: entry.objectName ?? undefined },
  };
}

function conditionOf(filter: AskedFilter): SQL | undefined {
  return and(
    filter.outcome && outcomeCondition(filter.outcome),
    filter.kind ? eq(auditEntries.kind, filter.kind) : undefined,
    filter.actorId ? eq(auditEntries.actorId, filter.actorId) : undefined,
    filter.objectId ? eq(auditEntries.objectId, filter.objectId) : undefined,
    filter.objectKeys && inArray(sql`coalesce(object_key, object_id)`, filter.objectKeys),
    filter.from && gte(auditEntries.at, filter.from),
    filter.until && lt(auditEntries.at, filter.until),
    filter.text ? textCondition(filter.text) : undefined,
  );
}

/** Written out, for SQLite takes a partial index only where the query says the same as the index. */
function outcomeCondition(outcome: "done" | "refused"): SQL {
  return outcome === "refused" ? sql`outcome = 'refused'` : eq(auditEntries.outcome, outcome);
}

function textCondition(text: string): SQL | undefined {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const like = (column: SQL | (typeof auditEntries)["kind"]): SQL => sql`${column} LIKE ${pattern} ESCAPE '\\'`;
  const { kind, action, actorName, objectName, objectId, address } = auditEntries;
  return or(...[kind, action, actorName, objectName, objectId, address].map((column) => like(sql`${column}`)));
}
