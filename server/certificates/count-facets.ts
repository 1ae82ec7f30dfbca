import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { type InventoryFacets, InventoryFilter } from "./inventory-contract";
import { facetsOf, type Matrix, STATUSES, type StatusCounts, standingAt, windowOf } from "./inventory-model";
import { CANDIDATES } from "./inventory-places";
import { readSearch } from "./inventory-query-model";
import { ofMembers } from "./inventory-team-store";
import { findBySearch, prepareSearch, testRows } from "./inventory-search-store";
import { countMatrix, type RowFacts, selectCells, selectFactsOfIdentity } from "./inventory-store";
import { type KnownRows, knownOf, readMembers, rowsOfMembers } from "./team-rows";

/** A filter to be counted. */
export interface CountFacetsInput {
  readonly filter?: InventoryFilter;
}

/**
 * How many certificates a filter shows, and how many there are of each value of each facet. Exact, unless a text is
 * searched or a team asked for that more than 10,000 certificates have: then there are at least as many as it says.
 */
export async function countFacets(ctx: Context, input: CountFacetsInput, limit = CANDIDATES): Promise<InventoryFacets> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const filter = InventoryFilter.parse(input.filter ?? {});
  // Where rows are found in another way, all members tell whose they are; otherwise no more are looked up than counted.
  const isFoundOtherwise = filter.identity !== undefined || readSearch(filter.query) !== undefined;
  const members = await readMembers(ctx, filter, isFoundOtherwise ? undefined : CANDIDATES + 1);
  return facetsAt(ctx.read, filter, ctx.now().getTime(), members, limit);
}

/** The counts themselves, for verbs that have asked for their own permit. `members`: whose certificates are counted. */
export function facetsAt(
  db: ReadDatabase,
  filter: InventoryFilter,
  now: number,
  members?: ReadonlySet<string>,
  limit = CANDIDATES,
): InventoryFacets {
  const cells = selectCells(db);
  const found = findRows(db, filter, now, members, limit);
  const window = windowOf(filter);
  if (!found) return { ...facetsOf(countMatrix(db, cells, window, now), cells, filter, knownOf(true)), now };

  const rows = found.rows.filter((row) => row.notAfter >= window.from && row.notAfter < window.to);
  return { ...facetsOf(matrixOf(rows, now), cells, filter, found.known), now };
}

/** The rows of an identity, a search or teams; undefined when none of them is asked for. */
export function findRows(
  db: ReadDatabase,
  filter: InventoryFilter,
  now: number,
  members: ReadonlySet<string> | undefined,
  limit: number,
): KnownRows | undefined {
  const search = readSearch(filter.query);
  if (filter.identity) {
    const rows = selectFactsOfIdentity(db, filter.identity);
    const found = search ? testRows(db, search, seqsOf(rows)) : rows;
    return { rows: ofMembers(db, found, members), known: knownOf(true) };
  }
  if (search) {
    const { rows, isComplete } = findBySearch(db, prepareSearch(db, search), limit);
    return { rows: ofMembers(db, rows, members), known: knownOf(isComplete) };
  }
  return members && rowsOfMembers(db, members, now, { members: CANDIDATES, rows: limit });
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
