import type { NamedPolicy } from "@/server/engines/cedar/evaluation/compile-policy";
import type { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import type { EntityData } from "@/server/engines/cedar/data/request";
import { EMPTY_RECORD, type EntityValue } from "@/server/engines/cedar/values/value";

/** What an engine is to know in the end. */
export interface Known {
  readonly policies: readonly NamedPolicy[];
  readonly entities: readonly EntityData[];
  /** Entities that `ask` asks about, of which nothing may be known. */
  readonly asked: ReadonlySet<EntityValue>;
}

/** So many policies come and go. */
const GUESTS = 20;

/** Brings an engine to policies and entities by many changes, in which others come and go; asks it on the way. */
export function grow(engine: PolicyEngine, { policies, entities, asked }: Known, ask: () => void): void {
  const guests = policies.slice(0, GUESTS);
  engine.setPolicies(policies.map((policy) => ({ ...policy, id: `${policy.id} that goes` })));
  engine.putEntities(entities.map((entity, at) => (at % 2 === 0 ? entity : { ...entity, parents: [], tags: null })));
  ask();
  engine.putEntities(entities.map((entity) => ({ ...entity, attributes: EMPTY_RECORD })));
  engine.setPolicies(policies);
  for (const [at, { id }] of guests.entries()) {
    engine.setPolicy({ ...(policies[(at + 1) % policies.length] as NamedPolicy), id });
    engine.setPolicy({ ...(policies[at] as NamedPolicy), id: `${id} that goes` });
  }
  ask();
  for (const { id } of guests) engine.removePolicy(`${id} that goes`);
  const [some, others] = [true, false].map((is) => entities.filter(({ uid }) => asked.has(uid) === is));
  const steps = [
    () => comeAndGo(engine, strangersOf(entities, asked), entities, ask),
    () => goAndCome(engine, [...(some ?? []), ...(others ?? [])], ask),
    () => goAndCome(engine, [...(others ?? []), ...(some ?? [])], ask),
    () => guests.forEach((policy) => engine.setPolicy(policy)),
  ];
  // Any of them is the last for some questions: what it forgets, no other makes good.
  for (let step = 0; step < steps.length; step += 1) {
    ask();
    steps[(step + policies.length) % steps.length]?.();
  }
}

/** Those who are asked about, or have members, and of whom nothing is known. */
function strangersOf(entities: readonly EntityData[], asked: ReadonlySet<EntityValue>): readonly EntityValue[] {
  const known = new Set(entities.map(({ uid }) => uid));
  const named = new Set([...asked, ...entities.flatMap(({ parents }) => parents)]);
  return [...named].filter((uid) => !known.has(uid));
}

/** Strangers are known for a while, as members of everything. */
function comeAndGo(
  engine: PolicyEngine,
  strangers: readonly EntityValue[],
  entities: readonly EntityData[],
  ask: () => void,
): void {
  const parents = entities.map(({ uid }) => uid);
  engine.putEntities(strangers.map((uid) => ({ uid, attributes: EMPTY_RECORD, tags: null, parents })));
  ask();
  ask();
  engine.removeEntities(strangers);
}

/** Every entity is forgotten, and then told once more, one by one. */
function goAndCome(engine: PolicyEngine, entities: readonly EntityData[], ask: () => void): void {
  engine.removeEntities(entities.map(({ uid }) => uid));
  for (const entity of entities) {
    ask();
    ask();
    engine.putEntities([entity]);
  }
}
