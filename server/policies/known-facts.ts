import { readEntities } from "@/server/engines/cedar/data/entities-json";
import type { EntityData } from "@/server/engines/cedar/data/request";
import type { Names } from "@/server/engines/cedar/values/value";
import type { ReadDatabase } from "@/server/kernel/context";
import type { EntityName, Held, KnownPrincipal, SwarmResource } from "@/server/kernel/ports";
import { asRead } from "./cedar-json";
import { type Fact, type FactPorts, factOfPrincipal, factOfResource, factOfTeam, keyOf, namesIn } from "./facts";
import { asEntities } from "./scopes";

/** So many entities are kept by name with the policies in force; those of more are read again for each question. */
const KEPT = 100_000;
const kept = new WeakMap<Names, number>();

/** An entity, and what belongs to it and is an entity by itself: what an identity holds. */
export interface FactData {
  readonly own: EntityData;
  readonly more: readonly EntityData[];
}

/** What our store knows of an entity, with all that is made of it; made again when the store knows otherwise. */
export class KnownFact {
  /** As it goes into the log. */
  readonly text: string;
  readonly key: string;
  /** Others of which more may be known. */
  readonly named: readonly EntityName[];
  #read: { readonly names: Names; readonly data: FactData } | null = null;

  /** When it may be otherwise, in milliseconds since 1970, although nothing was written: a grant begins or ends. */
  readonly until: number;

  constructor(
    readonly fact: Fact,
    until = Infinity,
  ) {
    this.until = until;
    this.text = JSON.stringify(fact);
    this.key = keyOf(fact.uid);
    this.named = namesIn(fact);
  }

  /** As the engine takes it, by the names of an authority; by those of the question alone when that keeps too many. */
  dataIn(names: Names, ofQuestion: Names): FactData {
    if (this.#read?.names === names) return this.#read.data;
    const count = kept.get(names) ?? 0;
    if (count >= KEPT) return this.#readBy(ofQuestion);
    kept.set(names, count + 1);
    const data = this.#readBy(names);
    this.#read = { names, data };
    return data;
  }

  #readBy(names: Names): FactData {
    const [own, ...more] = readEntities(asRead(asEntities([this.fact])), { names, schema: null });
    if (!own) throw new Error("an entity that was written is read");
    return { own, more };
  }
}

/** By what the store gives: the same object as long as it knows the same. */
const ofResources = new WeakMap<SwarmResource, KnownFact>();
const ofPrincipals = new WeakMap<KnownPrincipal, PrincipalFact>();

interface PrincipalFact {
  readonly held: Held;
  readonly compute: SwarmResource | undefined;
  readonly known: KnownFact;
}

/** What is known of an identity. */
export async function knownPrincipal(
  ports: FactPorts,
  db: ReadDatabase,
  principal: KnownPrincipal,
): Promise<KnownFact> {
  const held = ports.heldBy(db, principal, ports.now());
  const compute = principal.kind === "node" ? ports.findResource(db, "Compute", principal.name) : undefined;
  const before = ofPrincipals.get(principal);
  if (before && before.held === held && before.compute === compute) return before.known;
  const known = new KnownFact(await factOfPrincipal(ports, db, principal), held.until);
  ofPrincipals.set(principal, { held, compute, known });
  return known;
}

/** What is known of a team by its name. */
export function knownTeam(ports: FactPorts, db: ReadDatabase, name: string): KnownFact | undefined {
  const fact = factOfTeam(ports, db, name);
  return fact && new KnownFact(fact);
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
