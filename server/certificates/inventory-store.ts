import type { ReadDatabase } from "@/server/kernel/context";
import type { Area, Cell, Span } from "./inventory-model";

const SELECT_CELLS = `
  SELECT k.id, k.authority_id AS authorityId, coalesce(a.name, k.authority_id) AS authorityName, k.profile_id AS profileId,
    coalesce(p.name, k.profile_id) AS profileName, k.kind, k.key_algorithm AS keyAlgorithm, k.lead_from AS leadFrom, k.lead_to AS leadTo
  FROM certificate_cells k LEFT JOIN authorities a ON a.id = k.authority_id LEFT JOIN profiles p ON p.id = k.profile_id`;

/** Every cell: as many as there are combinations of facets in use, times their lifetimes. */
export function selectCells(db: ReadDatabase): Cell[] {
  return db.statement(SELECT_CELLS).all() as Cell[];
}

const SELECT_AREAS = `
  SELECT DISTINCT y.team_id, y.cell FROM json_each(?) t CROSS JOIN certificate_team_tallies y ON y.team_id = t.value
  WHERE y.level = 2 AND y.certificates > 0`;

/** What some teams have of some cells, empty areas left out. */
export function selectAreas(db: ReadDatabase, cells: readonly Cell[], teams: readonly string[]): Area[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const areas = db.statement(SELECT_AREAS).raw().all(JSON.stringify(teams)) as [string, number][];
  return areas.flatMap(([team, id]) => {
    const cell = byId.get(id);
    return cell ? [{ cell, team }] : [];
  });
}

/** SQL and its values for the rows of an area. */
export function inArea({ cell, team }: Area): { sql: string; values: unknown[] } {
  return team === null
    ? { sql: "cell = ?", values: [cell.id] }
    : { sql: "team_id = ? AND cell = ?", values: [team, cell.id] };
}

/** A part of an area, in which rows lie whether they pass its check or not. */
export interface AreaSpan {
  readonly area: Area;
  readonly span: Span;
}

/** SQL with named values that yields columns of `certificate_inventory i`. */
export interface Rows {
  readonly sql: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The rows of spans, which are all of teams or all of everybody; `limit` at the most. Those that do not pass the check of
 * their span are left out where the time is told.
 */
export function rowsOfSpans(columns: string, spans: readonly AreaSpan[], limit: number, now?: number): Rows {
  const ofTeam = spans.some(({ area }) => area.team !== null) ? "i.team_id = j.value ->> 4 AND" : "";
  const isChecked = now !== undefined && spans.some(({ span }) => span.check !== null);
  const passing = isChecked ? "WHERE j.value ->> 5 IS NULL OR (i.renew_after <= :now) = j.value ->> 5" : "";
  const json = spans.map(({ area, span: { fact, from, to, check } }) => {
    return [area.cell.id, fact, from, to, area.team, check && Number(check === "due")];
  });
  return {
    sql: `
      SELECT ${columns} FROM json_each(:spans) j CROSS JOIN certificate_inventory i ON ${ofTeam} i.cell = j.value ->> 0
        AND i.fact = j.value ->> 1 AND i.not_after >= j.value ->> 2 AND i.not_after < j.value ->> 3
      ${passing} LIMIT :most`,
    values: { spans: JSON.stringify(json), most: limit, ...(isChecked && { now }) },
  };
}

/** How many rows lie in spans; they are not counted beyond `limit`. */
export function countRowsUpTo(db: ReadDatabase, spans: readonly AreaSpan[], limit: number): number {
  const { sql, values } = rowsOfSpans("1", spans, limit);
  return db.statement(`SELECT count(*) FROM (${sql})`).pluck().get(values) as number;
}

/** Facts of rows of spans, `limit` at the most, in no order. */
export function selectRowsOfSpans(db: ReadDatabase, spans: readonly AreaSpan[], limit: number): RowFacts[] {
  const { sql, values } = rowsOfSpans(ROW_FACTS, spans, limit);
  return allFacts(db, sql, values);
}

/** What the status and the place of a row follow from. */
export interface RowFacts {
  readonly seq: number;
  readonly cell: number;
  readonly fact: number;
  readonly notAfter: number;
  readonly renewAfter: number;
  /** The team of whom it belongs to. */
  readonly team: string | null;
}

/** Columns of `RowFacts` from `certificate_inventory i`. */
export const ROW_FACTS = "i.seq, i.cell, i.fact, i.not_after, i.renew_after, i.team_id";

/** Runs SQL that begins with `SELECT ${ROW_FACTS}`. Thousands of rows: as arrays they cost half of what objects cost. */
export function allFacts(db: ReadDatabase, sql: string, ...values: readonly unknown[]): RowFacts[] {
  const rows = db
    .statement(sql)
    .raw()
    .all(...values) as [number, number, number, number, number, string | null][];
  return rows.map(([seq, cell, fact, notAfter, renewAfter, team]) => ({ seq, cell, fact, notAfter, renewAfter, team }));
}

/** Facts of rows, in no order. */
export function selectFacts(db: ReadDatabase, seqs: readonly number[]): RowFacts[] {
  const sql = `SELECT ${ROW_FACTS} FROM json_each(?) j CROSS JOIN certificate_inventory i ON i.seq = j.value`;
  return allFacts(db, sql, JSON.stringify(seqs));
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
