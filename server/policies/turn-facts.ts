import type { ReadDatabase } from "@/server/kernel/context";
import type { KnownFact } from "./known-facts";

const known = new WeakMap<ReadDatabase, Map<string, KnownFact | null>>();

/**
 * What was read of entities in this turn of the event loop, null for nothing; requests that were there when it began share
 * it. It is forgotten before any other is read from its socket, so that a change counts for every request that is sent
 * after it.
 */
export function factsOfTurn(db: ReadDatabase): Map<string, KnownFact | null> {
  let facts = known.get(db);
  if (!facts) {
    facts = new Map();
    known.set(db, facts);
    setImmediate(() => known.delete(db));
  }
  return facts;
}
