import { type Epoch, PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import {
  type DataOptions,
  entitiesOf,
  policiesOf,
  requestOf,
  schemaOf,
  TextRefused,
  treeOf,
} from "@/server/engines/cedar/texts";
import { type EntityValue, Names } from "@/server/engines/cedar/values/value";
import { grow } from "./cedar-growth";
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
    const first = question.requests.slice(0, 8);
    if (how === "grown") grow(engine, { policies, entities, asked: askedOf(first, data) }, () => first.map(ask));
    else {
      engine.setPolicies(policies);
      engine.setEntities(entities);
    }
    return { results: question.requests.map(ask) };
  });
}

/** The principals and resources of requests that are taken. */
function askedOf(requests: readonly AskedRequest[], data: DataOptions): ReadonlySet<EntityValue> {
  const taken = requests.map(({ json }) => orRefusal(() => requestOf(json, data)));
  return new Set(taken.flatMap((request) => ("refused" in request ? [] : [request.principal, request.resource])));
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
