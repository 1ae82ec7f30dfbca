import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { findRows } from "./count-facets";
import { type FacetValue, InventoryFilter, type TeamCounts } from "./inventory-contract";
import { acceptanceOf, type Cell, STATUSES, wantedStatuses, wantsCell } from "./inventory-model";
import { CANDIDATES, rowsInSpans } from "./inventory-places";
import { readSearch } from "./inventory-query-model";
import { testRows } from "./inventory-search-store";
import { type RowFacts, selectCells } from "./inventory-store";
import { selectHolders } from "./inventory-team-store";
import { rowsOfMembers } from "./team-rows";

/** How many rows are looked at, by all ways together: about 40 ms. A search looks at its hits before. */
const BUDGET = CANDIDATES;

/** Of one team no more certificates are looked at than this: what has a thousand is many. */
const MANY = 1_000;

/** What is counted, and when. */
interface Wanted {
  readonly filter: InventoryFilter;
  readonly cells: readonly Cell[];
  readonly now: number;
}

type Count = Pick<FacetValue, "count" | "isExact">;

/**
 * How many certificates of each team a filter shows, its own teams left out of it. A team is no part of a cell, so rows
 * are looked at: all that the filter shows, where it shows no more than 10,000; otherwise some of each team, and what was
 * not looked at makes its number a lower bound.
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

  const wanted = { filter, cells: selectCells(ctx.read).filter((cell) => wantsCell(filter, cell)), now };
  const rows = rowsShown(ctx, wanted, budget);
  const share = Math.max(1, Math.min(MANY, Math.floor((budget * (filter.query ? 0.5 : 0.75)) / teams.length)));
  const whole = rows && (await countHolders(ctx, rows.filter(isWanted(wanted))));
  const values: FacetValue[] = [];
  for (const { id, name } of teams) {
    const count = whole ? { count: whole.get(id) ?? 0, isExact: true } : await countSome(ctx, wanted, id, share);
    values.push({ value: id, label: name, ...count });
  }
  return { teams: values, now };
}

/** All rows that may be shown, when there are no more than `limit`. */
function rowsShown({ read }: Context, { filter, cells, now }: Wanted, limit: number): readonly RowFacts[] | undefined {
  const found = findRows(read, filter, now, undefined, limit);
  if (!found) return rowsInSpans(read, cells, filter, now, limit);
  return found.known.size === STATUSES.length ? found.rows : undefined;
}

/** How many of some rows belong to members of each team. */
async function countHolders(ctx: Context, rows: readonly RowFacts[]): Promise<ReadonlyMap<string, number>> {
  const holders = selectHolders(ctx.read, seqsOf(rows));
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
  const members = new Set(await ctx.membersOf(ctx.read, [teamId], share + 1));
  const { rows, known } = rowsOfMembers(ctx.read, members, now, { members: share, rows: share });
  const fitting = rows.filter(isWanted(wanted));
  const search = readSearch(filter.query);
  const found = search ? testRows(ctx.read, search, seqsOf(fitting)) : fitting;
  return { count: found.length, isExact: [...wantedStatuses(filter)].every((status) => known.has(status)) };
}

function isWanted({ filter, cells, now }: Wanted): (row: RowFacts) => boolean {
  const wantedCells = new Set(cells.map((cell) => cell.id));
  const accepts = acceptanceOf(filter, wantedStatuses(filter), now);
  return (row) => wantedCells.has(row.cell) && accepts(row);
}

function seqsOf(rows: readonly RowFacts[]): number[] {
  return rows.map((row) => row.seq);
}
