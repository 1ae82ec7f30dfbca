import { and, asc, type Column, desc, eq, getTableColumns, gt, gte, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { decisions } from "@/drizzle/schema";
import type { ReadDatabase } from "@/server/kernel/context";
import type { DecisionFilter, DecisionRow } from "./decision-contract";

/** All that lists show: not what was known, which is long. */
const { asked, ...LISTED } = getTableColumns(decisions);

type ListedRow = Omit<typeof decisions.$inferSelect, "asked">;

/** So many are looked through for one page; whoever reads on, gets the others. */
const SCANNED = 20_000;
/** By so much the log may be out of the order of time: decisions wait for the disk beside each other. */
const DISORDER_MS = 60_000;

/** Part of the log by its numbers, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Those in a range that fit, the newest first, and down to where the log was looked through. */
export async function selectNewest(
  db: ReadDatabase,
  filter: DecisionFilter,
  range: Range,
  limit: number,
): Promise<{ readonly rows: DecisionRow[]; readonly downTo: number }> {
  const first = isIndexed(filter) ? range.first : Math.max(range.first, range.last - SCANNED + 1);
  const rows = await db
    .select(LISTED)
    .from(decisions)
    .where(and(conditionOf(filter), within({ first, last: range.last })))
    .orderBy(desc(decisions.seq))
    .limit(limit);
  const oldest = rows.length === limit ? rows.at(-1)?.seq : undefined;
  return { rows: rows.map(rowOf), downTo: oldest ?? first };
}

/** Those in a range that fit, the oldest first, and up to where the log was looked through. */
export async function selectOldest(
  db: ReadDatabase,
  filter: DecisionFilter,
  range: Range,
  limit: number,
): Promise<{ readonly rows: DecisionRow[]; readonly upTo: number }> {
  const last = Math.min(range.last, range.first + SCANNED - 1);
  const rows = await db
    .select(LISTED)
    .from(decisions)
    .where(and(conditionOf(filter), within({ first: range.first, last })))
    .orderBy(asc(decisions.seq))
    .limit(limit);
  const newest = rows.length === limit ? rows.at(-1)?.seq : undefined;
  return { rows: rows.map(rowOf), upTo: newest ?? last };
}

/** One decision, with all that was known. */
export async function findDecision(
  db: ReadDatabase,
  seq: number,
): Promise<(DecisionRow & { readonly asked: string }) | undefined> {
  const [row] = await db
    .select({ ...LISTED, asked })
    .from(decisions)
    .where(eq(decisions.seq, seq));
  return row && { ...rowOf(row), asked: row.asked };
}

/** The number of the newest decision; 0 before the first. */
export function newestDecision(db: ReadDatabase): number {
  const row = db.statement("SELECT max(seq) AS seq FROM decisions").get() as { readonly seq: number | null };
  return row.seq ?? 0;
}

/** The part of the log in which decisions of some time are; there may be others in it. */
export function rangeOf(db: ReadDatabase, { from, until }: DecisionFilter): Range {
  const newest = newestDecision(db);
  return {
    first: from ? firstSince(db, from.getTime() - DISORDER_MS, newest) : 1,
    last: until ? firstSince(db, until.getTime() + DISORDER_MS, newest) : newest,
  };
}

/** Halves the log until it is found: the numbers grow with time. */
function firstSince(db: ReadDatabase, at: number, newest: number): number {
  const look = db.statement("SELECT at FROM decisions WHERE seq >= ? ORDER BY seq LIMIT 1");
  let [low, high] = [1, newest];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = look.get(middle) as { readonly at: number } | undefined;
    if (found === undefined || found.at >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isIndexed({ subject, decision }: DecisionFilter): boolean {
  return subject !== undefined || decision === "deny";
}

function within({ first, last }: Range): SQL | undefined {
  return and(gte(decisions.seq, first), lte(decisions.seq, last));
}

function conditionOf(filter: DecisionFilter): SQL | undefined {
  const { subject, subjectType, asker, action, resource, resourceType, workloadKind, policy, epoch } = filter;
  const same = (column: Column, value: string | number | undefined) =>
    value === undefined ? undefined : eq(column, value);
  return and(
    same(decisions.subjectId, subject),
    same(decisions.subjectType, subjectType),
    asker === undefined ? undefined : or(eq(decisions.askerName, asker), eq(decisions.askerId, asker)),
    same(decisions.action, action),
    same(decisions.resourceId, resource),
    same(decisions.resourceType, resourceType),
    same(decisions.workloadKind, workloadKind),
    filter.decision && decisionCondition(filter.decision),
    policy === undefined ? undefined : gt(sql`instr(${decisions.policies}, ${JSON.stringify(policy)})`, 0),
    same(decisions.epoch, epoch),
    filter.from && gte(decisions.at, filter.from),
    filter.until && lt(decisions.at, filter.until),
  );
}

/** Written out, for SQLite takes a partial index only where the query says the same as the index. */
function decisionCondition(decision: "allow" | "deny"): SQL {
  return decision === "deny" ? sql`decision = 'deny'` : eq(decisions.decision, decision);
}

function rowOf(row: ListedRow): DecisionRow {
  const { askerKind, askerId, askerName, subjectType, subjectId, resourceType, resourceId, ...rest } = row;
  const { seq, at, requestId, action, workloadKind, decision, policies, reason, epoch, latencyMicros } = rest;
  return {
    ...{ seq, at, requestId, action, workloadKind, decision, policies, reason, epoch, latencyMicros },
    asker: { kind: askerKind, id: askerId, name: askerName },
    subject: { type: subjectType, id: subjectId },
    resource: { type: resourceType, id: resourceId },
  };
}
