import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { type InventoryFacets, InventoryFilter } from "./inventory-contract";
import { facetsOf, type Matrix, STATUSES, type StatusCounts, standingAt, windowOf } from "./inventory-model";
import { CANDIDATES } from "./inventory-places";
import { readSearch } from "./inventory-query-model";
import { findBySearch, prepareSearch, testRows } from "./inventory-search-store";
import { countMatrix, type RowFacts, selectCells, selectFactsOfIdentity } from "./inventory-store";

/** A filter to be counted. */
export interface CountFacetsInput {
  readonly filter?: InventoryFilter;
}

/**
 * How many certificates a filter shows, and how many there are of each value of each facet. Exact, unless a text is
 * searched that more than 10,000 certificates have: then there are at least as many as it says.
 */
export async function countFacets(ctx: Context, input: CountFacetsInput): Promise<InventoryFacets> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  return facetsAt(ctx.read, InventoryFilter.parse(input.filter ?? {}), ctx.now().getTime());
}

/** The counts themselves, for verbs that have asked for their own permit. */
export function facetsAt(db: ReadDatabase, filter: InventoryFilter, now: number): InventoryFacets {
  const cells = selectCells(db);
  const found = findRows(db, filter);
  if (!found) return { ...facetsOf(countMatrix(db, cells, windowOf(filter), now), cells, filter, true), now };

  const window = windowOf(filter);
  const rows = found.rows.filter((row) => row.notAfter >= window.from && row.notAfter < window.to);
  return { ...facetsOf(matrixOf(rows, now), cells, filter, found.isComplete), now };
}

/** The rows of an identity or a search; undefined when neither is asked for. */
function findRows(
  db: ReadDatabase,
  filter: InventoryFilter,
): { rows: readonly RowFacts[]; isComplete: boolean } | undefined {
  const search = readSearch(filter.query);
  if (!filter.identity) return search && findBySearch(db, prepareSearch(db, search), CANDIDATES);
  const rows = selectFactsOfIdentity(db, filter.identity);
  return {
    rows: search
      ? testRows(
          db,
          search,
          rows.map((row) => row.seq),
        )
      : rows,
    isComplete: true,
  };
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
