import { readEntities } from "@/server/engines/cedar/data/entities-json";
import type { EntityData } from "@/server/engines/cedar/data/request";
import type { Names } from "@/server/engines/cedar/values/value";
import type { ReadDatabase } from "@/server/kernel/context";
import type { EntityName, KnownPrincipal, SwarmResource } from "@/server/kernel/ports";
import { asRead } from "./cedar-json";
import { type Fact, type FactPorts, factOfPrincipal, factOfResource, keyOf, namesIn } from "./facts";

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
