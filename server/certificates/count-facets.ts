import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { type InventoryFacets, InventoryFilter } from "./inventory-contract";
import { facetsOf, type Matrix, STATUSES, type StatusCounts, standingAt, windowOf } from "./inventory-model";
import { CANDIDATES } from "./inventory-places";
import { readSearch } from "./inventory-query-model";
import { type Found, findBySearch, prepareSearch, testRows } from "./inventory-search-store";
import { countMatrix, type RowFacts, selectCells, selectFactsOfIdentity } from "./inventory-store";
import {
  countOfMembers,
  fewOwned,
  type KnownCounts,
  knownOf,
  type Members,
  membersAskedFor,
  ownedBy,
} from "./team-rows";

/** More members hardly ever have so few certificates that all can be counted; reading who they are costs a quarter. */
const MEMBERS = 7_500;

/** Of rows that a search may look at, so many where it is also asked whose they are. */
const OF_MEMBERS = 0.4;

/** A filter to be counted. */
export interface CountFacetsInput {
  readonly filter?: InventoryFilter;
}

/**
 * How many certificates a filter shows, and how many there are of each value of each facet. Exact, unless a text is
 * searched or a team asked for that more than 10,000 certificates have, a text in a team that more than 4,000 have, or a
 * team of more than 7,500 members: then there are at least as many as it says.
 */
export async function countFacets(ctx: Context, input: CountFacetsInput, limit = CANDIDATES): Promise<InventoryFacets> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const filter = InventoryFilter.parse(input.filter ?? {});
  return facetsAt(ctx.read, filter, ctx.now().getTime(), membersAskedFor(ctx, filter), limit);
}

/** The counts themselves, for verbs that have asked for their own permit. `members`: whose certificates are counted. */
export async function facetsAt(
  db: ReadDatabase,
  filter: InventoryFilter,
  now: number,
  members?: Members,
  limit = CANDIDATES,
): Promise<InventoryFacets> {
  const cells = selectCells(db);
  const { matrix, known } = (await countsAt(db, filter, now, members, limit)) ?? {
    matrix: countMatrix(db, cells, windowOf(filter), now),
    known: knownOf(true),
  };
  return { ...facetsOf(matrix, cells, filter, known), now };
}

/** Counts of the rows of an identity, a search or teams; undefined when none of them is asked for. */
async function countsAt(
  db: ReadDatabase,
  filter: InventoryFilter,
  now: number,
  members: Members | undefined,
  limit: number,
): Promise<KnownCounts | undefined> {
  const window = windowOf(filter);
  const search = readSearch(filter.query);
  // Whose the hits are costs more than finding them, so fewer are looked at.
  const fewer = Math.ceil(limit * OF_MEMBERS);
  const few = members && search && !filter.identity && (await fewOwned(db, members, window, fewer));
  if (few) return { matrix: matrixOf(testRows(db, search, few), now), known: knownOf(true) };
  const found = findRows(db, filter, members ? fewer : limit);
  if (!found) return members && countOfMembers(db, members, window, now, { members: MEMBERS, rows: limit });
  const rows = found.rows.filter((row) => row.notAfter >= window.from && row.notAfter < window.to);
  const own = new Set(await ownedBy(db, members, seqsOf(rows)));
  return {
    matrix: matrixOf(
      rows.filter((row) => own.has(row.seq)),
      now,
    ),
    known: knownOf(found.isComplete),
  };
}

/** The rows of an identity or a search, and whether those are all; undefined when neither is asked for. */
export function findRows(db: ReadDatabase, filter: InventoryFilter, limit: number): Found | undefined {
  const search = readSearch(filter.query);
  if (filter.identity) {
    const rows = selectFactsOfIdentity(db, filter.identity);
    return { rows: search ? testRows(db, search, seqsOf(rows)) : rows, isComplete: true };
  }
  return search && findBySearch(db, prepareSearch(db, search), limit);
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
