import type { ReadDatabase } from "@/server/kernel/context";
import type { EntityName, KnownPrincipal } from "@/server/kernel/ports";
import { type DecidingState, decidingState } from "@/server/platform/deciding-state";
import { type FactPorts, KINDS, keyOf } from "./facts";
import { type KnownFact, knownPrincipal, knownResource, knownTeam } from "./known-facts";

/** What was read of entities while a database was in one state. Names of nothing are not kept: anybody could ask for any. */
const read = new WeakMap<DecidingState, Map<string, KnownFact>>();
/** So many are shared by requests; more are read again. */
const SHARED = 20_000;

/**
 * What the store knows of entities. All that ask while nothing changes that decides read it once; a change by whichever
 * process counts for every request that begins after it, and so does a grant that begins or ends by the clock.
 */
export class FactsNow {
  readonly #facts: Map<string, KnownFact>;
  readonly #at: number;

  constructor(
    private readonly ports: FactPorts,
    private readonly db: ReadDatabase,
  ) {
    this.#at = ports.now().getTime();
    const state = decidingState(db);
    let facts = read.get(state);
    if (!facts) read.set(state, (facts = new Map()));
    this.#facts = facts;
  }

  /** Of an entity by its name; undefined when nothing is known. */
  async find(name: EntityName): Promise<KnownFact | undefined> {
    const key = keyOf(name);
    const known = this.#known(key) ?? (await this.#read(name));
    if (known) this.#keep(key, known);
    return known;
  }

  /** Of an identity that was found. */
  async ofPrincipal(principal: KnownPrincipal, name: EntityName): Promise<KnownFact> {
    const key = keyOf(name);
    const known = this.#known(key) ?? (await knownPrincipal(this.ports, this.db, principal));
    this.#keep(key, known);
    return known;
  }

  /** Whether there is a resource of that name. */
  isResource({ type, id }: EntityName): boolean {
    return this.ports.findResource(this.db, type, id) !== undefined;
  }

  /** What is known of it still, by the clock. */
  #known(key: string): KnownFact | undefined {
    const known = this.#facts.get(key);
    return known && this.#at < known.until ? known : undefined;
  }

  async #read(name: EntityName): Promise<KnownFact | undefined> {
    if (name.type === "Team") return knownTeam(this.ports, this.db, name.id);
    const kind = Object.hasOwn(KINDS, name.type) ? KINDS[name.type] : undefined;
    if (kind === undefined) return knownResource(this.ports.findResource(this.db, name.type, name.id));
    const principal = this.ports.findPrincipalByName(this.db, kind, name.id);
    return principal && knownPrincipal(this.ports, this.db, principal);
  }

  #keep(key: string, known: KnownFact): void {
    if (this.#facts.size < SHARED) this.#facts.set(key, known);
  }
}
