import type { ReadDatabase } from "@/server/kernel/context";
import type { InventoryFilter, InventorySort, InventoryStatus } from "./inventory-contract";
import {
  ALWAYS,
  acceptanceOf,
  type Cell,
  joinSpans,
  STATUSES,
  spansOf,
  standingAt,
  wantedStatuses,
  wantsCell,
  windowOf,
} from "./inventory-model";
import { comparePlaces, firstOf, type Place, type Segment, segmentsOf } from "./inventory-order-model";
import { readSearch, type SearchText } from "./inventory-query-model";
import { firstBySearch } from "./inventory-first-store";
import { findBySearch, prepareSearch, type Search, testRows } from "./inventory-search-store";
import {
  countSpan,
  type Leg,
  type RowFacts,
  reachOf,
  selectFacts,
  selectFactsOfIdentity,
  selectNames,
  selectSpan,
} from "./inventory-store";
import { ofMembers, selectFactsOfIdentities } from "./inventory-team-store";
import { walk } from "./inventory-walk";

/** Up to so many rows are put in order in memory; where there are more, an order that is kept is walked. */
export const CANDIDATES = 10_000;

/** A search that finds more by a guess is answered sooner by trying the rows of the order one by one. */
const LIKELY_TOO_MANY = 5_000;

/** Identities have about so many certificates; it only chooses between two ways to the same answer. */
const USUAL_CERTIFICATES = 4;

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
  /** Those whose certificates are wanted; everybody's unless told. */
  readonly members?: ReadonlySet<string> | undefined;
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
  const { members } = wanted;
  if (wanted.filter.identity) {
    const rows = selectFactsOfIdentity(db, wanted.filter.identity);
    const found = search ? testInChunks(db, search, rows) : rows;
    return takeCandidates(db, ofMembers(db, found, members), cells, wanted);
  }
  if (search) return searchPlaces(db, prepareSearch(db, search), cells, wanted);

  const few = fewBySpans(db, cells, wanted);
  if (few) return takeCandidates(db, ofMembers(db, few, members), cells, wanted);
  const own = fewOfMembers(db, wanted);
  return own ? takeCandidates(db, own, cells, wanted) : walkPlaces(db, undefined, cells, wanted);
}

/**
 * Rare text: everything found is put in order. Common text: the order is walked, and each row tried. Which it is, is
 * guessed first; a guess that was wrong costs time and no row.
 */
function searchPlaces(db: ReadDatabase, search: Search, cells: readonly Cell[], wanted: Wanted): Places {
  if (search.guess > LIKELY_TOO_MANY) return walkPlaces(db, search, cells, wanted);
  if (search.pieces && !search.pieces.digits && !wanted.members) {
    const first = firstBySearch(db, search, search.pieces.words, {
      ...wanted,
      cells: cells.map((cell) => cell.id),
      statuses: wantedStatuses(wanted.filter),
      window: windowOf(wanted.filter),
      segments: segmentsOf(wanted.sort),
      limit: wanted.limit + 1,
    });
    return pageOf(first, wanted);
  }
  const found = findBySearch(db, search, CANDIDATES);
  if (found.isComplete) return takeCandidates(db, ofMembers(db, found.rows, wanted.members), cells, wanted);
  return walkPlaces(db, search, cells, { ...wanted, patience: wanted.patience / 2 });
}

function testInChunks(db: ReadDatabase, search: SearchText, rows: readonly RowFacts[]): RowFacts[] {
  const found: RowFacts[] = [];
  for (let at = 0; at < rows.length; at += 1_000) {
    const seqs = rows.slice(at, at + 1_000).map((row) => row.seq);
    found.push(...testRows(db, search, seqs));
  }
  return found;
}

/** The rows of a filter by status or end, where another order is asked for and there are few of them. */
function fewBySpans(db: ReadDatabase, cells: readonly Cell[], wanted: Wanted): RowFacts[] | undefined {
  const { filter, sort, now, members, candidates = CANDIDATES } = wanted;
  // By ends they are walked in order, with nothing to try, unless somebody's alone are wanted.
  if (!isRestricted(filter) || (!members && segmentsOf(sort)[0]?.key === "ends")) return undefined;
  return rowsInSpans(db, cells, filter, now, candidates);
}

/** The rows of some cells whose status and end may be wanted; undefined when there are more than `limit`. */
export function rowsInSpans(
  db: ReadDatabase,
  cells: readonly Cell[],
  filter: InventoryFilter,
  now: number,
  limit: number,
): RowFacts[] | undefined {
  const spans = cells.flatMap((cell) =>
    spansOf(cell, wantedStatuses(filter), windowOf(filter), now).map((span) => ({ cell: cell.id, span })),
  );
  let count = 0;
  for (const { cell, span } of spans) {
    count += countSpan(db, cell, span, now);
    if (count > limit) return undefined;
  }
  return spans.flatMap(({ cell, span }) => selectSpan(db, cell, span));
}

/** All rows of those who are wanted, where there are few of both. */
function fewOfMembers(db: ReadDatabase, { members, candidates = CANDIDATES }: Wanted): RowFacts[] | undefined {
  if (!members || members.size * USUAL_CERTIFICATES > candidates) return undefined;
  const rows = selectFactsOfIdentities(db, [...members], ALWAYS, candidates + 1);
  return rows.length > candidates ? undefined : rows;
}

