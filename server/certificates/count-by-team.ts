import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { findRows } from "./count-facets";
import { type FacetValue, InventoryFilter, type TeamCounts } from "./inventory-contract";
import {
  acceptanceOf,
  type Cell,
  countOfCells,
  endsOf,
  STATUSES,
  type StatusCounts,
  wantedStatuses,
  wantsCell,
} from "./inventory-model";
import { CANDIDATES, fewSpans } from "./inventory-places";
import { readSearch } from "./inventory-query-model";
import { testRows } from "./inventory-search-store";
import { type RowFacts, selectCells, selectSeqsOfSpan } from "./inventory-store";
import { countOwned, countOwnedByStanding, selectHolders, selectOwned } from "./inventory-team-store";
import { addCounts, type Look, lookWithin, membersOf } from "./team-rows";

/** How many rows are looked at, by all ways together: about 40 ms. */
const BUDGET = CANDIDATES;

/** How much of it is left for hits of a search, which are found before, and for rows that are looked for team by team. */
const [OF_HITS, OF_TEAMS] = [0.4, 0.6];

/** Of one team no more certificates are looked at than this: what has a thousand is many. */
const MANY = 1_000;

/** What is counted, and when. */
interface Wanted {
  readonly filter: InventoryFilter;
  readonly cells: readonly Cell[];
  /** Whether it is every cell and every status. */
  readonly isWhole: boolean;
  readonly now: number;
}

type Count = Pick<FacetValue, "count" | "isExact">;

/**
 * How many certificates of each team a filter shows, its own teams left out of it. A team is no part of a cell, so rows
 * are looked at: all that the filter shows, where it shows no more than 10,000, or 4,000 hits of a search; otherwise some
 * of each team, and what was not looked at makes its number a lower bound.
 */
export async function countByTeam(
  ctx: Context,
  input: { readonly filter?: InventoryFilter },
  budget = BUDGET,
): Promise<TeamCounts> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const { team: _, ...filter } = InventoryFilter.parse(input.filter ?? {});
  const now = ctx.now().getTime();
  const teams = await ctx.teams(ctx.read);
  if (teams.length === 0) return { teams: [], now };

  const all = selectCells(ctx.read);
  const cells = all.filter((cell) => wantsCell(filter, cell));
  const isWhole = cells.length === all.length && wantedStatuses(filter).size === STATUSES.length;
  const wanted = { filter, cells, isWhole, now };
  const seqs = seqsShown(ctx, wanted, budget);
  const share = Math.max(1, Math.min(MANY, Math.floor((budget * (filter.query ? OF_HITS : OF_TEAMS)) / teams.length)));
  const whole = seqs && (await countHolders(ctx, seqs));
  const values: FacetValue[] = [];
  for (const { id, name } of teams) {
    const count = whole ? { count: whole.get(id) ?? 0, isExact: true } : await countSome(ctx, wanted, id, share);
    values.push({ value: id, label: name, ...count });
  }
  return { teams: values, now };
}

/** All rows that are shown, by their place in the order of issuance, when there are no more than `limit`. */
function seqsShown({ read }: Context, wanted: Wanted, limit: number): readonly number[] | undefined {
  const { filter, cells, now } = wanted;
  const found = findRows(read, filter, Math.ceil(limit * OF_HITS));
  if (found) return found.isComplete ? seqsOf(found.rows.filter(isWanted(wanted))) : undefined;
  const spans = fewSpans(read, cells, filter, now, limit);
  return spans?.flatMap(({ cell, span }) => selectSeqsOfSpan(read, cell, span, now));
}

/** How many of some rows belong to members of each team. */
async function countHolders(ctx: Context, seqs: readonly number[]): Promise<ReadonlyMap<string, number>> {
  const holders = selectHolders(ctx.read, seqs);
  const teamOf = await ctx.teamsOf(ctx.read, [...new Set(holders.values())]);
  const counts = new Map<string, number>();
  for (const holder of holders.values()) {
    const team = teamOf.get(holder);
    if (team !== undefined) counts.set(team, (counts.get(team) ?? 0) + 1);
  }
  return counts;
}

/** Looks at a team's certificates as far as its share goes. */
async function countSome(ctx: Context, wanted: Wanted, teamId: string, share: number): Promise<Count> {
  const { filter, now } = wanted;
  let count = 0;
  const countWanted = lookOf(ctx.read, wanted, (fitting) => {
    count += fitting;
  });
  const bounds = { members: share, rows: share };
  const known = await lookWithin(membersOf(ctx, [teamId]), endsOf(filter, now), now, bounds, countWanted);
  return { count, isExact: [...wantedStatuses(filter)].every((status) => known.has(status)) };
}

/** How certificates are looked at: no closer than the filter needs. */
function lookOf(db: ReadDatabase, wanted: Wanted, tell: (fitting: number) => void): Look {
  const { filter, cells, isWhole, now } = wanted;
  const search = readSearch(filter.query);
  const statuses = wantedStatuses(filter);
  return (ids, ends, limit) => {
    if (search) {
      const seqs = selectOwned(db, ids, ends, limit + 1);
      tell(testRows(db, search, seqs.slice(0, limit)).filter(isWanted(wanted)).length);
      return seqs.length;
    }
    if (isWhole) {
      const owned = countOwned(db, ids, ends, limit + 1);
      tell(Math.min(owned, limit));
      return owned;
    }
    const matrix = new Map<number, StatusCounts>();
    const owned = addCounts(matrix, countOwnedByStanding(db, ids, ends, now, limit + 1), limit);
    tell(countOfCells(matrix, cells, statuses));
    return owned;
  };
}

function isWanted({ filter, cells, now }: Wanted): (row: RowFacts) => boolean {
  const wantedCells = new Set(cells.map((cell) => cell.id));
  const accepts = acceptanceOf(filter, wantedStatuses(filter), now);
  return (row) => wantedCells.has(row.cell) && accepts(row);
}

function seqsOf(rows: readonly RowFacts[]): number[] {
  return rows.map((row) => row.seq);
}
