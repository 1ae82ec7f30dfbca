import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import {
  addToIndex,
  bytePairs,
  guessShare,
  type Pieces,
  piecesOfDigits,
  piecesOfText,
  rowsWithPieces,
  type SearchIndex,
} from "@/server/platform/search";
import type { SearchText } from "./inventory-query-model";
import { allFacts, ROW_FACTS, type RowFacts, type Rows } from "./inventory-store";

const WORDS: SearchIndex = { table: "certificate_words_index", column: "words" };
const DIGITS: SearchIndex = { table: "certificate_digits_index", column: "digits" };

const HAS_WORDS = "instr(i.words, ?) > 0";
const BEGINS = "c.fingerprint >= ? AND c.fingerprint < ?";
const HAS_DIGITS = "(instr(c.serial, ?) > 0 OR instr(c.fingerprint, ?) > 0)";
const ORDERS = { oldest: "ORDER BY rowid", newest: "ORDER BY rowid DESC" } as const;
type Order = keyof typeof ORDERS;
const WITH_DIGITS = "CROSS JOIN certificates c ON c.seq = i.seq";

/** How far the search indexes reach, and how many certificates there are. */
export function searchProgress(db: ReadDatabase): { through: number; last: number } {
  const row = db
    .statement(
      "SELECT (SELECT through FROM certificate_search_progress) AS through, (SELECT coalesce(max(seq), 0) FROM certificate_inventory) AS last",
    )
    .get();
  return row as { through: number; last: number };
}

/** What a search found: at most so many rows, and whether that is all there is. */
export interface Found {
  readonly rows: readonly RowFacts[];
  readonly isComplete: boolean;
}

/** A search with the pieces by which the indexes know it; null where it is too short for them. */
export interface Search extends SearchText {
  readonly pieces: { readonly words: Pieces; readonly digits: Pieces | null } | null;
  readonly through: number;
  readonly last: number;
  /** About how many certificates have the words, guessed; for the choice between two ways to the same answer. */
  readonly guess: number;
}

/** Looks up how a search is best made. */
export function prepareSearch(db: ReadDatabase, text: SearchText): Search {
  const { through, last } = searchProgress(db);
  const words = piecesOfText(db, WORDS, text.words, through);
  const digits = text.digits === null ? null : piecesOfDigits(text.digits);
  if (words === null || (text.digits !== null && digits === null)) {
    return { ...text, pieces: null, through, last, guess: last };
  }
  return { ...text, pieces: { words, digits }, through, last, guess: guessShare(db, WORDS, words, through) * last };
}

/** Certificates that a search finds, in the order of issuance or from the newest back, `limit` at the most. */
export function findBySearch(db: ReadDatabase, search: Search, limit: number, order: Order = "oldest"): Found {
  const { pieces, through, last } = search;
  if (pieces === null) return scan(db, search, limit);

  const { words, digits } = pieces;
  const parts = [
    () => withWords(db, words, search, limit, order),
    () => (digits ? withDigits(db, digits, search, limit, order) : NOTHING),
    () => foundOf(test(db, search, through, last, limit + 1), limit),
  ];
  const found = (order === "oldest" ? parts : parts.toReversed()).map((find) => find());
  const rows = found.flatMap((part) => part.rows);
  const own = digits ? [...new Map(rows.map((row) => [row.seq, row])).values()] : rows;
  return { rows: own.slice(0, limit), isComplete: own.length <= limit && found.every((part) => part.isComplete) };
}

const NOTHING: Found = { rows: [], isComplete: true };

function foundOf(rows: readonly RowFacts[], limit: number): Found {
  return { rows: rows.slice(0, limit), isComplete: rows.length <= limit };
}

/** For each row that is wanted, so many that have the pieces are looked at. Pieces can be common where the text is not. */
const LOOKED_AT = 2;

function withWords(db: ReadDatabase, pieces: Pieces, search: Search, limit: number, order: Order): Found {
  const { through, words } = search;
  const most = search.guess > limit ? LOOKED_AT * limit : through;
  const from = `(${rowsWithPieces(WORDS)} ${ORDERS[order]} LIMIT ?)`;
  const sql = `SELECT ${ROW_FACTS} FROM ${from} m CROSS JOIN certificate_inventory i ON i.seq = m.seq WHERE ${HAS_WORDS} LIMIT ?`;
  const found = foundOf(allFacts(db, sql, pieces.expression, 0, through, most, words, limit + 1), limit);
  if (!found.isComplete || most === through) return found;
  const { hits } = db.statement(`SELECT count(*) AS hits FROM ${from}`).get(pieces.expression, 0, through, most) as {
    hits: number;
  };
  return { ...found, isComplete: hits < most };
}