function isRestricted(filter: InventoryFilter): boolean {
  return (
    wantedStatuses(filter).size < STATUSES.length || filter.endsAfter !== undefined || filter.endsBefore !== undefined
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
  const places = placesOf(db, accepted, segments, wanted.now).filter(
    (place) => from === null || compare(place, from) > 0,
  );
  const taken = firstOf(places, wanted.limit, compare);
  const hasMore = places.length > wanted.limit;
  return { places: inOrder(taken, wanted), hasMore, isPartial: false, end: taken.at(-1) ?? null };
}

/** Where rows stand in an order. */
export function placesOf(
  db: ReadDatabase,
  rows: readonly RowFacts[],
  segments: readonly Segment[],
  now: number,
): Place[] {
  const key = segments[0]?.key;
  const names =
    key === "name"
      ? selectNames(
          db,
          rows.map((row) => row.seq),
        )
      : undefined;
  return rows.map((row) => {
    const status = standingAt(row, now);
    const segment = segments.length === 1 ? 0 : segments.findIndex(({ statuses }) => statuses.includes(status));
    return { segment, key: names?.get(row.seq) ?? (key === "order" ? row.seq : row.notAfter), seq: row.seq };
  });
}

/** Walks the segments of an order until the page is full. */
function walkPlaces(db: ReadDatabase, search: SearchText | undefined, cells: readonly Cell[], wanted: Wanted): Places {
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
    const { legs, mustLook } = legsOf(db, segment, statuses, cells, wanted);
    const rows = walk(db, legs, after, wanted.limit + 1);
    const accepts = acceptanceOf(wanted.filter, statuses, wanted.now);
    const isTried = search !== undefined || mustLook || wanted.members !== undefined;
    for (let batch = isTried ? 128 : wanted.limit + 1; ; batch = Math.min(1_024, batch * 2)) {
      const read = take(rows, batch);
      const seqs = read.map((entry) => entry.seq);
      const tried = isTried ? (search ? testRows(db, search, seqs) : selectFacts(db, seqs)).filter(accepts) : null;
      const passed = tried && seqsOf(ofMembers(db, tried, wanted.members));
      for (const entry of read) {
        if (passed && !passed.has(entry.seq)) continue;
        places.push({ segment: at, ...entry });
        if (places.length > wanted.limit) return pageOf(places, wanted);
      }
      if (read.length < batch) break;
      looked += passed ? read.length : 0;
      const last = read.at(-1);
      if (looked >= wanted.patience && last) {
        return { places: inOrder(places, wanted), hasMore: true, isPartial: true, end: { segment: at, ...last } };
      }
    }
  }
  return pageOf(places, wanted);
}

function pageOf(places: readonly Place[], wanted: Wanted): Places {
  const shown = places.slice(0, wanted.limit);
  const hasMore = places.length > wanted.limit;
  return { places: inOrder(shown, wanted), hasMore, isPartial: false, end: shown.at(-1) ?? null };
}

function inOrder(places: readonly Place[], { direction }: Wanted): readonly Place[] {
  return direction === "next" ? places : places.toReversed();
}

/** The index ranges of a segment. `mustLook`: they also hold rows that are not wanted. */
function legsOf(
  db: ReadDatabase,
  segment: Segment,
  statuses: ReadonlySet<InventoryStatus>,
  cells: readonly Cell[],
  { filter, now, direction }: Wanted,
): { legs: Leg[]; mustLook: boolean } {
  const isDescending = segment.isDescending === (direction === "next");
  const legs: Leg[] = [];
  let mustLook = segment.key !== "ends" && isRestricted(filter);
  for (const cell of cells) {
    const spans = joinSpans(spansOf(cell, statuses, windowOf(filter), now));
    if (segment.key === "name") {
      if (spans.length > 0) legs.push({ key: "name", isDescending, cell: cell.id, fact: null, from: 0, to: 0 });
      continue;
    }
    for (const span of spans) {
      const leg = { key: segment.key, isDescending, cell: cell.id, fact: span.fact };
      if (segment.key === "ends") {
        mustLook ||= span.check !== null;
        legs.push({ ...leg, from: span.from, to: span.to });
        continue;
      }
      const reach = reachOf(db, cell.id, span);
      if (reach) legs.push({ ...leg, from: reach.first, to: reach.last + 1 });
    }
  }
  return { legs: segment.key === "order" ? joinLegs(legs) : legs, mustLook };
}

/** One leg for each cell and fact: ranges of the order of issuance can overlap where ranges of ends do not. */
function joinLegs(legs: readonly Leg[]): Leg[] {
  const joined = new Map<string, Leg>();
  for (const leg of legs) {
    const known = joined.get(`${leg.cell}:${leg.fact}`) ?? leg;
    const bounds = { from: Math.min(known.from, leg.from), to: Math.max(known.to, leg.to) };
    joined.set(`${leg.cell}:${leg.fact}`, { ...leg, ...bounds });
  }
  return [...joined.values()];
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

function seqsOf(rows: readonly RowFacts[]): Set<number> {
  return new Set(rows.map((row) => row.seq));
}
