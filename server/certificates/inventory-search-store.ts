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
import { ROW_FACTS, type RowFacts } from "./inventory-store";

const WORDS: SearchIndex = { table: "certificate_words_index", column: "words" };
const DIGITS: SearchIndex = { table: "certificate_digits_index", column: "digits" };

const HAS_WORDS = "instr(i.words, ?) > 0";
const HAS_DIGITS = "(instr(c.serial, ?) > 0 OR instr(c.fingerprint, ?) > 0)";
const ORDERS = { oldest: "ORDER BY m.seq", newest: "ORDER BY m.seq DESC" } as const;
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

/** Certificates that a search finds, in the order of issuance or from the newest back, `limit` at the most. */
export function findBySearch(db: ReadDatabase, search: SearchText, limit: number, order: Order = "oldest"): Found {
  const { through, last } = searchProgress(db);
  const words = piecesOfText(db, WORDS, search.words, through);
  const digits = search.digits === null ? null : piecesOfDigits(search.digits);
  if (words === null || (search.digits !== null && digits === null)) return scan(db, search, last, limit);

  const found = new Map<number, RowFacts>();
  const add = (rows: readonly RowFacts[]) => {
    for (const row of rows) if (found.size <= limit) found.set(row.seq, row);
  };
  const addTail = () => add(test(db, search, through, last, limit + 1));
  const addIndexed = () => {
    add(withWords(db, words, search.words, through, limit + 1, order));
    if (digits && search.digits !== null && found.size <= limit) {
      add(withDigits(db, digits, search.digits, through, limit + 1, order));
    }
  };
  for (const part of order === "oldest" ? [addIndexed, addTail] : [addTail, addIndexed]) part();
  return { rows: [...found.values()].slice(0, limit), isComplete: found.size <= limit };
}

/** About how many certificates have the words, guessed; for the choice between two ways to the same answer. */
export function guessMatches(db: ReadDatabase, search: SearchText): number {
  const { through, last } = searchProgress(db);
  const words = piecesOfText(db, WORDS, search.words, through);
  return words === null ? last : guessShare(db, WORDS, words, through) * last;
}

function withWords(db: ReadDatabase, pieces: Pieces, words: string, through: number, limit: number, order: Order) {
  return db
    .statement(
      `SELECT ${ROW_FACTS} FROM (${rowsWithPieces(WORDS)}) m CROSS JOIN certificate_inventory i ON i.seq = m.seq WHERE ${HAS_WORDS} ${ORDERS[order]} LIMIT ?`,
    )
    .all(pieces.expression, 0, through, words, limit) as RowFacts[];
}

function withDigits(db: ReadDatabase, pieces: Pieces, digits: string, through: number, limit: number, order: Order) {
  return db
    .statement(
      `SELECT ${ROW_FACTS} FROM (${rowsWithPieces(DIGITS)}) m CROSS JOIN certificate_inventory i ON i.seq = m.seq ${WITH_DIGITS} WHERE ${HAS_DIGITS} ${ORDERS[order]} LIMIT ?`,
    )
    .all(pieces.expression, 0, through, digits, digits, limit) as RowFacts[];
}

/** Looks at every certificate after one, up to another. */
function test(db: ReadDatabase, search: SearchText, after: number, through: number, limit: number): RowFacts[] {
  const digits = search.digits === null ? [] : [search.digits, search.digits];
  return db
    .statement(
      `SELECT ${ROW_FACTS} FROM certificate_inventory i ${digits.length > 0 ? WITH_DIGITS : ""} WHERE i.seq > ? AND i.seq <= ? AND (${HAS_WORDS}${digits.length > 0 ? ` OR ${HAS_DIGITS}` : ""}) LIMIT ?`,
    )
    .all(after, through, search.words, ...digits, limit) as RowFacts[];
}

/** A text too short for the indexes: only the newest certificates are looked at. */
function scan(db: ReadDatabase, search: SearchText, last: number, limit: number): Found {
  const from = Math.max(0, last - limit);
  return { rows: test(db, search, from, last, limit), isComplete: from === 0 };
}

/** Which of some certificates a search finds, with their facts, in no order. */
export function testRows(db: ReadDatabase, search: SearchText, seqs: readonly number[]): RowFacts[] {
  const digits = search.digits === null ? [] : [search.digits, search.digits];
  return db
    .statement(
      `SELECT ${ROW_FACTS} FROM json_each(?) j CROSS JOIN certificate_inventory i ON i.seq = j.value ${digits.length > 0 ? WITH_DIGITS : ""} WHERE ${HAS_WORDS}${digits.length > 0 ? ` OR ${HAS_DIGITS}` : ""}`,
    )
    .all(JSON.stringify(seqs), search.words, ...digits) as RowFacts[];
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
