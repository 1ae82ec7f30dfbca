import type { Context, ReadDatabase } from "@/server/kernel/context";
import type { EntityName, Held, Json, KnownPrincipal, SwarmResource } from "@/server/kernel/ports";

/** What is known of an entity, in Cedar's JSON. https://docs.cedarpolicy.com/auth/entities-syntax.html */
export interface Fact {
  readonly uid: EntityName;
  readonly attrs: Readonly<Record<string, Json>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly parents: readonly EntityName[];
  /** Of an identity: for each role within what it is held. Absent for none. */
  readonly held?: Held["scopes"];
}

/** Where facts come from, and for when. */
export type FactPorts = Pick<Context, "findPrincipalByName" | "findResource" | "heldBy" | "teamAround" | "now">;

/** Types of identities, by which policies call them. */
export const KINDS: Readonly<Record<string, KnownPrincipal["kind"]>> = {
  User: "user",
  Service: "service",
  Node: "node",
};

/** What our store knows of an entity by its type and name; undefined when it knows nothing of it. */
export async function findFact(
  ports: FactPorts,
  db: ReadDatabase,
  { type, id }: EntityName,
): Promise<Fact | undefined> {
  if (type === "Team") return factOfTeam(ports, db, id);
  const kind = KINDS[type];
  if (kind === undefined) return factOfResource(ports.findResource(db, type, id));
  const principal = ports.findPrincipalByName(db, kind, id);
  if (!principal) return undefined;
  return factOfPrincipal(ports, db, principal);
}

/** What is known of a team that lies within another; of one that does not, nothing is. */
export function factOfTeam(ports: FactPorts, db: ReadDatabase, name: string): Fact | undefined {
  const around = ports.teamAround(db, name);
  if (around === undefined) return undefined;
  return { uid: { type: "Team", id: name }, attrs: {}, tags: {}, parents: [{ type: "Team", id: around }] };
}

/** What is known of an identity. What a node is part of, and whose it is, its compute of the same name says. */
export async function factOfPrincipal(ports: FactPorts, db: ReadDatabase, principal: KnownPrincipal): Promise<Fact> {
  const { id, kind, name, state, team, labels } = principal;
  const { roles, scopes } = ports.heldBy(db, principal, ports.now());
  const compute = kind === "node" ? ports.findResource(db, "Compute", name) : undefined;
  return {
    uid: { type: typeOf(kind), id: name },
    attrs: {
      ...{ id, name, state },
      ...(team !== null && { team: { __entity: { type: "Team", id: team } } }),
      ...picked(compute?.attributes ?? {}, ["provider", "region"]),
    },
    tags: labels,
    parents: [
      ...roles.map((role) => ({ type: "Role", id: role })),
      ...(team === null ? [] : [{ type: "Team", id: team }]),
      ...(compute?.parents ?? []).filter((parent) => parent.type === "Pool"),
    ],
    ...(roles.length > 0 && { held: scopes }),
  };
}

/** What is known of a resource; its team is an attribute and a parent. */
export function factOfResource(resource: SwarmResource | undefined): Fact | undefined {
  if (!resource) return undefined;
  const { type, id, team, parents, attributes, labels } = resource;
  const ofTeam = team === null ? null : { type: "Team", id: team };
  return {
    uid: { type, id },
    attrs: { ...attributes, ...(ofTeam && { team: { __entity: ofTeam } }) },
    tags: labels,
    parents: [...parents, ...(ofTeam ? [ofTeam] : [])],
  };
}

/**
 * What is known of entities that some facts name as attributes or groups, and of those that theirs name: a provider, for
 * example, or the pool around a pool.
 */
export async function factsAround(ports: FactPorts, db: ReadDatabase, facts: readonly Fact[]): Promise<Fact[]> {
  const known = new Map(facts.map((fact) => [keyOf(fact.uid), fact]));
  const open = [...facts];
  const most = known.size + MOST;
  for (let fact = open.pop(); fact && known.size < most; fact = open.pop()) {
    for (const named of namesIn(fact)) {
      if (known.has(keyOf(named))) continue;
      const found = await findFact(ports, db, named);
      if (!found) continue;
      known.set(keyOf(named), found);
      open.push(found);
    }
  }
  return [...known.values()];
}

/** Facts that say every group above them themselves, as far as they are among them: what is given with a question must. */
export function flattened(facts: readonly Fact[]): Fact[] {
  const known = new Map(facts.map((fact) => [keyOf(fact.uid), fact]));
  return facts.map((fact) => {
    const groups = new Map(fact.parents.map((parent) => [keyOf(parent), parent]));
    for (const key of groups.keys()) for (const above of known.get(key)?.parents ?? []) groups.set(keyOf(above), above);
    return { ...fact, parents: [...groups.values()] };
  });
}

/** So many entities are looked up besides those that a question begins with. */
export const MOST = 1_000;

/** Of these nothing is known but their names. */
const PLAIN = new Set(["Role"]);

/** How policies call a kind of identity. */
export function typeOf(kind: KnownPrincipal["kind"]): string {
  return kind === "user" ? "User" : kind === "service" ? "Service" : "Node";
}

/** A text that an entity shares with no other. */
export function keyOf({ type, id }: EntityName): string {
  return `${type}\0${id}`;
}

/** Entities that a fact names and of which more may be known. */
export function namesIn({ attrs, parents }: Fact): EntityName[] {
  return [...namedIn(attrs), ...parents].filter(({ type }) => !PLAIN.has(type));
}

/** Entities that a value names. */
function* namedIn(value: Json | undefined): Generator<EntityName> {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value) yield* namedIn(one as Json);
    return;
  }
  const record = value as Readonly<Record<string, Json>>;
  const entity = record.__entity as EntityName | undefined;
  if (entity) yield entity;
  else for (const one of Object.values(record)) yield* namedIn(one);
}

function picked(attributes: Readonly<Record<string, Json>>, names: readonly string[]): Record<string, Json> {
  return Object.fromEntries(
    names.flatMap((name) => (attributes[name] === undefined ? [] : [[name, attributes[name]]])),
  );
}
