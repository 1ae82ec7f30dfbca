import type { ReadDatabase } from "@/server/kernel/context";
import { type First, firstBySearch } from "./inventory-first-store";
import type { InventoryFilter, InventorySort } from "./inventory-contract";
import { isRestricted, legsOf } from "./inventory-legs";
import {
  acceptanceOf,
  type Cell,
  endsOf,
  type Span,
  spansOf,
  standingAt,
  wantedStatuses,
  wantsCell,
  windowOf,
} from "./inventory-model";
import { comparePlaces, firstOf, type Place, type Segment, segmentsOf } from "./inventory-order-model";
import { readSearch, type SearchText } from "./inventory-query-model";
import { findBySearch, prepareSearch, type Search, searchProgress, testRows } from "./inventory-search-store";
import {
  countRowsUpTo,
  type RowFacts,
  selectFacts,
  selectFactsOfIdentity,
  selectNames,
  selectSpan,
} from "./inventory-store";
import { countOwned, firstOwned } from "./inventory-team-store";
import { walk } from "./inventory-walk";
import { fewMembers } from "./team-model";
import { fewOwned, type Members, ownedBy } from "./team-rows";

/** Up to so many rows are put in order in memory; where there are more, an order that is kept is walked. */
export const CANDIDATES = 10_000;

/** A search that finds more by a guess is answered sooner by trying the rows of the order one by one. */
const LIKELY_TOO_MANY = 5_000;

/** A search that finds more is answered sooner from the certificates of those who are wanted, where they have few. */
const FEW_HITS = 500;

/** Of rows in order, so many are asked first whose they are. */
const ASKED_FIRST = 512;

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
  readonly members?: Members | undefined;
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
export async function findPlaces(db: ReadDatabase, allCells: readonly Cell[], wanted: Wanted): Promise<Places> {
  const search = readSearch(wanted.filter.query);
  const cells = allCells.filter((cell) => wantsCell(wanted.filter, cell));
  const { members, candidates = CANDIDATES } = wanted;
  if (wanted.filter.identity) {
    const rows = selectFactsOfIdentity(db, wanted.filter.identity);
    return takeCandidates(db, search ? testInChunks(db, search, seqsOf(rows)) : rows, cells, wanted);
  }
  if (search) return searchPlaces(db, prepareSearch(db, search), cells, wanted);

  const own =
    members &&
    (await seekPlaces(db, members, fewMembers(searchProgress(db).last, wanted.limit, candidates), cells, wanted));
  if (own) return own;
  const few = fewBySpans(db, cells, wanted);
  if (few) return takeCandidates(db, few, cells, wanted);
  const walked = await walkPlaces(db, undefined, cells, wanted);
  // Where members lie far from each other in this order, all of theirs are read after all, unless they are too many.
  const all =
    members &&
    walked.isPartial &&
    (await seekPlaces(db, members, fewMembers(Infinity, wanted.limit, candidates), cells, wanted));
  return all || walked;
}

/** The page from all certificates of members, when there are no more than `most` of those. */
async function seekPlaces(
  db: ReadDatabase,
  members: Members,
  most: number,
  cells: readonly Cell[],
  wanted: Wanted,
): Promise<Places | undefined> {
  if (await members.areMoreThan(most)) return undefined;
  const ids = await members.some(most);
  const { candidates = CANDIDATES } = wanted;
  if (countOwned(db, ids, endsOf(wanted.filter, wanted.now), candidates + 1) > candidates) return undefined;
  return pageOf(firstOwned(db, ids, firstWanted(cells, wanted)), wanted);
}

/** What a page asks of rows that the database puts in order: one more than it shows. */
function firstWanted(cells: readonly Cell[], wanted: Wanted): First {
  return {
    ...wanted,
    cells: cells.map((cell) => cell.id),
    statuses: wantedStatuses(wanted.filter),
    window: endsOf(wanted.filter, wanted.now),
    segments: segmentsOf(wanted.sort),
    limit: wanted.limit + 1,
  };
}

/**
 * Rare text: everything found is put in order. Common text: the order is walked, and each row tried. Which it is, is
 * guessed first; a guess that was wrong costs time and no row.
 */
