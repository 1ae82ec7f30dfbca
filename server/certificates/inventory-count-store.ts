import type { ReadDatabase } from "@/server/kernel/context";
import { type Cell, FACTS, type Matrix, type Span, STATUSES, spansOf, type Window } from "./inventory-model";

/** Widths of the levels of tallies, ms: each holds a whole number of the one below. */
export const WIDTHS = { quarter: 900_000, day: 86_400_000, era: 5_529_600_000 } as const;

/** A span of a cell to be counted, under a number of the caller's. */
export interface AskedSpan {
  readonly cell: number;
  readonly span: Span;
  readonly tag: number;
}

/** How many certificates the spans of one tag have in a cell; of one team, where teams were asked for. */
export interface CountedSpans {
  readonly team: string | null;
  readonly cell: number;
  readonly tag: number;
  readonly certificates: number;
}

/** Buckets of one level from one to before another, as `t` bounds them, of what `t` asks for. */
function tallied(table: string, level: number, from: string | null, to: string): string {
  const lower = from === null ? "" : `AND y.bucket >= ${from}`;
  const own = table === "certificate_tallies" ? "" : "y.team_id = m.value AND";
  return `(SELECT coalesce(sum(y.certificates), 0) FROM ${table} y WHERE ${own} y.level = ${level} AND y.cell = t.cell AND y.fact = t.fact ${lower} AND y.bucket < ${to})`;
}

const [ERA, DAY, QUARTER] = [`t.at / ${WIDTHS.era}`, `t.at / ${WIDTHS.day}`, `t.at / ${WIDTHS.quarter}`];
const [FIRST_DAY, FIRST_QUARTER] = [`${ERA} * ${WIDTHS.era / WIDTHS.day}`, `${DAY} * ${WIDTHS.day / WIDTHS.quarter}`];
const ROWS = "SELECT count(*) FROM certificate_inventory i WHERE";

/** How many of a cell and fact end before `t.at`: whole buckets, and by row the rest of what the narrowest level leaves. */
const BEFORE = {
  everybody: `
    ${tallied("certificate_tallies", 2, null, ERA)} + ${tallied("certificate_tallies", 1, FIRST_DAY, DAY)}
    + ${tallied("certificate_tallies", 0, FIRST_QUARTER, QUARTER)}
    + (${ROWS} i.cell = t.cell AND i.fact = t.fact AND i.not_after >= ${QUARTER} * ${WIDTHS.quarter} AND i.not_after < t.at)`,
  teams: `
    ${tallied("certificate_team_tallies", 2, null, ERA)} + ${tallied("certificate_team_tallies", 1, FIRST_DAY, DAY)}
    + (${ROWS} i.team_id = m.value AND i.cell = t.cell AND i.fact = t.fact AND i.not_after >= ${DAY} * ${WIDTHS.day} AND i.not_after < t.at)`,
} as const;

const CHECKED = "i.cell = t.cell AND i.fact = t.fact AND i.not_after >= t.at AND i.not_after < t.until";

/** SQL that counts the spans of each cell and tag, of everybody or of each team. */
function sqlOf(whose: keyof typeof BEFORE): string {
  const [team, members, own] =
    whose === "teams" ? ["m.value", "json_each(:teams) m CROSS JOIN", "i.team_id = m.value AND"] : ["NULL", "", ""];
  return `
    WITH bounds AS MATERIALIZED (SELECT value ->> 0 AS cell, value ->> 1 AS tag, value ->> 2 AS fact, value ->> 3 AS at, value ->> 4 AS sign FROM json_each(:bounds)),
      checks AS MATERIALIZED (SELECT value ->> 0 AS cell, value ->> 1 AS tag, value ->> 2 AS fact, value ->> 3 AS at, value ->> 4 AS until, value ->> 5 AS is_due FROM json_each(:checks))
    SELECT team, cell, tag, sum(certificates) FROM (
      SELECT ${team} AS team, t.cell, t.tag, t.sign * (${BEFORE[whose]}) AS certificates FROM ${members} bounds t
      UNION ALL
      SELECT ${team}, t.cell, t.tag, (${ROWS} ${own} ${CHECKED} AND (i.renew_after <= :now) = t.is_due) FROM ${members} checks t
    ) GROUP BY 1, 2, 3`;
}

const SQL = { everybody: sqlOf("everybody"), teams: sqlOf("teams") } as const;

/**
 * Counts spans in one question to the database, of everybody's certificates or of each team's, at a time. Exact; what it
 * costs follows the number of spans, and not that of the certificates in them.
 */
export function countSpans(
  db: ReadDatabase,
  asked: readonly AskedSpan[],
  now: number,
  teams?: readonly string[],
): CountedSpans[] {
  const [bounds, checks]: [number[][], number[][]] = [[], []];
  for (const { cell, tag, span } of asked) {
    const { fact, from, to, check } = span;
    if (check !== null) checks.push([cell, tag, fact, from, to, check === "due" ? 1 : 0]);
    else {
      // Where spans touch, what one adds the other takes away.
      const last = bounds.at(-1);
      if (last?.[0] === cell && last[1] === tag && last[2] === fact && last[3] === from) bounds.pop();
      else if (from > 0) bounds.push([cell, tag, fact, from, -1]);
      bounds.push([cell, tag, fact, Math.max(0, to), 1]);
    }
  }
  const values = { now, bounds: JSON.stringify(bounds), checks: JSON.stringify(checks) };
  const whose = teams
    ? { sql: SQL.teams, values: { ...values, teams: JSON.stringify(teams) } }
    : { sql: SQL.everybody, values };
  const rows = db.statement(whose.sql).raw().all(whose.values) as [string | null, number, number, number][];
  return rows.map(([team, cell, tag, certificates]) => ({ team, cell, tag, certificates }));
}

/**
 * Counts of each cell by status, for certificates that end within the window, of everybody's certificates or of those of
 * some teams. Exact.
 */
export function countMatrix(
  db: ReadDatabase,
  cells: readonly Cell[],
  window: Window,
  now: number,
  teams?: readonly string[],
): Matrix {
  const asked = cells.flatMap((cell) =>
    STATUSES.flatMap((status, tag) =>
      spansOf(cell, new Set([status]), window, now).map((span) => ({ cell: cell.id, tag, span })),
    ),
  );
  const matrix = new Map(cells.map((cell) => [cell.id, STATUSES.map(() => 0)]));
  for (const { cell, tag, certificates } of countSpans(db, asked, now, teams)) {
    const counts = matrix.get(cell);
    if (counts) counts[tag] = (counts[tag] ?? 0) + certificates;
  }
  return matrix;
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
