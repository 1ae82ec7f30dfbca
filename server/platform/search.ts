import type { ReadDatabase, Transaction } from "./database";

/**
 * An inverted index over short pieces of text: which rows have a piece, without where or how often. It narrows a search
 * down; whoever searches looks at the rows themselves. SQLite's FTS5 underneath, and nobody above knows.
 */
export interface SearchIndex {
  /** An FTS5 table without content, `detail = none`. */
  readonly table: string;
  readonly column: string;
}

/** Which pieces a row must have. */
export interface Pieces {
  readonly expression: string;
}

/** What can follow two characters of a text in lower case: printable ASCII, or the end of a line. */
const FOLLOWERS = ["\n", ...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))].filter(
  (character) => !/[A-Z]/.test(character),
);

const DIGITS = [..."0123456789abcdef"];

/** How many pieces of a text are compared. */
const PROBED = 12;

/** A share of the rows below which a piece narrows enough. */
const RARE = 0.002;

/** How many rows a guess about the rarity of a piece looks at. */
const PROBE = 48;

/** Adds a row's text to an index. Each row is added once. */
export function addToIndex(tx: Transaction, index: SearchIndex, row: number, text: string): void {
  tx.statement(`INSERT INTO ${index.table} (rowid, ${index.column}) VALUES (?, ?)`).run(row, text);
}

/**
 * SQL for rows, as `seq`, that have the pieces (first parameter) and lie after one row and up to another (second and
 * third). They are read in order of `seq`, or against it, for nothing.
 */
export function rowsWithPieces({ table }: SearchIndex, [pieces, after, through] = ["?", "?", "?"]): string {
  return `SELECT rowid AS seq FROM ${table} WHERE ${table} MATCH ${pieces} AND rowid > ${after} AND rowid <= ${through}`;
}

/** The pieces of three characters by which a text is found; null when it is too short to have any. */
export function piecesOfText(db: ReadDatabase, index: SearchIndex, text: string, through: number): Pieces | null {
  const characters = [...text];
  if (characters.length < 2) return null;
  if (characters.length === 2) return { expression: FOLLOWERS.map((follower) => quote(text + follower)).join(" OR ") };
  const grams = new Set(characters.slice(2).map((_, at) => characters.slice(at, at + 3).join("")));
  return {
    expression: rarest(db, index, [...grams], through)
      .map(quote)
      .join(" AND "),
  };
}

/** Two neighbouring bytes, at every byte: what an index of hexadecimal digits holds. */
export function bytePairs(digits: string): string {
  const pairs: string[] = [];
  for (let at = 0; at + 4 <= digits.length; at += 2) pairs.push(digits.slice(at, at + 4));
  return pairs.join(" ");
}

/** The byte pairs by which digits are found, wherever in a byte they begin; null below three digits. */
export function piecesOfDigits(digits: string): Pieces | null {
  const tail = digits.slice(1);
  const before = (part: string) => `(${DIGITS.map((digit) => `"${digit}${part}"`).join(" OR ")})`;
  if (digits.length < 3) return null;
  if (digits.length === 3) return { expression: `("${digits}" * OR ${before(digits)})` };
  if (digits.length === 4) return { expression: `("${digits}" OR (${before(digits.slice(0, 3))} AND "${tail}" *))` };
  const pairs = (text: string) => bytePairs(text).split(" ").slice(0, 3);
  const all = (text: string) => `(${pairs(text).map(quote).join(" AND ")})`;
  return { expression: `(${all(digits)} OR ${all(tail)})` };
}

/** About which share of rows has the pieces, guessed from the newest that have. */
export function guessShare(db: ReadDatabase, index: SearchIndex, pieces: Pieces, through: number): number {
  const row = db
    .statement(
      `SELECT count(*) AS hits, min(seq) AS first FROM (${rowsWithPieces(index)} ORDER BY rowid DESC LIMIT ${PROBE})`,
    )
    .get(pieces.expression, 0, through) as { hits: number; first: number | null };
  if (row.first === null) return 0;
  return row.hits / (row.hits < PROBE ? Math.max(1, through) : through - row.first + 1);
}

/**
 * About the three rarest of some pieces: enough to narrow down, while each more is one more list to read. They are
 * compared until two are rare; of a long text some first, and the others only when none of those is.
 */
function rarest(db: ReadDatabase, index: SearchIndex, grams: readonly string[], through: number): string[] {
  if (grams.length <= 2) return [...grams];
  const every = Math.ceil(grams.length / PROBED);
  const first = grams.filter((_, at) => at % every === 0);
  const shares: { gram: string; share: number }[] = [];
  for (const gram of [...first, ...grams.filter((_, at) => at % every !== 0)]) {
    const rare = shares.filter(({ share }) => share < RARE).length;
    if (rare >= 2 || (rare > 0 && shares.length >= first.length)) break;
    shares.push({ gram, share: guessShare(db, index, { expression: quote(gram) }, through) });
  }
  return shares
    .sort((a, b) => a.share - b.share)
    .slice(0, 3)
    .map(({ gram }) => gram);
}

function quote(piece: string): string {
  return `"${piece.replaceAll('"', '""')}"`;
}