async function searchPlaces(db: ReadDatabase, search: Search, cells: readonly Cell[], wanted: Wanted): Promise<Places> {
  const own =
    wanted.members &&
    search.guess > FEW_HITS &&
    (await fewOwned(db, wanted.members, endsOf(wanted.filter, wanted.now), LIKELY_TOO_MANY));
  if (own) return takeCandidates(db, testInChunks(db, search, own), cells, { ...wanted, members: undefined });
  if (search.guess > LIKELY_TOO_MANY) return walkPlaces(db, search, cells, wanted);
  if (search.pieces && !search.pieces.digits && !wanted.members) {
    return pageOf(firstBySearch(db, search, search.pieces.words, firstWanted(cells, wanted)), wanted);
  }
  const found = findBySearch(db, search, CANDIDATES);
  if (found.isComplete) return takeCandidates(db, found.rows, cells, wanted);
  return walkPlaces(db, search, cells, { ...wanted, patience: wanted.patience / 2 });
}

function testInChunks(db: ReadDatabase, search: SearchText, seqs: readonly number[]): RowFacts[] {
  const found: RowFacts[] = [];
  for (let at = 0; at < seqs.length; at += 1_000) found.push(...testRows(db, search, seqs.slice(at, at + 1_000)));
  return found;
}

/** The rows of a filter by status or end, where another order is asked for and there are few of them. */
function fewBySpans(db: ReadDatabase, cells: readonly Cell[], wanted: Wanted): RowFacts[] | undefined {
  const { filter, sort, now, members, candidates = CANDIDATES } = wanted;
  // By ends they are walked in order, with nothing to try, unless somebody's alone are wanted.
  if (!isRestricted(filter) || (!members && segmentsOf(sort)[0]?.key === "ends")) return undefined;
  const few = fewSpans(db, cells, filter, now, candidates);
  return few?.flatMap(({ cell, span }) => selectSpan(db, cell, span));
}

/** Where in their cells the rows of a filter lie; undefined when there are more than `limit`. */
export function fewSpans(
  db: ReadDatabase,
  cells: readonly Cell[],
  filter: InventoryFilter,
  now: number,
  limit: number,
): { readonly cell: number; readonly span: Span }[] | undefined {
  const spans = cells.flatMap((cell) =>
    spansOf(cell, wantedStatuses(filter), windowOf(filter), now).map((span) => ({ cell: cell.id, span })),
  );
  let count = 0;
  for (const { cell, span } of spans) {
    count += countRowsUpTo(db, cell, span, limit + 1 - count);
    if (count > limit) return undefined;
  }
  return spans;
}

/** Puts rows in order and takes those that the page shows. */
async function takeCandidates(
  db: ReadDatabase,
  rows: readonly RowFacts[],
  cells: readonly Cell[],
  wanted: Wanted,
): Promise<Places> {
  const segments = segmentsOf(wanted.sort);
  const wantedCells = new Set(cells.map((cell) => cell.id));
  const accepts = acceptanceOf(wanted.filter, wantedStatuses(wanted.filter), wanted.now);
  const sign = wanted.direction === "next" ? 1 : -1;
  const compare = (a: Place, b: Place) => sign * comparePlaces(a, b, segments);
  const accepted = rows.filter((row) => wantedCells.has(row.cell) && accepts(row));
  const places: Place[] = [];
  let left = placesOf(db, accepted, segments, wanted.now);
  let after = wanted.from;
  for (let many = wanted.members ? ASKED_FIRST : wanted.limit + 1; places.length <= wanted.limit; many *= 4) {
    const from = after;
    left = from === null ? left : left.filter((place) => compare(place, from) > 0);
    const next = firstOf(left, many, compare);
    const own = new Set(await ownedBy(db, wanted.members, seqsOf(next)));
    places.push(...next.filter((place) => own.has(place.seq)));
    if (next.length < many) break;
    after = next.at(-1) ?? null;
  }
  return pageOf(places, wanted);
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
async function walkPlaces(
  db: ReadDatabase,
  search: SearchText | undefined,
  cells: readonly Cell[],
  wanted: Wanted,
): Promise<Places> {
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
    const find = search ? testRows.bind(null, db, search) : mustLook ? selectFacts.bind(null, db) : null;
    const isTried = find !== null || wanted.members !== undefined;
    const fitting = (seqs: readonly number[]) => (find ? seqsOf(find(seqs).filter(accepts)) : seqs);
    const owned = (seqs: readonly number[]) => ownedBy(db, wanted.members, seqs);
    // By ends nearly every row fits that is not searched for, so whose it is leaves fewer to look at.
    const isOwnedFirst = segment.key === "ends" && !search;
    for (;;) {
      const batch = isTried ? nextBatch(looked, places.length, wanted) : wanted.limit + 1;
      const read = take(rows, batch);
      const seqs = read.map((entry) => entry.seq);
      const passed = isTried && new Set(isOwnedFirst ? fitting(await owned(seqs)) : await owned(fitting(seqs)));
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
