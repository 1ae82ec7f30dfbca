import type { ReadDatabase } from "@/server/kernel/context";
import { compareKeys } from "./inventory-order-model";
import { type Entry, type Leg, type Position, readLeg } from "./inventory-leg-store";

const LARGEST_CHUNK = 128;

/** A leg that is being read: its next row is at the front of what was read ahead. */
interface Reader {
  readonly leg: Leg;
  ahead: Entry[];
  at: number;
  chunk: number;
}

/**
 * The rows of several legs in one order, after an entry or from the beginning. Each leg is an index range that is read
 * as far as it is needed, so that the cost depends on the rows taken and not on those before or behind them.
 */
export function* walk(
  db: ReadDatabase,
  legs: readonly Leg[],
  after: Position | null,
  expected: number,
): Generator<Entry> {
  const chunk = Math.min(LARGEST_CHUNK, Math.max(8, Math.ceil((2 * expected) / Math.max(1, legs.length))));
  const isDescending = legs[0]?.isDescending ?? false;
  const isBefore = (a: Reader, b: Reader) => {
    const [first, second] = [a.ahead[a.at], b.ahead[b.at]];
    if (!first || !second) return first !== undefined;
    const rising = compareKeys(first.key, second.key) || first.seq - second.seq;
    return isDescending ? rising > 0 : rising < 0;
  };
  const heap: Reader[] = [];
  for (const leg of legs) {
    const reader: Reader = { leg, ahead: readLeg(db, leg, after, chunk), at: 0, chunk };
    if (reader.ahead.length > 0) {
      heap.push(reader);
      rise(heap, heap.length - 1, isBefore);
    }
  }

  for (let first = heap[0]; first; first = heap[0]) {
    const entry = first.ahead[first.at];
    if (!entry) throw new Error("a reader without a next row is not in the heap");
    yield entry;
    first.at += 1;
    if (first.at === first.ahead.length) readOn(db, first, entry);
    if (first.ahead.length === 0) {
      const last = heap.pop();
      if (last && last !== first) heap[0] = last;
    }
    sink(heap, isBefore);
  }
}

function readOn(db: ReadDatabase, reader: Reader, after: Entry): void {
  const isAtEnd = reader.ahead.length < reader.chunk;
  reader.chunk = Math.min(LARGEST_CHUNK, reader.chunk * 2);
  reader.ahead = isAtEnd ? [] : readLeg(db, reader.leg, after, reader.chunk);
  reader.at = 0;
}

type IsBefore = (a: Reader, b: Reader) => boolean;

function rise(heap: Reader[], from: number, isBefore: IsBefore): void {
  for (let at = from; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (!swapIfBefore(heap, at, parent, isBefore)) return;
    at = parent;
  }
}

function sink(heap: Reader[], isBefore: IsBefore): void {
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const [a, b] = [heap[left], heap[right]];
    const child = a && b && isBefore(b, a) ? right : left;
    if (!a || !swapIfBefore(heap, child, at, isBefore)) return;
    at = child;
  }
}

function swapIfBefore(heap: Reader[], child: number, parent: number, isBefore: IsBefore): boolean {
  const [below, above] = [heap[child], heap[parent]];
  if (!below || !above || !isBefore(below, above)) return false;
  heap[child] = above;
  heap[parent] = below;
  return true;
}
