import type { InventorySort, InventoryStatus } from "./inventory-contract";
import { STATUSES } from "./inventory-model";

/** By what rows stand in order. `order` is the order of issuance. */
export type SortKey = "ends" | "order" | "name";

/** A stretch of the whole order: certificates of some statuses by one key. */
export interface Segment {
  readonly statuses: readonly InventoryStatus[];
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** Where a row stands. Equal keys stand in the order of issuance, in the direction of their segment. */
export interface Place {
  readonly segment: number;
  readonly key: number | string;
  readonly seq: number;
}

const WORST: readonly Segment[] = [
  { statuses: ["due"], key: "ends", isDescending: false },
  { statuses: ["active"], key: "ends", isDescending: false },
  { statuses: ["renewed"], key: "ends", isDescending: false },
  { statuses: ["expired"], key: "ends", isDescending: true },
  { statuses: ["revoked"], key: "ends", isDescending: true },
];

/** The segments of an order, first to last. */
export function segmentsOf(sort: InventorySort): readonly Segment[] {
  switch (sort) {
    case "worst":
      return WORST;
    case "name":
    case "-name":
      return [{ statuses: STATUSES, key: "name", isDescending: sort === "-name" }];
    case "issued":
    case "-issued":
      return [{ statuses: STATUSES, key: "order", isDescending: sort === "-issued" }];
    case "ends":
    case "-ends":
      return [{ statuses: STATUSES, key: "ends", isDescending: sort === "-ends" }];
  }
}

/** Negative when `a` stands before `b`. */
export function comparePlaces(a: Place, b: Place, segments: readonly Segment[]): number {
  if (a.segment !== b.segment) return a.segment - b.segment;
  const rising = compareKeys(a.key, b.key) || a.seq - b.seq;
  return segments[a.segment]?.isDescending ? -rising : rising;
}

/** The first few of many in an order, for less than sorting all would cost. */
export function firstOf(places: readonly Place[], count: number, compare: (a: Place, b: Place) => number): Place[] {
  const first: Place[] = [];
  for (const place of places) {
    const last = first.at(-1);
    if (first.length === count && last && compare(place, last) > 0) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = first[middle];
      if (other && compare(other, place) < 0) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, place);
    if (first.length > count) first.pop();
  }
  return first;
}

/** The order of SQLite: numbers by size, text by its UTF-8 bytes. */
export function compareKeys(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareText(String(a), String(b));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const difference = weight(a.charCodeAt(at)) - weight(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** UTF-16 puts surrogates before U+E000 to U+FFFF, UTF-8 after them. */
function weight(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
