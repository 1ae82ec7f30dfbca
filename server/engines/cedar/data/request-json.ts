import { assertCanExist, assertFits } from "./conformance";
import { DataError, Place } from "./data-error";
import type { Json } from "../syntax/json";
import type { Request } from "./request";
import type { Action, Schema } from "../schema/schema";
import type { RecordType } from "../values/type";
import { writeUid } from "../values/uid";
import { objectOf, ValueReader } from "./value-json";
import type { EntityValue, Names } from "../values/value";

/** What a request has for context whose action applies to nothing. */
const NO_CONTEXT: RecordType = { kind: "record", attributes: new Map() };

/**
 * Reads a request: `{"principal": …, "action": …, "resource": …, "context": {…}}`; a context that is left out is empty.
 * With a schema, its action must be declared, and the context has the attributes that it has there; with `validate`,
 * the action must also apply to principal and resource, and every value of the context be of its type.
 * https://docs.cedarpolicy.com/auth/authorization.html#request-authorization
 * @throws {DataError}
 */
export function readRequest(json: Json, options: { names: Names; schema: Schema | null; validate: boolean }): Request {
  const { schema, validate } = options;
  const values = new ValueReader(options.names);
  const object = objectOf(json, Place.root("request"));
  const entity = (name: string) => {
    const member = object.get(name);
    if (member === undefined) throw new DataError(Place.root(name), "the request does not name one");
    return values.entity(member, Place.root(name));
  };
  const [principal, action, resource] = [entity("principal"), entity("action"), entity("resource")];
  const declared = schema && actionOf(action, schema);
  const type = declared && (declared.appliesTo?.context ?? NO_CONTEXT);
  const written = object.get("context");
  const context = values.record(written === undefined ? new Map() : written, type, Place.root("context"));
  const request = { principal, action, resource, context };
  if (validate && schema && declared) assertValid(request, declared, schema);
  return request;
}

function actionOf(action: EntityValue, schema: Schema): Action {
  const declared = schema.actions.get(writeUid(action));
  if (!declared) throw new DataError(Place.root("action"), `the schema has no action ${writeUid(action)}`);
  return declared;
}

function assertValid({ principal, resource, context }: Request, { uid, appliesTo }: Action, schema: Schema): void {
  if (!appliesTo) throw new DataError(Place.root("action"), `no request can be made with ${writeUid(uid)}`);
  const parts = [
    ["principal", principal, appliesTo.principals],
    ["resource", resource, appliesTo.resources],
  ] as const;
  for (const [name, entity, types] of parts) {
    const place = Place.root(name);
    if (!types.has(entity.type)) {
      throw new DataError(
        place,
        `${writeUid(uid)} takes no ${name} of the type ${entity.type}, only ${[...types].join(" or ")}`,
      );
    }
    assertCanExist(entity, schema, place);
  }
  assertFits(context, appliesTo.context, schema, Place.root("context"));
}
