import { z } from "zod";
import { DomainError } from "@/server/kernel/errors";
import { InventorySort } from "./inventory-contract";
import type { Place } from "./inventory-order-model";

/** The cursor was not made by us, or belongs to another order. */
export class BadCursor extends DomainError {
  readonly code = "inventory.bad_cursor";
  readonly fault = "invalid";

  constructor() {
    super("this page address cannot be used; begin again with the first page");
  }
}

/** From where a page goes on, and which way. */
export interface Cursor {
  readonly sort: InventorySort;
  readonly direction: "next" | "previous";
  /** The row that the page begins after, or ends before. */
  readonly place: Place;
  /** The time by which the earlier pages were put in order, so that none is shown twice because time went on. */
  readonly asOf: number;
}

const Wire = z.tuple([
  InventorySort,
  z.enum(["n", "p"]),
  z.int().min(0).max(4),
  z.union([z.number(), z.string().max(300)]),
  z.int(),
  z.int(),
]);

/** A cursor as it stands in addresses: base64url of a JSON array. */
export function writeCursor({ sort, direction, place, asOf }: Cursor): string {
  const wire = [sort, direction === "next" ? "n" : "p", place.segment, place.key, place.seq, asOf];
  return Buffer.from(JSON.stringify(wire)).toString("base64url");
}

/**
 * Reads what `writeCursor` wrote.
 *
 * @throws {BadCursor} when it did not, or for another order.
 */
export function readCursor(text: string, sort: InventorySort): Cursor {
  const parsed = Wire.safeParse(parseJson(Buffer.from(text, "base64url").toString()));
  if (!parsed.success || parsed.data[0] !== sort) throw new BadCursor();
  const [, direction, segment, key, seq, asOf] = parsed.data;
  const isName = sort === "name" || sort === "-name";
  if (isName !== (typeof key === "string") || (sort !== "worst" && segment !== 0)) throw new BadCursor();
  return { sort, direction: direction === "n" ? "next" : "previous", place: { segment, key, seq }, asOf };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