function withDigits(db: ReadDatabase, pieces: Pieces, search: Search, limit: number, order: Order): Found {
  const rows = allFacts(
    db,
    `SELECT ${ROW_FACTS} FROM (${rowsWithPieces(DIGITS)} ${ORDERS[order]}) m CROSS JOIN certificate_inventory i ON i.seq = m.seq ${WITH_DIGITS} WHERE ${HAS_DIGITS} LIMIT ?`,
    pieces.expression,
    0,
    search.through,
    search.digits,
    search.digits,
    limit + 1,
  );
  return foundOf(rows, limit);
}

/** Certificates whose fingerprint begins with some digits, three or more, the newest first. */
export function findByFingerprint(db: ReadDatabase, digits: string, limit: number): number[] {
  const pieces = piecesOfDigits(digits);
  if (!pieces) return [];
  const { through } = searchProgress(db);
  const range = [digits, `${digits}g`];
  const newest = db
    .statement(`SELECT c.seq FROM certificates c WHERE c.seq > ? AND ${BEGINS} ORDER BY c.seq DESC LIMIT ?`)
    .all(through, ...range, limit);
  const indexed = db
    .statement(
      `SELECT c.seq FROM (${rowsWithPieces(DIGITS)} ${ORDERS.newest}) m CROSS JOIN certificates c ON c.seq = m.seq WHERE ${BEGINS} LIMIT ?`,
    )
    .all(pieces.expression, 0, through, ...range, limit);
  return ([...newest, ...indexed] as { seq: number }[]).slice(0, limit).map(({ seq }) => seq);
}

/** Every row that has the words of a search. */
export function rowsWithWords(search: Search, pieces: Pieces, columns: string): Rows {
  const indexed = rowsWithPieces(WORDS, [":pieces", ":after", ":through"]);
  const sql = `
    SELECT ${columns} FROM (${indexed}) m CROSS JOIN certificate_inventory i ON i.seq = m.seq WHERE instr(i.words, :words) > 0
    UNION ALL
    SELECT ${columns} FROM certificate_inventory i WHERE i.seq > :through AND i.seq <= :last AND instr(i.words, :words) > 0`;
  const { through, last, words } = search;
  return { sql, values: { pieces: pieces.expression, after: 0, through, last, words } };
}

/** Looks at every certificate after one, up to another. */
function test(db: ReadDatabase, search: SearchText, after: number, through: number, limit: number): RowFacts[] {
  const digits = search.digits === null ? [] : [search.digits, search.digits];
  return allFacts(
    db,
    `SELECT ${ROW_FACTS} FROM certificate_inventory i ${digits.length > 0 ? WITH_DIGITS : ""} WHERE i.seq > ? AND i.seq <= ? AND (${HAS_WORDS}${digits.length > 0 ? ` OR ${HAS_DIGITS}` : ""}) LIMIT ?`,
    after,
    through,
    search.words,
    ...digits,
    limit,
  );
}

/** A text too short for the indexes: only the newest certificates are looked at. */
function scan(db: ReadDatabase, search: Search, limit: number): Found {
  const from = Math.max(0, search.last - limit);
  return { rows: test(db, search, from, search.last, limit), isComplete: from === 0 };
}

/** Which of some certificates a search finds, with their facts, in no order. */
export function testRows(db: ReadDatabase, search: SearchText, seqs: readonly number[]): RowFacts[] {
  const digits = search.digits === null ? [] : [search.digits, search.digits];
  return allFacts(
    db,
    `SELECT ${ROW_FACTS} FROM json_each(?) j CROSS JOIN certificate_inventory i ON i.seq = j.value ${digits.length > 0 ? WITH_DIGITS : ""} WHERE ${HAS_WORDS}${digits.length > 0 ? ` OR ${HAS_DIGITS}` : ""}`,
    JSON.stringify(seqs),
    search.words,
    ...digits,
  );
}

/** Adds the next certificates to the search indexes, `limit` at the most. Answers how many, and up to which. */
export function indexNext(tx: Transaction, limit: number): { certificates: number; through: number } {
  const { through } = searchProgress(tx);
  const rows = tx
    .statement(
      "SELECT i.seq, i.words, c.serial, c.fingerprint FROM certificate_inventory i JOIN certificates c ON c.seq = i.seq WHERE i.seq > ? ORDER BY i.seq LIMIT ?",
    )
    .all(through, limit) as { seq: number; words: string; serial: string; fingerprint: string }[];
  for (const row of rows) {
    addToIndex(tx, WORDS, row.seq, row.words);
    addToIndex(tx, DIGITS, row.seq, `${bytePairs(row.serial)} ${bytePairs(row.fingerprint)}`);
  }
  const reached = rows.at(-1)?.seq ?? through;
  tx.statement("UPDATE certificate_search_progress SET through = ?").run(reached);
  return { certificates: rows.length, through: reached };
}
