import { readEntities } from "@/server/engines/cedar/data/entities-json";
import type { EntityData } from "@/server/engines/cedar/data/request";
import type { Names } from "@/server/engines/cedar/values/value";
import type { ReadDatabase } from "@/server/kernel/context";
import type { EntityName, KnownPrincipal, SwarmResource } from "@/server/kernel/ports";
import { asRead } from "./cedar-json";
import { factsOfTurn } from "./turn-facts";
import { type Fact, type FactPorts, factOfPrincipal, factOfResource, KINDS, keyOf, MOST, namesIn } from "./facts";

/** So many entities are kept by name with the policies in force; those of more are read again for each question. */
const KEPT = 100_000;
const kept = new WeakMap<Names, number>();

/** What our store knows of an entity, with all that is made of it; made again when the store knows otherwise. */
export class KnownFact {
  /** As it goes into the log. */
  readonly text: string;
  readonly key: string;
  /** Others of which more may be known. */
  readonly named: readonly EntityName[];
  #read: { readonly names: Names; readonly data: EntityData } | null = null;

  constructor(readonly fact: Fact) {
    this.text = JSON.stringify(fact);
    this.key = keyOf(fact.uid);
    this.named = namesIn(fact);
  }

  /** As the engine takes it, by the names of an authority; by those of the question alone when that keeps too many. */
  dataIn(names: Names, ofQuestion: Names): EntityData {
    if (this.#read?.names === names) return this.#read.data;
    const count = kept.get(names) ?? 0;
    if (count >= KEPT) return this.#readBy(ofQuestion);
    kept.set(names, count + 1);
    const data = this.#readBy(names);
    this.#read = { names, data };
    return data;
  }

  #readBy(names: Names): EntityData {
    const [data] = readEntities(asRead([this.fact]), { names, schema: null });
    if (!data) throw new Error("an entity that was written is read");
    return data;
  }
}

/** By what the store gives: the same object as long as it knows the same. */
const ofResources = new WeakMap<SwarmResource, KnownFact>();
const ofPrincipals = new WeakMap<KnownPrincipal, PrincipalFact>();

interface PrincipalFact {
  readonly roles: readonly string[];
  readonly compute: SwarmResource | undefined;
  readonly known: KnownFact;
}

/** What our store knows of an entity; undefined when it knows nothing of it. */
export async function findKnownFact(
  ports: FactPorts,
  db: ReadDatabase,
  name: EntityName,
): Promise<KnownFact | undefined> {
  const [facts, key] = [factsOfTurn(db), keyOf(name)];
  const known = facts.get(key);
  if (known !== undefined) return known ?? undefined;
  const found = await readKnownFact(ports, db, name);
  facts.set(key, found ?? null);
  return found;
}

async function readKnownFact(ports: FactPorts, db: ReadDatabase, name: EntityName): Promise<KnownFact | undefined> {
  const kind = Object.hasOwn(KINDS, name.type) ? KINDS[name.type] : undefined;
  if (kind === undefined) return knownResource(ports.findResource(db, name.type, name.id));
  const principal = ports.findPrincipalByName(db, kind, name.id);
  return principal && knownPrincipal(ports, db, principal);
}

/** What is known of an identity. */
export async function knownPrincipal(
  ports: FactPorts,
  db: ReadDatabase,
  principal: KnownPrincipal,
): Promise<KnownFact> {
  const roles = await ports.rolesOf(db, principal.id);
  const compute = principal.kind === "node" ? ports.findResource(db, "Compute", principal.name) : undefined;
  const before = ofPrincipals.get(principal);
  if (before && before.roles === roles && before.compute === compute) return before.known;
  const known = new KnownFact(await factOfPrincipal(ports, db, principal));
  ofPrincipals.set(principal, { roles, compute, known });
  return known;
}

/** What is known of a resource. */
export function knownResource(resource: SwarmResource | undefined): KnownFact | undefined {
  if (!resource) return undefined;
  let known = ofResources.get(resource);
  if (!known) {
    const fact = factOfResource(resource);
    if (fact) ofResources.set(resource, (known = new KnownFact(fact)));
  }
  return known;
}

/** What is known for one question of those who take part, and of everything that they name. */
export class Gathered {
  readonly #facts = new Map<string, KnownFact>();

  constructor(
    private readonly ports: FactPorts,
    private readonly db: ReadDatabase,
  ) {}

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
    const key = keyOf(name);
    if (this.#facts.size >= MOST || this.#facts.has(key)) return;
    const read = factsOfTurn(this.db).get(key);
    if (read === null) return;
    const known = read ?? (await findKnownFact(this.ports, this.db, name));
    if (known) await this.add(known);
  }

  /** All of it as the engine takes it: groups of groups are groups, for what comes with a question is not looked through. */
  dataIn(names: Names, ofQuestion: Names): EntityData[] {
    return [...this.#facts.values()].map((known) => {
      const data = known.dataIn(names, ofQuestion);
      return this.#isNested(known) ? { ...data, parents: this.#groupsOf(data, ofQuestion) } : data;
    });
  }

  #isNested({ fact }: KnownFact): boolean {
    return fact.parents.some((parent) => (this.get(parent)?.fact.parents.length ?? 0) > 0);
  }

  #groupsOf({ parents }: EntityData, names: Names): EntityData["parents"] {
    const groups = new Set(parents);
    for (const group of groups) {
      for (const { type, id } of this.get(group)?.fact.parents ?? []) groups.add(names.of(type, id));
    }
    return [...groups];
  }
}
