import type { ReadDatabase } from "@/server/kernel/context";
import {
  ALWAYS,
  FACTS,
  type Cell,
  type Matrix,
  type Span,
  STATUSES,
  type StatusCounts,
  spansOf,
  type Window,
} from "./inventory-model";
import type { SortKey } from "./inventory-order-model";

/** Widths of the levels of `certificate_tallies`, ms: each holds a whole number of the one below. */
const WIDTHS = { quarter: 900_000, day: 86_400_000, era: 5_529_600_000 } as const;
const DAYS_AN_ERA = WIDTHS.era / WIDTHS.day;
const QUARTERS_A_DAY = WIDTHS.day / WIDTHS.quarter;

const SELECT_CELLS = `
  SELECT k.id, k.authority_id AS authorityId, coalesce(a.name, k.authority_id) AS authorityName, k.profile_id AS profileId,
    coalesce(p.name, k.profile_id) AS profileName, k.kind, k.key_algorithm AS keyAlgorithm, k.lead_from AS leadFrom, k.lead_to AS leadTo
  FROM certificate_cells k LEFT JOIN authorities a ON a.id = k.authority_id LEFT JOIN profiles p ON p.id = k.profile_id`;

/** Every cell: as many as there are combinations of facets in use, times their lifetimes. */
export function selectCells(db: ReadDatabase): Cell[] {
  return db.statement(SELECT_CELLS).all() as Cell[];
}

const SELECT_BEFORE = `
  SELECT
    (SELECT coalesce(sum(certificates), 0) FROM certificate_tallies WHERE cell = @cell AND fact = @fact AND level = 2 AND bucket < @era)
  + (SELECT coalesce(sum(certificates), 0) FROM certificate_tallies WHERE cell = @cell AND fact = @fact AND level = 1 AND bucket >= @firstDay AND bucket < @day)
  + (SELECT coalesce(sum(certificates), 0) FROM certificate_tallies WHERE cell = @cell AND fact = @fact AND level = 0 AND bucket >= @firstQuarter AND bucket < @quarter)
  + (SELECT count(*) FROM certificate_inventory WHERE cell = @cell AND fact = @fact AND not_after >= @rest AND not_after < @at) AS certificates`;

/** How many certificates of a cell and fact end before a time: whole buckets, and the rest of the last quarter by row. */
export function countEndingBefore(db: ReadDatabase, cell: number, fact: number, at: number): number {
  if (at <= ALWAYS.from) return 0;
  if (at >= ALWAYS.to) return countAll(db, cell, fact);
  const era = Math.floor(at / WIDTHS.era);
  const day = Math.floor(at / WIDTHS.day);
  const quarter = Math.floor(at / WIDTHS.quarter);
  const bounds = { era, firstDay: era * DAYS_AN_ERA, day, firstQuarter: day * QUARTERS_A_DAY, quarter };
  const row = db.statement(SELECT_BEFORE).get({ cell, fact, ...bounds, rest: quarter * WIDTHS.quarter, at });
  return (row as { certificates: number }).certificates;
}

function countAll(db: ReadDatabase, cell: number, fact: number): number {
  const row = db
    .statement(
      "SELECT coalesce(sum(certificates), 0) AS certificates FROM certificate_tallies WHERE cell = ? AND fact = ? AND level = 2",
    )
    .get(cell, fact);
  return (row as { certificates: number }).certificates;
}

const COUNT_CHECKED = `
  SELECT coalesce(sum(renew_after <= ?), 0) AS due, count(*) AS certificates
  FROM certificate_inventory WHERE cell = ? AND fact = ? AND not_after >= ? AND not_after < ?`;

/** How many certificates a span has. */
export function countSpan(db: ReadDatabase, cell: number, span: Span, now: number): number {
  if (span.check === null) {
    return countEndingBefore(db, cell, span.fact, span.to) - countEndingBefore(db, cell, span.fact, span.from);
  }
  const row = db.statement(COUNT_CHECKED).get(now, cell, span.fact, span.from, span.to);
  const { due, certificates } = row as { due: number; certificates: number };
  return span.check === "due" ? due : certificates - due;
}

/** How many rows lie in a span, whether they pass its check or not; it is not counted beyond `limit`. */
export function countRowsUpTo(db: ReadDatabase, cell: number, { fact, from, to }: Span, limit: number): number {
  const row = db
    .statement(
      "SELECT count(*) AS certificates FROM (SELECT 1 FROM certificate_inventory WHERE cell = ? AND fact = ? AND not_after >= ? AND not_after < ? LIMIT ?)",
    )
    .get(cell, fact, from, to, limit);
  return (row as { certificates: number }).certificates;
}

