import type { ReadDatabase } from "./database";

/** All that decides, as it is until something of it changes: an object of its own for each such state of a database. */
export interface DecidingState {
  readonly number: number;
}

interface Known {
  readonly newest: WeakMap<ReadDatabase, DecidingState>;
  /** Those that were asked for since a socket was last read. */
  asked: WeakMap<ReadDatabase, DecidingState>;
  isForgotten: boolean;
}

const holder = globalThis as typeof globalThis & { swarmDecidingStates?: Known };
/** On `globalThis`: bundles of one process share the database, and each commits. */
const known = (holder.swarmDecidingStates ??= { newest: new WeakMap(), asked: new WeakMap(), isForgotten: true });

/**
 * The state that a database is in now. Whichever process changes states, teams, labels or roles of identities, standings of
 * certificates, resources, or the policies in force: triggers count it. It is asked for once between two readings of sockets,
 * so that a change counts for every request that is sent after it; and again after each commit of this process.
 */
export function decidingState(db: ReadDatabase): DecidingState {
  const asked = known.asked.get(db);
  if (asked) return asked;
  const state = stateOf(db);
  // Within a transaction its own changes count, one after the other.
  if ("isWritable" in db) return state;
  known.asked.set(db, state);
  if (known.isForgotten) process.nextTick(forgetDecidingStates);
  known.isForgotten = false;
  return state;
}

/** Whatever was asked for is asked for again. */
export function forgetDecidingStates(): void {
  known.asked = new WeakMap();
  known.isForgotten = true;
}

function stateOf(db: ReadDatabase): DecidingState {
  const { number } = db.statement("SELECT number FROM deciding_state").get() as DecidingState;
  const before = known.newest.get(db);
  if (before?.number === number) return before;
  const state = { number };
  known.newest.set(db, state);
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
    const kept = values.get(key);
    if (kept !== undefined) return kept;
    const value = read();
    if (value !== undefined && values.size < MOST) values.set(key, value);
    return value;
  }
}
