import type { ReadDatabase } from "@/server/kernel/context";
import type { EntityName, KnownPrincipal } from "@/server/kernel/ports";
import { type DecidingState, decidingState } from "@/server/platform/deciding-state";
import { type FactPorts, KINDS, keyOf } from "./facts";
import { type KnownFact, knownPrincipal, knownResource } from "./known-facts";

/** What was read of entities while a database was in one state; null for those of which it knows nothing. */
const read = new WeakMap<DecidingState, Map<string, KnownFact | null>>();
/** So many are shared by requests; more are read again. */
const SHARED = 20_000;

/**
 * What the store knows of entities. All that ask while nothing changes that decides read it once; a change by whichever
 * process counts for every request that begins after it.
 */
export class FactsNow {
  readonly #facts: Map<string, KnownFact | null>;

  constructor(
    private readonly ports: FactPorts,
    private readonly db: ReadDatabase,
  ) {
    const state = decidingState(db);
    let facts = read.get(state);
    if (!facts) read.set(state, (facts = new Map()));
    this.#facts = facts;
  }

  /** Of an entity by its name; undefined when nothing is known. */
  async find(name: EntityName): Promise<KnownFact | undefined> {
    const key = keyOf(name);
    const known = this.#facts.get(key);
    if (known !== undefined) return known ?? undefined;
    const found = await this.#read(name);
    // That there is no identity of a name is asked for again: one that is made counts as no change.
    if (found || !Object.hasOwn(KINDS, name.type)) this.#keep(key, found ?? null);
    return found;
  }

  /** Of an identity that was found. */
  async ofPrincipal(principal: KnownPrincipal, name: EntityName): Promise<KnownFact> {
    const key = keyOf(name);
    const known = this.#facts.get(key) ?? (await knownPrincipal(this.ports, this.db, principal));
    this.#keep(key, known);
    return known;
  }

  /** Whether there is a resource of that name. */
  isResource({ type, id }: EntityName): boolean {
    return this.ports.findResource(this.db, type, id) !== undefined;
  }

  async #read(name: EntityName): Promise<KnownFact | undefined> {
    const kind = Object.hasOwn(KINDS, name.type) ? KINDS[name.type] : undefined;
    if (kind === undefined) return knownResource(this.ports.findResource(this.db, name.type, name.id));
    const principal = this.ports.findPrincipalByName(this.db, kind, name.id);
    return principal && knownPrincipal(this.ports, this.db, principal);
  }

  #keep(key: string, known: KnownFact | null): void {
    if (this.#facts.size < SHARED) this.#facts.set(key, known);
  }
}
