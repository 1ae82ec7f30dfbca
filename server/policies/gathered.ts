import type { EntityData } from "@/server/engines/cedar/data/request";
import type { Names } from "@/server/engines/cedar/values/value";
import type { EntityName } from "@/server/kernel/ports";
import { keyOf, MOST } from "./facts";
import type { FactsNow } from "./facts-now";
import type { FactData, KnownFact } from "./known-facts";
import { scopesOf } from "./scopes";

/** What is known for one question of those who take part, and of everything that they name. */
export class Gathered {
  readonly #facts = new Map<string, KnownFact>();

  constructor(private readonly store: FactsNow) {}

  get facts(): Iterable<KnownFact> {
    return this.#facts.values();
  }

  get(name: EntityName): KnownFact | undefined {
    return this.#facts.get(keyOf(name));
  }

  /** Adds what is known, and behind it what that names. */
  async add(...known: readonly KnownFact[]): Promise<void> {
    for (const one of known) this.#facts.set(one.key, one);
    for (const one of known) for (const name of one.named) await this.look(name);
  }

  /** Adds what the store knows of an entity, if it knows any. */
  async look(name: EntityName): Promise<void> {
    if (this.#facts.size >= MOST || this.#facts.has(keyOf(name))) return;
    const known = await this.store.find(name);
    if (known) await this.add(known);
  }

  /** All of it as the engine takes it: groups of groups are groups, for what comes with a question is not looked through. */
  dataIn(names: Names, ofQuestion: Names): FactData[] {
    return [...this.#facts.values()].map((known) => {
      const data = known.dataIn(names, ofQuestion);
      if (!this.#isNested(known)) return data;
      return { ...data, own: { ...data.own, parents: this.#groupsOf(data.own, ofQuestion) } };
    });
  }

  #isNested({ fact }: KnownFact): boolean {
    return fact.parents.some((parent) => (this.get(parent)?.fact.parents.length ?? 0) > 0);
  }

  #groupsOf({ parents }: EntityData, names: Names): EntityData["parents"] {
    const groups = new Set(parents);
    for (const group of groups) {
      const around = this.get(group)?.fact;
      if (!around) continue;
      for (const { type, id } of [...around.parents, ...scopesOf(around)]) groups.add(names.of(type, id));
    }
    return [...groups];
  }
}
