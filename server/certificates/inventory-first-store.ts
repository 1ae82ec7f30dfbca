import type { ReadDatabase } from "@/server/kernel/context";
import type { Pieces } from "@/server/platform/search";
import type { InventoryStatus } from "./inventory-contract";
import { STATUSES, type Window } from "./inventory-model";
import type { Place, Segment } from "./inventory-order-model";
import { rowsWithWords, type Search } from "./inventory-search-store";
import { type AreaSpan, type Rows, rowsOfSpans } from "./inventory-store";

/** From where in which order, how many rows. */
export interface Stretch {
  readonly now: number;
  readonly segments: readonly Segment[];
  readonly from: Place | null;
  readonly direction: "next" | "previous";
  readonly limit: number;
}

/** Which rows of a search are wanted. */
export interface Fitting {
  readonly cells: readonly number[];
  readonly statuses: ReadonlySet<InventoryStatus>;
  /** Undefined: everybody's. */
  readonly teams: readonly string[] | undefined;
  readonly window: Window;
}

/** A row's position in `STATUSES` at `:now`, as `standingAt` tells it. */
const STANDING = `
  CASE WHEN fact = 2 THEN 4 WHEN not_after <= :now THEN 3 WHEN fact = 1 THEN 2 WHEN renew_after <= :now THEN 0 ELSE 1 END`;

/** Where `worst` counts backwards: from here on the latest end is first. */
const BACKWARDS = STATUSES.indexOf("expired");

/** The first rows of a search in an order, after a place or before it. Exact, however many there are. */
export function firstBySearch(
  db: ReadDatabase,
  search: Search,
  pieces: Pieces,
  { cells, statuses, teams, window }: Fitting,
  stretch: Stretch,
): Place[] {
  const columns = "i.seq, i.cell, i.fact, i.not_after, i.renew_after, i.name, i.team_id";
  const { sql, values } = rowsWithWords(search, pieces, columns);
  const fitting = `
    SELECT * FROM (SELECT *, ${STANDING} AS standing FROM (${sql}))
    WHERE standing IN (SELECT value FROM json_each(:standings)) AND cell IN (SELECT value FROM json_each(:cells))
      ${teams ? "AND team_id IN (SELECT value FROM json_each(:teams))" : ""} AND not_after >= :endsFrom AND not_after < :endsTo`;
  const conditions = {
    now: stretch.now,
    standings: JSON.stringify([...statuses].map((status) => STATUSES.indexOf(status))),
    cells: JSON.stringify(cells),
    ...(teams && { teams: JSON.stringify(teams) }),
    endsFrom: window.from,
    endsTo: window.to,
  };
  return firstOfRows(db, { sql: fitting, values: { ...values, ...conditions } }, stretch);
}

/** The first rows of spans by name or the order of issuance, where the spans have no more than `most`. */
export function firstOfSpans(db: ReadDatabase, spans: readonly AreaSpan[], most: number, stretch: Stretch): Place[] {
  const columns = stretch.segments[0]?.key === "name" ? "i.seq, i.name" : "i.seq";
  return firstOfRows(db, rowsOfSpans(columns, spans, most, stretch.now), stretch);
}

/** Rows are put in order by the database, so that only the first of them leave it. */
function firstOfRows(db: ReadDatabase, rows: Rows, { segments, from, direction: way, limit }: Stretch): Place[] {
  const { segment, key, sign } = columnsOf(segments);
  const isRising = (way === "next") !== (segments.length === 1 && segments[0]?.isDescending === true);
  const [direction, beyond] = isRising ? ["ASC", ">"] : ["DESC", "<"];
  const signed = sign === "" ? "key, seq" : `key * (${sign}), seq * (${sign})`;
  const fromSign = from && sign !== "" && from.segment >= BACKWARDS ? -1 : 1;
  const place = from && [
    from.segment,
    typeof from.key === "number" ? from.key * fromSign : from.key,
    from.seq * fromSign,
  ];
  const sql = `
    SELECT segment, key, seq FROM (SELECT ${segment} AS segment, ${key} AS key, seq FROM (${rows.sql}))
    ${place ? `WHERE (segment, ${signed}) ${beyond} (:atSegment, :atKey, :atSeq)` : ""}
    ORDER BY ${["segment", ...signed.split(", ")].map((column) => `${column} ${direction}`).join(", ")} LIMIT :limit`;
  const at = place && { atSegment: place[0], atKey: place[1], atSeq: place[2] };
  return db.statement(sql).all({ ...rows.values, ...at, limit }) as Place[];
}

function columnsOf(segments: readonly Segment[]): { segment: string; key: string; sign: string } {
  if (segments.length > 1) {
    return { segment: "standing", key: "not_after", sign: `CASE WHEN segment >= ${BACKWARDS} THEN -1 ELSE 1 END` };
  }
  const key = { ends: "not_after", order: "seq", name: "name" }[segments[0]?.key ?? "ends"];
  return { segment: "0", key, sign: "" };
}
