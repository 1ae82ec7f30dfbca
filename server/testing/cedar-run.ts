import { DataError } from "@/server/engines/cedar/data-error";
import type { NamedPolicy } from "@/server/engines/cedar/compile-policy";
import { type Epoch, PolicyEngine } from "@/server/engines/cedar/engine";
import { readEntities } from "@/server/engines/cedar/entities-json";
import { JsonError, parseJson } from "@/server/engines/cedar/json";
import { parsePolicies } from "@/server/engines/cedar/parser";
import { describe, type Problem } from "@/server/engines/cedar/problem";
import type { EntityData } from "@/server/engines/cedar/request";
import { readRequest } from "@/server/engines/cedar/request-json";
import type { Schema } from "@/server/engines/cedar/schema";
import { parseSchemaText } from "@/server/engines/cedar/schema-text";
import { EMPTY_RECORD, Names } from "@/server/engines/cedar/value";
import type { AskedRequest, Question, ReferenceAnswers, ReferenceResult } from "./cedar-wasm";

/**
 * What our engine says to a question, in the words of the reference. It has all policies and entities at once, or grows
 * and shrinks to them by small changes, and is asked on the way.
 */
export function askEngine(question: Question, how: "at once" | "grown" = "at once"): ReferenceAnswers {
  const names = new Names();
  try {
    const schema = question.schema === null ? null : schemaOf(question.schema);
    const policies = policiesOf(question.policies);
    const entities = orRefusal(() => readEntities(parseJson(question.entities), { names, schema }));
    if ("refused" in entities) return { results: question.requests.map(() => entities) };
    const engine = new PolicyEngine({ names });
    const ask = (request: AskedRequest) => resultOf(engine.epoch, request, names, schema);
    if (how === "grown") grow(engine, policies, entities, () => question.requests.slice(0, 8).map(ask));
    else {
      engine.setPolicies(policies);
      engine.setEntities(entities);
    }
    return { results: question.requests.map(ask) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

/** A text that is not taken. */
class Refused extends Error {}

function schemaOf(text: string): Schema {
  const { schema, problems } = parseSchemaText(text);
  if (!schema) throw refusedFor(text, problems);
  return schema;
}

/** The policies of a text, named `policy0`, `policy1`, … in the order of their appearance. */
function policiesOf(text: string): readonly NamedPolicy[] {
  const { policies, problems } = parsePolicies(text);
  if (problems.some(({ severity }) => severity === "error")) throw refusedFor(text, problems);
  return policies.map((policy, at) => ({ id: `policy${at}`, policy, text }));
}

/** Brings an engine to policies and entities by many changes, in which others come and go. */
function grow(
  engine: PolicyEngine,
  policies: readonly NamedPolicy[],
  entities: readonly EntityData[],
  ask: () => void,
): void {
  const known = new Set(entities.map(({ uid }) => uid));
  const group = entities.slice(0, 1).map(({ uid }) => uid);
  const unknown = entities.flatMap(({ parents }) => parents.filter((parent) => !known.has(parent)));
  const guests = unknown.map((uid) => ({ uid, attributes: EMPTY_RECORD, tags: null, parents: group }));
  for (const policy of policies) engine.setPolicy({ ...policy, id: `${policy.id} that goes` });
  engine.putEntities(entities.map((entity) => ({ ...entity, parents: [], tags: null })));
  ask();
  engine.putEntities(entities.map((entity) => ({ ...entity, attributes: EMPTY_RECORD })));
  for (const [at, { id }] of policies.entries()) {
    engine.setPolicy({ ...(policies[(at + 1) % policies.length] as NamedPolicy), id });
    engine.removePolicy(`${id} that goes`);
  }
  ask();
  engine.removeEntities(entities.filter((_, at) => at % 2 === 0).map(({ uid }) => uid));
  for (const policy of policies) engine.setPolicy(policy);
  for (const entity of entities.toReversed()) {
    ask();
    engine.putEntities([entity]);
  }
  engine.putEntities(guests);
  ask();
  engine.removeEntities(unknown);
}

function refusedFor(text: string, problems: readonly Problem[]): Refused {
  return new Refused(problems.map((problem) => describe(text, problem)).join("; "));
}

function resultOf(epoch: Epoch, request: AskedRequest, names: Names, schema: Schema | null): ReferenceResult {
  const { json, validateRequest: validate } = request;
  return orRefusal(() => {
    const { decision, reasons, errors } = epoch.answer(readRequest(parseJson(json), { names, schema, validate }));
    return { decision, reason: reasons.toSorted(), errors: errors.map(({ policyId }) => policyId).toSorted() };
  });
}

/** What data gives, or why it is not taken. */
function orRefusal<Result>(read: () => Result): Result | { readonly refused: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof DataError || error instanceof JsonError) return { refused: error.message };
    throw error;
  }
}
