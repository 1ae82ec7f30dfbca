import type { ReadDatabase } from "./database";

/** So many rows of a database are remembered by one kind of question. */
const MOST = 20_000;

/**
 * What was made of rows, as long as they are the same. A row that was read is not made into something again, and whoever
 * keeps something by the object that was made knows that nothing changed.
 */
export class Remembered<Row, Value> {
  readonly #byDatabase = new WeakMap<ReadDatabase, Map<string, { readonly row: Row; readonly value: Value }>>();

  constructor(
    private readonly make: (row: Row) => Value,
    private readonly isSame: (a: Row, b: Row) => boolean,
  ) {}

  /** What is made of a row that was just read under a key. */
  of(db: ReadDatabase, key: string, row: Row): Value {
    let rows = this.#byDatabase.get(db);
    if (!rows) this.#byDatabase.set(db, (rows = new Map()));
    const known = rows.get(key);
    if (known && this.isSame(known.row, row)) return known.value;
    if (!known && rows.size >= MOST) {
      const [oldest] = rows.keys();
      if (oldest !== undefined) rows.delete(oldest);
    }
    const value = this.make(row);
    rows.set(key, { row, value });
    return value;
  }
}
