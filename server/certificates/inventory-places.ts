import type { ReadDatabase } from "@/server/kernel/context";
import { firstBySearch, firstOfSpans, type Stretch } from "./inventory-first-store";
import type { InventoryFilter, InventorySort } from "./inventory-contract";
import { isRestricted, legsOf, mustAskForTeam } from "./inventory-legs";
import {
  type Area,
  acceptanceOf,
  type Cell,
  endsOf,
  joinSpans,
  spansOf,
  standingAt,
  wantedStatuses,
  wantedTeams,
  wantsCell,
  windowOf,
} from "./inventory-model";
import { comparePlaces, firstOf, type Place, type Segment, segmentsOf } from "./inventory-order-model";
import { readSearch, type SearchText } from "./inventory-query-model";
import { findBySearch, prepareSearch, type Search, testRows } from "./inventory-search-store";
import {
  type AreaSpan,
  countRowsUpTo,
  type RowFacts,
  selectAreas,
  selectFactsOfIdentity,
  selectNames,
  selectRowsOfSpans,
} from "./inventory-store";
import { walk } from "./inventory-walk";

/** Up to so many rows are put in order in memory; where there are more, an order that is kept is walked. */
export const CANDIDATES = 10_000;

/** A search that finds more by a guess is answered sooner by trying the rows of the order one by one. */
const LIKELY_TOO_MANY = 5_000;

/** A search that finds more is answered sooner by trying the rows of a team, where it has few. */
const FEW_HITS = 500;

/** To walk one more area costs what it costs to put so many rows in order. */
const ROWS_AN_AREA = 40;

/** What to show, and from where. */
export interface Wanted {
  readonly filter: InventoryFilter;
  readonly sort: InventorySort;
  /** The time by which statuses are told. */
  readonly now: number;
  readonly from: Place | null;
  readonly direction: "next" | "previous";
  readonly limit: number;
  /** How many rows may be looked at for a text that is very common before a page ends early. */
  readonly patience: number;
  /** Up to so many rows are put in order in memory; `CANDIDATES` unless a test wants to see many. */
  readonly candidates?: number;
}

/** Places of rows in their order. `hasMore`: further on in the direction asked for; `end`: from where to go on there. */
export interface Places {
  readonly places: readonly Place[];
  readonly hasMore: boolean;
  readonly isPartial: boolean;
  readonly end: Place | null;
}

/** Finds the places of the rows of a page. */
export function findPlaces(db: ReadDatabase, allCells: readonly Cell[], wanted: Wanted): Places {
  const search = readSearch(wanted.filter.query);
  const cells = allCells.filter((cell) => wantsCell(wanted.filter, cell));
  if (wanted.filter.identity) {
    const rows = selectFactsOfIdentity(db, wanted.filter.identity);
    return takeCandidates(db, search ? testInChunks(db, search, seqsOf(rows)) : rows, cells, wanted);
  }
  const areas = areasOf(db, cells, wanted.filter, wanted.candidates);
  if (search) return searchPlaces(db, prepareSearch(db, search), cells, areas, wanted);
  return fewPlaces(db, areas, wanted) ?? walkPlaces(db, undefined, areas, wanted);
}

/**
 * Where the rows of a filter lie: in what its teams have of cells, or in whole cells. Those also where the teams have too
 * many areas to look into each; each row must then be asked for its team.
 */
export function areasOf(
  db: ReadDatabase,
  cells: readonly Cell[],
  filter: InventoryFilter,
  candidates = CANDIDATES,
): readonly Area[] {
  const teams = wantedTeams(filter);
  const areas = teams && selectAreas(db, cells, teams);
  return areas && areas.length * ROWS_AN_AREA <= candidates ? areas : cells.map((cell) => ({ cell, team: null }));
}

/** What a page asks of rows that the database puts in order: one more than it shows. */
function stretchOf({ now, sort, from, direction, limit }: Wanted): Stretch {
  return { now, segments: segmentsOf(sort), from, direction, limit: limit + 1 };
}

/**
 * Rare text: everything found is put in order. Common text: the order is walked, and each row tried. Which it is, is
 * guessed first; a guess that was wrong costs time and no row.
 */
