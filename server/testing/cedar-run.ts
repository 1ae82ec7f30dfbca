import type { NamedPolicy } from "@/server/engines/cedar/compile-policy";
import { type Epoch, PolicyEngine } from "@/server/engines/cedar/engine";
import type { EntityData } from "@/server/engines/cedar/request";
import {
  type DataOptions,
  entitiesOf,
  policiesOf,
  requestOf,
  schemaOf,
  TextRefused,
  treeOf,
} from "@/server/engines/cedar/texts";
import { EMPTY_RECORD, type EntityValue, Names } from "@/server/engines/cedar/value";
import type { AskedRequest, Question, ReferenceAnswers, ReferenceResult } from "./cedar-wasm";

/**
 * What our engine says to a question, in the words of the reference. It has all policies and entities at once, or grows
 * and shrinks to them by small changes, and is asked on the way.
 */
export function askEngine(question: Question, how: "at once" | "grown" = "at once"): ReferenceAnswers {
  return orRefusal(() => {
    const data = { names: new Names(), schema: schemaOf(question.schema ?? "") };
    const policies = policiesOf(treeOf(question.policies));
    const entities = orRefusal(() => entitiesOf(question.entities, data));
    if ("refused" in entities) return { results: question.requests.map(() => entities) };
    const engine = new PolicyEngine(data);
    const ask = (request: AskedRequest) => orRefusal(() => resultOf(engine.epoch, request, data));
    if (how === "grown") grow(engine, policies, entities, () => question.requests.slice(0, 8).map(ask));
    else {
      engine.setPolicies(policies);
      engine.setEntities(entities);
    }
    return { results: question.requests.map(ask) };
  });
}

/** Brings an engine to policies and entities by many changes, in which others come and go. */
function grow(
  engine: PolicyEngine,
  policies: readonly NamedPolicy[],
  entities: readonly EntityData[],
  ask: () => void,
): void {
  const group = entities.slice(-1).map(({ uid }) => uid);
  for (const policy of policies) engine.setPolicy({ ...policy, id: `${policy.id} that goes` });
  engine.putEntities(entities.map((entity, at) => (at % 2 === 0 ? entity : { ...entity, parents: [], tags: null })));
  ask();
  engine.putEntities(entities.map((entity, at) => (at % 2 === 1 ? entity : { ...entity, parents: group })));
  ask();
  engine.putEntities(entities.map((entity) => ({ ...entity, attributes: EMPTY_RECORD })));
  for (const [at, { id }] of policies.entries()) {
    engine.setPolicy({ ...(policies[(at + 1) % policies.length] as NamedPolicy), id });
    engine.removePolicy(`${id} that goes`);
  }
  const steps = [
    () => comeAndGo(engine, entities, group, ask),
    () => goAndCome(engine, entities, ask),
    () => policies.forEach((policy) => engine.setPolicy(policy)),
  ];
  // Any of them is the last for some questions: what it forgets, no other makes good.
  for (let step = 0; step < steps.length; step += 1) {
    ask();
    steps[(step + entities.length) % steps.length]?.();
  }
}

/** Entities of which nothing shall be known are known for a while, in a group that they are not in. */
function comeAndGo(
  engine: PolicyEngine,
  entities: readonly EntityData[],
  parents: readonly EntityValue[],
  ask: () => void,
): void {
  const known = new Set(entities.map(({ uid }) => uid));
  const unknown = entities.flatMap((entity) => entity.parents.filter((parent) => !known.has(parent)));
  engine.putEntities(unknown.map((uid) => ({ uid, attributes: EMPTY_RECORD, tags: null, parents })));
  ask();
  engine.removeEntities(unknown);
}

/** Every second entity is forgotten, and then all are told once more, one by one. */
function goAndCome(engine: PolicyEngine, entities: readonly EntityData[], ask: () => void): void {
  engine.removeEntities(entities.filter((_, at) => at % 2 === 0).map(({ uid }) => uid));
  for (const entity of entities.toReversed()) {
    ask();
    engine.putEntities([entity]);
  }
}

function resultOf(epoch: Epoch, { json, validateRequest }: AskedRequest, data: DataOptions): ReferenceResult {
  const request = requestOf(json.replace("{", `{"validateRequest":${validateRequest},`), data);
  const { decision, reasons, errors } = epoch.answer(request);
  return { decision, reason: reasons.toSorted(), errors: errors.map(({ policyId }) => policyId).toSorted() };
}

/** What texts give, or why one of them is not taken. */
function orRefusal<Result>(read: () => Result): Result | { readonly refused: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof TextRefused) return { refused: error.message };
    throw error;
  }
}