/** Counts of each cell by status, for certificates that end within the window. Exact. */
export function countMatrix(db: ReadDatabase, cells: readonly Cell[], window: Window, now: number): Matrix {
  const matrix = new Map<number, StatusCounts>();
  for (const cell of cells) {
    const before = counterOf(db, cell.id);
    const countOf = (span: Span) => {
      const count = before(span.fact, span.to) - before(span.fact, span.from);
      return count === 0 || span.check === null ? count : countSpan(db, cell.id, span, now);
    };
    const counts = STATUSES.map((status) =>
      spansOf(cell, new Set([status]), window, now).reduce((sum, span) => sum + countOf(span), 0),
    );
    matrix.set(cell.id, counts);
  }
  return matrix;
}

/** `countEndingBefore` that asks for each number once, and for none of a fact that no certificate has. */
function counterOf(db: ReadDatabase, cell: number): (fact: number, at: number) => number {
  const known = new Map<string, number>();
  const count = (fact: number, at: number): number => {
    const key = `${fact}:${at}`;
    const value = known.get(key) ?? countEndingBefore(db, cell, fact, at);
    known.set(key, value);
    return value;
  };
  return (fact, at) => (at > ALWAYS.from && count(fact, ALWAYS.to) > 0 ? count(fact, at) : 0);
}

/** A row on its way into an order. */
export interface Entry {
  readonly key: number | string;
  readonly seq: number;
}

/** One index range that is already in order, read piece by piece. */
export interface Leg {
  readonly key: SortKey;
  readonly isDescending: boolean;
  readonly cell: number;
  /** Null for `name`, whose index knows no facts. */
  readonly fact: number | null;
  /** Bounds of the key, `from` to before `to`; for `name` there are none. */
  readonly from: number;
  readonly to: number;
}

/** The next rows of a leg after an entry, or from its beginning, `limit` at the most. */
export function readLeg(db: ReadDatabase, leg: Leg, after: Entry | null, limit: number): Entry[] {
  const column = COLUMNS[leg.key];
  const direction = leg.isDescending ? "DESC" : "ASC";
  const { sql, values } = boundsOf(leg, after);
  const rows = db
    .statement(
      `SELECT ${column}, seq FROM certificate_inventory WHERE cell = ?${sql} ORDER BY ${column} ${direction}, seq ${direction} LIMIT ?`,
    )
    .raw()
    .all(leg.cell, ...values, limit) as [number | string, number][];
  return rows.map(([key, seq]) => ({ key, seq }));
}

const COLUMNS: Readonly<Record<SortKey, string>> = { ends: "not_after", order: "seq", name: "name" };

/** One bound at each side, so that SQLite seeks to the place and reads nothing before it. */
function boundsOf(leg: Leg, after: Entry | null): { sql: string; values: unknown[] } {
  const sign = leg.isDescending ? "<" : ">";
  if (leg.key === "name") {
    return after ? { sql: ` AND (name, seq) ${sign} (?, ?)`, values: [after.key, after.seq] } : { sql: "", values: [] };
  }
  const column = COLUMNS[leg.key];
  const isInside = after !== null && Number(after.key) >= leg.from && Number(after.key) < leg.to;
  const from = { sql: ` AND ${column} >= ?`, values: [leg.from] };
  const to = { sql: ` AND ${column} < ?`, values: [leg.to] };
  const place = !isInside
    ? undefined
    : leg.key === "order"
      ? { sql: ` AND seq ${sign} ?`, values: [after.seq] }
      : { sql: ` AND (not_after, seq) ${sign} (?, ?)`, values: [after.key, after.seq] };
  if (!place && after !== null && (leg.isDescending ? Number(after.key) < leg.from : Number(after.key) >= leg.to)) {
    return { sql: " AND fact = ? AND 0", values: [leg.fact] };
  }
  const [low, high] = leg.isDescending ? [from, place ?? to] : [place ?? from, to];
  return { sql: ` AND fact = ?${low.sql}${high.sql}`, values: [leg.fact, ...low.values, ...high.values] };
}

const SELECT_REACH = `
  SELECT min(first_seq) AS first, max(last_seq) AS last FROM certificate_tallies
  WHERE cell = ? AND fact = ? AND level = 2 AND bucket >= ? AND bucket <= ? AND certificates > 0`;