function searchPlaces(
  db: ReadDatabase,
  search: Search,
  cells: readonly Cell[],
  areas: readonly Area[],
  wanted: Wanted,
): Places {
  const own = findInTeams(db, search, areas, wanted, LIKELY_TOO_MANY);
  if (own) return takeCandidates(db, own, cells, wanted);
  if (search.guess > LIKELY_TOO_MANY) return walkPlaces(db, search, areas, wanted);
  if (search.pieces && !search.pieces.digits) {
    const fitting = {
      cells: cells.map((cell) => cell.id),
      statuses: wantedStatuses(wanted.filter),
      teams: wantedTeams(wanted.filter),
      window: endsOf(wanted.filter, wanted.now),
    };
    return pageOf(firstBySearch(db, search, search.pieces.words, fitting, stretchOf(wanted)), wanted);
  }
  const found = findBySearch(db, search, CANDIDATES);
  if (found.isComplete) return takeCandidates(db, found.rows, cells, wanted);
  return walkPlaces(db, search, areas, { ...wanted, patience: wanted.patience / 2 });
}

/**
 * What a search finds among the rows that a filter leaves of its teams, by trying each; undefined where the text has
 * fewer hits than that, or they have more rows than `limit`.
 */
export function findInTeams(
  db: ReadDatabase,
  search: Search,
  areas: readonly Area[],
  wanted: Pick<Wanted, "filter" | "now">,
  limit: number,
): RowFacts[] | undefined {
  if (!wantedTeams(wanted.filter) || search.guess <= FEW_HITS) return undefined;
  const rows = rowsOfFewSpans(db, areas, wanted, limit);
  return rows && testInChunks(db, search, seqsOf(rows));
}

function testInChunks(db: ReadDatabase, search: SearchText, seqs: readonly number[]): RowFacts[] {
  const found: RowFacts[] = [];
  for (let at = 0; at < seqs.length; at += 1_000) found.push(...testRows(db, search, seqs.slice(at, at + 1_000)));
  return found;
}

/** The page of a filter by status or end, where another order is asked for and few rows are left. */
function fewPlaces(db: ReadDatabase, areas: readonly Area[], wanted: Wanted): Places | undefined {
  const { filter, sort, now, candidates = CANDIDATES } = wanted;
  // By ends they are walked in order, with nothing to try.
  if (!isRestricted(filter) || segmentsOf(sort)[0]?.key === "ends") return undefined;
  if (areas.some((area) => mustAskForTeam(area, filter))) return undefined;
  const spans = spansOfAreas(areas, filter, now);
  if (countRowsUpTo(db, spans, candidates + 1) > candidates) return undefined;
  return pageOf(firstOfSpans(db, spans, candidates, stretchOf(wanted)), wanted);
}

/** The rows of areas that a filter's statuses and ends leave; undefined when there are more than `limit`. */
function rowsOfFewSpans(
  db: ReadDatabase,
  areas: readonly Area[],
  { filter, now }: Pick<Wanted, "filter" | "now">,
  limit: number,
): RowFacts[] | undefined {
  const spans = spansOfAreas(areas, filter, now);
  return countRowsUpTo(db, spans, limit + 1) > limit ? undefined : selectRowsOfSpans(db, spans, limit);
}

/** Where the rows lie that a filter's statuses and ends leave of areas. */
export function spansOfAreas(areas: readonly Area[], filter: InventoryFilter, now: number): AreaSpan[] {
  return areas.flatMap((area) =>
    joinSpans(spansOf(area.cell, wantedStatuses(filter), windowOf(filter), now)).map((span) => ({ area, span })),
  );
}

/** Puts rows in order and takes those that the page shows. */
function takeCandidates(db: ReadDatabase, rows: readonly RowFacts[], cells: readonly Cell[], wanted: Wanted): Places {
  const segments = segmentsOf(wanted.sort);
  const wantedCells = new Set(cells.map((cell) => cell.id));
  const accepts = acceptanceOf(wanted.filter, wantedStatuses(wanted.filter), wanted.now);
  const sign = wanted.direction === "next" ? 1 : -1;
  const compare = (a: Place, b: Place) => sign * comparePlaces(a, b, segments);
  const accepted = rows.filter((row) => wantedCells.has(row.cell) && accepts(row));
  const { from } = wanted;
  const places = placesOf(db, accepted, segments, wanted.now);
  const further = from === null ? places : places.filter((place) => compare(place, from) > 0);
  return pageOf(firstOf(further, wanted.limit + 1, compare), wanted);
}

