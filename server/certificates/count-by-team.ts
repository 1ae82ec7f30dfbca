import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { findRows } from "./count-facets";
import { InventoryFilter, type TeamCounts } from "./inventory-contract";
import { countSpans } from "./inventory-count-store";
import { acceptanceOf, type Cell, spansOf, wantedStatuses, wantsCell, windowOf } from "./inventory-model";
import { CANDIDATES, spansOfAreas } from "./inventory-places";
import { readSearch } from "./inventory-query-model";
import { testRows } from "./inventory-search-store";
import { type RowFacts, selectAreas, selectCells, selectRowsOfSpans } from "./inventory-store";

/** Of so many rows as are looked at, how many are hits of a search, and how many are tried for it team by team. */
const [OF_HITS, OF_TEAMS] = [0.4, 0.4];

/** What is counted, and when; a team is no part of it. */
interface Wanted {
  readonly filter: InventoryFilter;
  readonly cells: readonly Cell[];
  readonly now: number;
}

type Counts = ReadonlyMap<string, number>;

/**
 * How many certificates of each team a filter shows, its own teams left out of it. Exact, unless a text is searched that
 * too many have: then some of each team are tried for it, and what was not tried makes its number a lower bound.
 */
export async function countByTeam(
  ctx: Context,
  input: { readonly filter?: InventoryFilter },
  budget = CANDIDATES,
): Promise<TeamCounts> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const { team: _, ...filter } = InventoryFilter.parse(input.filter ?? {});
  const now = ctx.now().getTime();
  const teams = await ctx.teams(ctx.read);
  const all = selectCells(ctx.read);
  const wanted = { filter, cells: all.filter((cell) => wantsCell(filter, cell)), now };
  const ids = teams.map(({ id }) => id);

  const found = findRows(ctx.read, all, filter, now, Math.ceil(budget * OF_HITS));
  const counts = found ? countRows(found.rows, wanted) : countTallied(ctx, ids, wanted);
  const share = Math.floor((budget * OF_TEAMS) / Math.max(1, teams.length));
  const values = teams.map(({ id, name }) => {
    const known = { value: id, label: name, count: counts.get(id) ?? 0, isExact: true };
    if (!found || found.isComplete) return known;
    const tried = tryRows(ctx, id, wanted, share);
    return { ...known, ...tried, count: Math.max(known.count, tried.count) };
  });
  return { teams: values, now };
}

/** The teams' counts from their tallies. */
function countTallied({ read }: Context, teams: readonly string[], { filter, cells, now }: Wanted): Counts {
  const asked = cells.flatMap((cell) =>
    spansOf(cell, wantedStatuses(filter), windowOf(filter), now).map((span) => ({ cell: cell.id, tag: 0, span })),
  );
  const counts = new Map<string, number>();
  for (const { team, certificates } of countSpans(read, asked, now, teams)) {
    if (team !== null) counts.set(team, (counts.get(team) ?? 0) + certificates);
  }
  return counts;
}

/** How many of some rows the filter shows of each team. */
function countRows(rows: readonly RowFacts[], wanted: Wanted): Counts {
  const counts = new Map<string, number>();
  for (const { team } of rows.filter(isWanted(wanted))) {
    if (team !== null) counts.set(team, (counts.get(team) ?? 0) + 1);
  }
  return counts;
}

/** Tries a team's certificates for the filter's text, `limit` of them at the most. */
function tryRows({ read }: Context, team: string, wanted: Wanted, limit: number): { count: number; isExact: boolean } {
  const { filter, cells, now } = wanted;
  const spans = spansOfAreas(selectAreas(read, cells, [team]), filter, now);
  const rows = selectRowsOfSpans(read, spans, limit + 1);
  const text = readSearch(filter.query);
  const seqs = rows.slice(0, limit).map((row) => row.seq);
  const fitting = text ? testRows(read, text, seqs).filter(isWanted(wanted)) : [];
  return { count: fitting.length, isExact: rows.length <= limit };
}

function isWanted({ filter, cells, now }: Wanted): (row: RowFacts) => boolean {
  const wantedCells = new Set(cells.map((cell) => cell.id));
  const accepts = acceptanceOf(filter, wantedStatuses(filter), now);
  return (row) => wantedCells.has(row.cell) && accepts(row);
}
