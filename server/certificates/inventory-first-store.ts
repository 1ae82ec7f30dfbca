import type { ReadDatabase } from "@/server/kernel/context";
import type { Pieces } from "@/server/platform/search";
import type { InventoryStatus } from "./inventory-contract";
import { STATUSES, type Window } from "./inventory-model";
import type { Place, Segment } from "./inventory-order-model";
import { rowsWithWords, type Search } from "./inventory-search-store";

/** Which rows of a search are wanted, and from where in which order. */
export interface First {
  readonly cells: readonly number[];
  readonly statuses: ReadonlySet<InventoryStatus>;
  readonly window: Window;
  readonly now: number;
  readonly segments: readonly Segment[];
  readonly from: Place | null;
  readonly direction: "next" | "previous";
  readonly limit: number;
}

/** A row's position in `STATUSES` at `:now`, as `standingAt` tells it. */
export const STANDING = `
  CASE WHEN fact = 2 THEN 4 WHEN not_after <= :now THEN 3 WHEN fact = 1 THEN 2 WHEN renew_after <= :now THEN 0 ELSE 1 END`;

/** Where `worst` counts backwards: from here on the latest end is first. */
const BACKWARDS = STATUSES.indexOf("expired");

/** The first rows of a search in an order, after a place or before it. Exact, however many there are. */
export function firstBySearch(db: ReadDatabase, search: Search, pieces: Pieces, first: First): Place[] {
  return firstOfRows(
    db,
    rowsWithWords(search, pieces, "i.seq, i.cell, i.fact, i.not_after, i.renew_after, i.name"),
    first,
  );
}

/** SQL with named values that yields `seq`, `cell`, `fact`, `not_after`, `renew_after` and `name` of rows. */
export interface Rows {
  readonly sql: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The first of some rows in an order, after a place or before it: put in order by the database, so that only those leave
 * it. The rows may be bounded by `:endsFrom` and `:endsTo` themselves.
 */
export function firstOfRows(db: ReadDatabase, rows: Rows, first: First): Place[] {
  const { segments, from } = first;
  const { segment, key, sign } = columnsOf(segments);
  const isRising = (first.direction === "next") !== (segments.length === 1 && segments[0]?.isDescending === true);
  const [direction, beyond] = isRising ? ["ASC", ">"] : ["DESC", "<"];
  const signed = sign === "" ? "key, seq" : `key * (${sign}), seq * (${sign})`;
  const fromSign = from && sign !== "" && from.segment >= BACKWARDS ? -1 : 1;
  const place = from && [
    from.segment,
    typeof from.key === "number" ? from.key * fromSign : from.key,
    from.seq * fromSign,
  ];
  const sql = `
    SELECT segment, key, seq FROM (
      SELECT ${segment} AS segment, ${key} AS key, seq, standing, cell, not_after
      FROM (SELECT *, ${STANDING} AS standing FROM (${rows.sql}))
    )
    WHERE standing IN (SELECT value FROM json_each(:standings)) AND cell IN (SELECT value FROM json_each(:cells))
      AND not_after >= :endsFrom AND not_after < :endsTo
      ${place ? `AND (segment, ${signed}) ${beyond} (:atSegment, :atKey, :atSeq)` : ""}
    ORDER BY ${["segment", ...signed.split(", ")].map((column) => `${column} ${direction}`).join(", ")} LIMIT :limit`;
  return db.statement(sql).all({
    ...rows.values,
    now: first.now,
    standings: JSON.stringify([...first.statuses].map((status) => STATUSES.indexOf(status))),
    cells: JSON.stringify(first.cells),
    endsFrom: first.window.from,
    endsTo: first.window.to,
    limit: first.limit,
    ...(place && { atSegment: place[0], atKey: place[1], atSeq: place[2] }),
  }) as Place[];
}

function columnsOf(segments: readonly Segment[]): { segment: string; key: string; sign: string } {
  if (segments.length > 1) {
    return { segment: "standing", key: "not_after", sign: `CASE WHEN segment >= ${BACKWARDS} THEN -1 ELSE 1 END` };
  }
  const key = { ends: "not_after", order: "seq", name: "name" }[segments[0]?.key ?? "ends"];
  return { segment: "0", key, sign: "" };
}
