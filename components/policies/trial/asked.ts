import { readSchema } from "@/server/engines/cedar/schema/read-schema";
import type { RecordType } from "@/server/engines/cedar/values/type";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Policy } from "@/server/engines/cedar/syntax/syntax";
import type { AskedRequest } from "@/server/policies/test-contract";
import { type ContextField, contextFieldsOf } from "./context-model";

/** What can be asked: an action, of whom, on what. */
export interface Askable {
  readonly action: string;
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  /** What its context may say. */
  readonly fields: readonly ContextField[];
}

/** A request as it is typed; its context in JSON. */
export interface TypedRequest {
  readonly action: string;
  readonly principal: { readonly type: string; readonly id: string };
  readonly resource: { readonly type: string; readonly id: string };
  readonly context: string;
}

/** Every action that a request can be made with, those of the swarm before those of the console. */
export function askablesOf(schemaText: string): Askable[] {
  const { schema } = readSchema(schemaText);
  if (!schema) return [];
  // Most actions have the same.
  const fieldsOf = new Map<RecordType, readonly ContextField[]>();
  const askables = [...schema.actions.values()].flatMap(({ uid, appliesTo }) => {
    if (!appliesTo) return [];
    const { principals, resources, context } = appliesTo;
    const fields = fieldsOf.get(context) ?? contextFieldsOf(schema, context);
    fieldsOf.set(context, fields);
    return [{ action: uid.id, principals: [...principals], resources: [...resources], fields }];
  });
  const isConsole = ({ principals }: Askable) => (principals.includes("Stranger") ? 1 : 0);
  return askables.toSorted((a, b) => isConsole(a) - isConsole(b));
}

/** A request to begin with: one that the policy speaks of, where it names an action. */
export function firstRequest(askables: readonly Askable[], policyText: string): TypedRequest {
  const [policy] = parsePolicies(policyText).policies;
  const named = policy?.action.targets.map(({ value }) => value.id) ?? [];
  const askable = askables.find(({ action }) => named.includes(action)) ?? askables[0];
  const nothing = { type: "", id: "" };
  const principal = namedIn(policy?.principal) ?? nothing;
  const resource = namedIn(policy?.resource) ?? nothing;
  return withAction({ action: "", principal, resource, context: "{}" }, askable);
}

/** What a scope names: a type, or one entity. */
function namedIn(scope: Policy["principal"] | undefined): TypedRequest["principal"] | undefined {
  if (scope?.entityType) return { type: scope.entityType, id: "" };
  const uid = scope?.target?.value;
  return uid ? { type: uid.type, id: uid.id } : undefined;
}

/** The request with another action; what the action cannot be asked with gives way. */
export function withAction(request: TypedRequest, askable: Askable | undefined): TypedRequest {
  if (!askable) return request;
  const fitting = (entity: TypedRequest["principal"], types: readonly string[]) =>
    types.includes(entity.type) ? entity : { type: types[0] ?? "", id: "" };
  return {
    ...request,
    action: askable.action,
    principal: fitting(request.principal, askable.principals),
    resource: fitting(request.resource, askable.resources),
  };
}

type Context = AskedRequest["context"];

/** A context as it is typed: a JSON object, or why it is none. */
export function readContext(text: string): { readonly value: Context } | { readonly error: string } {
  try {
    const value: unknown = JSON.parse(text.trim() || "{}");
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SyntaxError("no object");
    return { value: value as Context };
  } catch {
    return { error: 'Write a JSON object, for example {"reason": "maintenance"}.' };
  }
}