/** Where rows stand in an order. */
export function placesOf(
  db: ReadDatabase,
  rows: readonly RowFacts[],
  segments: readonly Segment[],
  now: number,
): Place[] {
  const key = segments[0]?.key;
  const names = key === "name" ? selectNames(db, seqsOf(rows)) : undefined;
  return rows.map((row) => {
    const status = standingAt(row, now);
    const segment = segments.length === 1 ? 0 : segments.findIndex(({ statuses }) => statuses.includes(status));
    return { segment, key: names?.get(row.seq) ?? (key === "order" ? row.seq : row.notAfter), seq: row.seq };
  });
}

/** Walks the segments of an order until the page is full. */
function walkPlaces(db: ReadDatabase, search: SearchText | undefined, areas: readonly Area[], wanted: Wanted): Places {
  const segments = segmentsOf(wanted.sort);
  const isForward = wanted.direction === "next";
  const order = segments.map((_, at) => at).sort((a, b) => (isForward ? a - b : b - a));
  const places: Place[] = [];
  let looked = 0;
  for (const at of order) {
    const segment = segments[at];
    const start = wanted.from?.segment;
    if (!segment || (start !== undefined && (isForward ? at < start : at > start))) continue;
    const after = wanted.from && at === start ? wanted.from : null;
    const statuses = new Set([...wantedStatuses(wanted.filter)].filter((status) => segment.statuses.includes(status)));
    const own = legsOf(db, segment, statuses, areas, wanted);
    // What a search finds is looked at whole.
    const legs = search ? own.map((leg) => ({ ...leg, look: "nowhere" as const })) : own;
    const rows = walk(db, legs, after, wanted.limit + 1);
    const accepts = acceptanceOf(wanted.filter, statuses, wanted.now);
    const isTried = search !== undefined || legs.some(({ look }) => look !== "nowhere");
    for (;;) {
      const batch = isTried ? nextBatch(looked, places.length, wanted) : wanted.limit + 1;
      const read = take(rows, batch);
      const found = search && new Set(seqsOf(testRows(db, search, seqsOf(read)).filter(accepts)));
      for (const { key, seq, facts } of read) {
        if (found ? !found.has(seq) : facts && !accepts(facts)) continue;
        places.push({ segment: at, key, seq });
        if (places.length > wanted.limit) return pageOf(places, wanted);
      }
      if (read.length < batch) break;
      looked += isTried ? read.length : 0;
      const last = read.at(-1);
      if (looked >= wanted.patience && last) {
        return {
          places: inOrder(places, wanted),
          hasMore: true,
          isPartial: true,
          end: { segment: at, key: last.key, seq: last.seq },
        };
      }
    }
  }
  return pageOf(places, wanted);
}

/** So many rows as will fill the page if they are like those that were looked at. */
function nextBatch(looked: number, found: number, { limit, patience }: Wanted): number {
  const missing = Math.ceil((1.1 * looked * (limit + 1 - found)) / Math.max(1, found));
  return Math.min(1_024, Math.max(128, missing), Math.max(1, patience - looked));
}

function pageOf(places: readonly Place[], wanted: Wanted): Places {
  const shown = places.slice(0, wanted.limit);
  const hasMore = places.length > wanted.limit;
  return { places: inOrder(shown, wanted), hasMore, isPartial: false, end: shown.at(-1) ?? null };
}

function inOrder(places: readonly Place[], { direction }: Wanted): readonly Place[] {
  return direction === "next" ? places : places.toReversed();
}

function take<T>(from: Iterator<T>, count: number): T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = from.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

function seqsOf(rows: readonly { readonly seq: number }[]): number[] {
  return rows.map((row) => row.seq);
}
