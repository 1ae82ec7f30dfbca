import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { type InventoryFacets, InventoryFilter } from "./inventory-contract";
import { countMatrix } from "./inventory-count-store";
import {
  acceptanceOf,
  type Cell,
  facetsOf,
  type Matrix,
  STATUSES,
  type StatusCounts,
  standingAt,
  wantedTeams,
  windowOf,
} from "./inventory-model";
import { areasOf, CANDIDATES, findInTeams } from "./inventory-places";
import { readSearch } from "./inventory-query-model";
import { type Found, findBySearch, prepareSearch, testRows } from "./inventory-search-store";
import { type RowFacts, selectCells, selectFactsOfIdentity } from "./inventory-store";

/** To try a row for a text costs more than to find a hit of it, so that fewer are tried. */
const TRIED = 0.4;

/** A filter to be counted. */
export interface CountFacetsInput {
  readonly filter?: InventoryFilter;
}

/**
 * How many certificates a filter shows, and how many there are of each value of each facet. Exact, unless a text is
 * searched that more than 10,000 certificates have: then there are at least as many as it says.
 */
export async function countFacets(ctx: Context, input: CountFacetsInput, limit = CANDIDATES): Promise<InventoryFacets> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  return facetsAt(ctx.read, InventoryFilter.parse(input.filter ?? {}), ctx.now().getTime(), limit);
}

/** The counts themselves, for verbs that have asked for their own permit. */
export function facetsAt(db: ReadDatabase, filter: InventoryFilter, now: number, limit = CANDIDATES): InventoryFacets {
  const cells = selectCells(db);
  const found = findRows(db, cells, filter, now, limit);
  const matrix = found ? matrixOf(found.rows, now) : countMatrix(db, cells, windowOf(filter), now, wantedTeams(filter));
  return { ...facetsOf(matrix, cells, filter, found?.isComplete ?? true), now };
}

/**
 * The rows of an identity or a search, whatever their facets, that belong to the teams of a filter and end when it wants
 * them to, and whether those are all; undefined when it asks for neither.
 */
export function findRows(
  db: ReadDatabase,
  cells: readonly Cell[],
  filter: InventoryFilter,
  now: number,
  limit: number,
): Found | undefined {
  const anyStatus = { ...filter, status: undefined };
  const accepts = acceptanceOf(filter, new Set(STATUSES), now);
  const fitting = ({ rows, isComplete }: Found): Found => ({ rows: rows.filter(accepts), isComplete });
  const text = readSearch(filter.query);
  if (filter.identity) {
    const rows = selectFactsOfIdentity(db, filter.identity);
    return fitting({ rows: text ? testRows(db, text, seqsOf(rows)) : rows, isComplete: true });
  }
  if (!text) return undefined;
  const search = prepareSearch(db, text);
  const own = findInTeams(
    db,
    search,
    areasOf(db, cells, filter, limit),
    { filter: anyStatus, now },
    Math.ceil(limit * TRIED),
  );
  return fitting(own ? { rows: own, isComplete: true } : findBySearch(db, search, limit));
}

function seqsOf(rows: readonly RowFacts[]): number[] {
  return rows.map((row) => row.seq);
}

function matrixOf(rows: readonly RowFacts[], now: number): Matrix {
  const matrix = new Map<number, StatusCounts>();
  for (const row of rows) {
    const counts = matrix.get(row.cell) ?? STATUSES.map(() => 0);
    const at = STATUSES.indexOf(standingAt(row, now));
    counts[at] = (counts[at] ?? 0) + 1;
    matrix.set(row.cell, counts);
  }
  return matrix;
}
