import { setFlagsFromString } from "node:v8";
import {
  type CheckParseAnswer,
  type Entities,
  preparsePolicySet,
  preparseSchema,
  type StatefulAuthorizationCall,
  statefulIsAuthorized,
} from "@cedar-policy/cedar-wasm/nodejs";
import { policyText, requestJson, resourceJson, SCHEMA, userJson, type EntityJson } from "../cedar-text";
import { type Asked, pick, type World } from "../world";
import type { Contender } from "./contender";

/** Cedar's own engine: policies and schema parsed before, and with each request only the ten entities that it needs. */
export function enterCedarWasm(world: World, asked: readonly Asked[]): Contender {
  // Node 20 aborts ("unreachable code" in its deoptimizer) when it gives up code into which such a call was inlined.
  setFlagsFromString("--no-turbo-inline-js-wasm-calls");
  const preparsedPolicySetId = `policies of ${world.rules.length}`;
  const preparsedSchemaName = "schema";
  assertParsed(preparsePolicySet(preparsedPolicySetId, { staticPolicies: policyText(world) }));
  assertParsed(preparseSchema(preparsedSchemaName, SCHEMA));
  const groups = new Map(world.groups().map(({ name, parents }) => [keyOf(name), { uid: name, attrs: {}, parents }]));
  const calls = asked.map((one): StatefulAuthorizationCall => {
    const entities = sliceOf([userJson(world.user(one.user)), resourceJson(world.resource(one.resource))], groups);
    return { ...requestJson(world, one), preparsedPolicySetId, preparsedSchemaName, validateRequest: false, entities };
  });
  return { name: "cedar-wasm", ask: (n) => isAllowed(pick(calls, n)) };
}

function isAllowed(call: StatefulAuthorizationCall): boolean {
  const answer = statefulIsAuthorized(call);
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
  return answer.response.decision === "allow";
}

/** Some entities and every group that they are in, at any depth. */
function sliceOf(entities: readonly EntityJson[], groups: ReadonlyMap<string, EntityJson>): Entities {
  const slice = new Map(entities.map((entity) => [keyOf(entity.uid), entity]));
  for (const { parents } of slice.values()) {
    for (const parent of parents) {
      const group = groups.get(keyOf(parent));
      if (group) slice.set(keyOf(parent), group);
    }
  }
  return [...slice.values()].map((entity) => ({ ...entity, parents: [...entity.parents] }));
}

function keyOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type}::${id}`;
}

function assertParsed(answer: CheckParseAnswer): void {
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
}
