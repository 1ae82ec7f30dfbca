import type { ReadDatabase } from "@/server/kernel/context";
import type { Area } from "./inventory-model";
import type { SortKey } from "./inventory-order-model";
import { type AreaSpan, inArea, type RowFacts } from "./inventory-store";

/** A position in an order by one key. */
export interface Position {
  readonly key: number | string;
  readonly seq: number;
}

/** A row on its way into an order. */
export interface Entry extends Position {
  /** Told where the row must be looked at. */
  readonly facts: RowFacts | null;
}

/**
 * Where it must be looked at each row, because there are others between that are not wanted: at nothing of it, at what its
 * status and its end follow from, or also at the team, which no index of everybody's rows has.
 */
export type Look = "nowhere" | "at facts" | "at facts and team";

/** One index range that is already in order, read piece by piece. */
export interface Leg {
  readonly key: SortKey;
  readonly isDescending: boolean;
  readonly area: Area;
  /** Null for `name`, whose index knows no facts. */
  readonly fact: number | null;
  /** Bounds of the key, `from` to before `to`; for `name` there are none. */
  readonly from: number;
  readonly to: number;
  readonly look: Look;
}

/** The next rows of a leg after an entry, or from its beginning, `limit` at the most. */
export function readLeg(db: ReadDatabase, leg: Leg, after: Position | null, limit: number): Entry[] {
  const column = COLUMNS[leg.key];
  const direction = leg.isDescending ? "DESC" : "ASC";
  const area = inArea(leg.area);
  const bounds = boundsOf(leg, after);
  if (!bounds) return [];
  const index = `certificate_inventory_${leg.area.team === null ? "" : "team_"}${INDEXES[leg.key]}`;
  const rows = db
    .statement(
      `SELECT ${column}, ${READ[leg.look]} FROM certificate_inventory i INDEXED BY ${index} WHERE ${area.sql}${bounds.sql} ORDER BY ${column} ${direction}, seq ${direction} LIMIT ?`,
    )
    .raw()
    .all(...area.values, ...bounds.values, limit) as LegValues[];
  return rows.map(([key, seq, cell, fact, notAfter, renewAfter, team = leg.area.team]) => ({
    key,
    seq,
    facts: leg.look === "nowhere" ? null : { seq, cell, fact, notAfter, renewAfter, team },
  }));
}

const FACTS = "i.seq, i.cell, i.fact, i.not_after, i.renew_after";
const READ: Readonly<Record<Look, string>> = {
  nowhere: "i.seq",
  "at facts": FACTS,
  "at facts and team": `${FACTS}, i.team_id`,
};

/** The key, and what `READ` reads. Rows of a team's area are the team's. */
type LegValues = [number | string, number, number, number, number, number, (string | null)?];

const COLUMNS: Readonly<Record<SortKey, string>> = { ends: "not_after", order: "seq", name: "name" };
const INDEXES: Readonly<Record<SortKey, string>> = { ends: "end", order: "order", name: "name" };

/** One bound at each side, so that SQLite seeks to the place and reads nothing before it; undefined behind the end. */
function boundsOf(leg: Leg, after: Position | null): { sql: string; values: unknown[] } | undefined {
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
    return undefined;
  }
  const [low, high] = leg.isDescending ? [from, place ?? to] : [place ?? from, to];
  return { sql: ` AND fact = ?${low.sql}${high.sql}`, values: [leg.fact, ...low.values, ...high.values] };
}

/** Between which places in the order of issuance rows lie. */
export interface Reach {
  readonly first: number;
  readonly last: number;
}

const DAY = 86_400_000;

/** Days of the widest tallies. */
const DAYS_AN_ERA = 64;

/** Tallies of the days from one to another: by the day at both ends, and whole eras between. */
function reachesOfTallies(table: string, ofTeam: string): string {
  const tallied = (level: number, from: string, to: string) => `
    SELECT n, first_seq, last_seq FROM spans s CROSS JOIN ${table} y
      ON ${ofTeam} y.level = ${level} AND y.cell = s.cell AND y.fact = s.fact AND y.bucket >= ${from} AND y.bucket <= ${to}
    WHERE y.certificates > 0`;
  const [era, lastEra] = [`s.first_day / ${DAYS_AN_ERA}`, `s.last_day / ${DAYS_AN_ERA}`];
  return `
    WITH spans AS MATERIALIZED (
      SELECT key AS n, value ->> 0 AS cell, value ->> 1 AS fact, value ->> 2 AS first_day, value ->> 3 AS last_day, value ->> 4 AS team
      FROM json_each(?)
    )
    SELECT n, min(first_seq), max(last_seq) FROM (
      ${tallied(1, "s.first_day", `min(s.last_day, ${era} * ${DAYS_AN_ERA} + ${DAYS_AN_ERA - 1})`)}
      UNION ALL ${tallied(2, `${era} + 1`, `${lastEra} - 1`)}
      UNION ALL ${tallied(1, `max(${lastEra}, ${era} + 1) * ${DAYS_AN_ERA}`, "s.last_day")}
    ) GROUP BY n`;
}

const REACHES = {
  everybody: reachesOfTallies("certificate_tallies", ""),
  teams: reachesOfTallies("certificate_team_tallies", "y.team_id = s.team AND"),
} as const;

/**
 * Between which places in the order of issuance the certificates of spans lie that are all of teams or all of everybody,
 * to the day of their end; undefined for one that has none.
 */
export function reachesOf(db: ReadDatabase, spans: readonly AreaSpan[]): (Reach | undefined)[] {
  const asked = spans.map(({ area, span: { fact, from, to } }) => {
    return [area.cell.id, fact, Math.max(0, Math.floor(from / DAY)), Math.floor((to - 1) / DAY), area.team];
  });
  const whose = spans.some(({ area }) => area.team !== null) ? "teams" : "everybody";
  const rows = db.statement(REACHES[whose]).raw().all(JSON.stringify(asked)) as [number, number, number][];
  const reaches: (Reach | undefined)[] = spans.map(() => undefined);
  for (const [n, first, last] of rows) reaches[n] = { first, last };
  return reaches;
}