/** Between which places in the order of issuance the certificates of a span lie; undefined when it has none. */
export function reachOf(db: ReadDatabase, cell: number, span: Span): { first: number; last: number } | undefined {
  const row = db
    .statement(SELECT_REACH.replace("level = 2", span.to - span.from < WIDTHS.era ? "level = 1" : "level = 2"))
    .get(cell, span.fact, ...bucketsOf(span)) as { first: number | null; last: number | null };
  return row.first === null || row.last === null ? undefined : { first: row.first, last: row.last };
}

function bucketsOf(span: Span): [number, number] {
  const width = span.to - span.from < WIDTHS.era ? WIDTHS.day : WIDTHS.era;
  return [Math.floor(span.from / width), Math.floor((span.to - 1) / width)];
}

/** What the status and the place of a row follow from. */
export interface RowFacts {
  readonly seq: number;
  readonly cell: number;
  readonly fact: number;
  readonly notAfter: number;
  readonly renewAfter: number;
}

/** Columns of `RowFacts` from `certificate_inventory i`. */
export const ROW_FACTS = "i.seq, i.cell, i.fact, i.not_after, i.renew_after";

/** Runs SQL that begins with `SELECT ${ROW_FACTS}`. Thousands of rows: as arrays they cost half of what objects cost. */
export function allFacts(db: ReadDatabase, sql: string, ...values: readonly unknown[]): RowFacts[] {
  const rows = db
    .statement(sql)
    .raw()
    .all(...values) as [number, number, number, number, number][];
  return rows.map(([seq, cell, fact, notAfter, renewAfter]) => ({ seq, cell, fact, notAfter, renewAfter }));
}

/** Facts of rows, in no order. */
export function selectFacts(db: ReadDatabase, seqs: readonly number[]): RowFacts[] {
  const sql = `SELECT ${ROW_FACTS} FROM json_each(?) j CROSS JOIN certificate_inventory i ON i.seq = j.value`;
  return allFacts(db, sql, JSON.stringify(seqs));
}

/** Facts of every row of a span, in no order; its check is the caller's. */
export function selectSpan(db: ReadDatabase, cell: number, span: Span): RowFacts[] {
  const sql = `SELECT ${ROW_FACTS} FROM certificate_inventory i WHERE cell = ? AND fact = ? AND not_after >= ? AND not_after < ?`;
  return allFacts(db, sql, cell, span.fact, span.from, span.to);
}

/** Every row of a span that passes its check, by its place in the order of issuance. */
export function selectSeqsOfSpan(
  db: ReadDatabase,
  cell: number,
  { fact, from, to, check }: Span,
  now: number,
): number[] {
  const checked = check === null ? "" : `AND (renew_after <= ?) = ${check === "due" ? 1 : 0}`;
  return db
    .statement(
      `SELECT seq FROM certificate_inventory WHERE cell = ? AND fact = ? AND not_after >= ? AND not_after < ? ${checked}`,
    )
    .pluck()
    .all(cell, fact, from, to, ...(check === null ? [] : [now])) as number[];
}

/** Facts of every certificate of an identity, in no order. */
export function selectFactsOfIdentity(db: ReadDatabase, identityId: string): RowFacts[] {
  const sql = `SELECT ${ROW_FACTS} FROM certificates c INDEXED BY certificates_identity CROSS JOIN certificate_inventory i ON i.seq = c.seq WHERE c.identity_id = ?`;
  return allFacts(db, sql, identityId);
}

/** Names of rows by their place in the order of issuance. */
export function selectNames(db: ReadDatabase, seqs: readonly number[]): ReadonlyMap<number, string> {
  const rows = db
    .statement("SELECT i.seq, i.name FROM json_each(?) j CROSS JOIN certificate_inventory i ON i.seq = j.value")
    .raw()
    .all(JSON.stringify(seqs)) as [number, string][];
  return new Map(rows);
}

/** How many certificates were issued in an hour since 1970, for hours from one to before another. */
export function selectIssuance(
  db: ReadDatabase,
  fromHour: number,
  toHour: number,
): { hour: number; certificates: number }[] {
  return db
    .statement("SELECT hour, certificates FROM certificate_issuance WHERE hour >= ? AND hour < ?")
    .all(fromHour, toHour) as { hour: number; certificates: number }[];
}

/** How many certificates of a cell that are neither renewed nor revoked end on each day since 1970, for some days. */
export function selectDays(
  db: ReadDatabase,
  cell: number,
  fromDay: number,
  toDay: number,
): { day: number; certificates: number }[] {
  return db
    .statement(
      `SELECT bucket AS day, certificates FROM certificate_tallies WHERE cell = ? AND fact = ${FACTS.current} AND level = 1 AND bucket >= ? AND bucket < ?`,
    )
    .all(cell, fromDay, toDay) as { day: number; certificates: number }[];
}
