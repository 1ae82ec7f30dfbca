import type { ReadDatabase } from "./database";

/** All that decides, as it is until something of it changes: an object of its own for each such state of a database. */
export interface DecidingState {
  readonly number: number;
}

const newest = new WeakMap<ReadDatabase, DecidingState>();
/** Those that were asked for since a socket was last read. */
let asked = new WeakMap<ReadDatabase, DecidingState>();
let isForgotten = true;

/**
 * The state that a database is in now. Whichever process changes states, teams, labels or roles of identities, standings of
 * certificates, resources, or the policies in force: triggers count it. It is asked for once between two readings of sockets,
 * so that a change counts for every request that is sent after it; and again after each commit of this process.
 */
export function decidingState(db: ReadDatabase): DecidingState {
  const known = asked.get(db);
  if (known) return known;
  const state = stateOf(db);
  // Within a transaction its own changes count, one after the other.
  if ("isWritable" in db) return state;
  asked.set(db, state);
  if (isForgotten) process.nextTick(forgetDecidingStates);
  isForgotten = false;
  return state;
}

/** Whatever was asked for is asked for again. */
export function forgetDecidingStates(): void {
  asked = new WeakMap();
  isForgotten = true;
}

function stateOf(db: ReadDatabase): DecidingState {
  const { number } = db.statement("SELECT number FROM deciding_state").get() as DecidingState;
  const known = newest.get(db);
  if (known?.number === number) return known;
  const state = { number };
  newest.set(db, state);
  return state;
}

/** So many are kept of one kind; more are read each time. */
const MOST = 20_000;

/** What was read of a database, until something changes that decides. What is not there is asked for again. */
export class ReadOnce<Value extends object> {
  readonly #byState = new WeakMap<DecidingState, Map<string, Value>>();

  /** What is known under a key, or else what `read` finds. */
  of(db: ReadDatabase, key: string, read: () => Value | undefined): Value | undefined {
    const state = decidingState(db);
    let values = this.#byState.get(state);
    if (!values) this.#byState.set(state, (values = new Map()));
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = read();
    if (value !== undefined && values.size < MOST) values.set(key, value);
    return value;
  }
}
