import type { Schema } from "@/server/engines/cedar/schema/schema";
import type { Type } from "@/server/engines/cedar/values/type";
import { writeUid } from "@/server/engines/cedar/values/uid";
import type { EntityName, Json } from "@/server/kernel/ports";
import type { AskedRequest } from "./test-contract";

/** A context in which entities are named, and beside it those that it described. */
export interface Described {
  readonly context: AskedRequest["context"];
  /** In Cedar's JSON. */
  readonly entities: readonly Json[];
}

/**
 * Takes out of a context what it describes in place, as machines describe a workload:
 * `{"workload": {"kind": "training", "sensitivity": "internal"}}`. A name may be given as `id`; where an attribute of it is an
 * entity, that one's name will do.
 */
export function describedIn(
  schema: Schema | null,
  { action, context }: Pick<AskedRequest, "action" | "context">,
): Described {
  const type = schema?.actions.get(writeUid({ type: "Action", id: action }))?.appliesTo?.context;
  const entities: Json[] = [];
  const named = Object.entries(context).map(([name, json]): [string, Json] => {
    const attribute = type?.attributes.get(name)?.type;
    if (!schema || attribute?.kind !== "entity" || !isDescription(json)) return [name, json];
    const { id, ...attributes } = json;
    const uid = { type: attribute.name, id: typeof id === "string" ? id : "described" };
    entities.push(entityOf(schema, uid, attributes));
    return [name, { ...uid }];
  });
  return { context: Object.fromEntries(named), entities };
}

/** Neither `{"__entity": …}` nor `{"type": …, "id": …}`, which are names. */
function isDescription(json: Json): json is { readonly [name: string]: Json } {
  if (typeof json !== "object" || json === null || Array.isArray(json) || "__entity" in json) return false;
  return Object.keys(json).sort().join() !== "id,type";
}

function entityOf(schema: Schema, uid: EntityName, given: Readonly<Record<string, Json>>): Json {
  const type = schema.entityTypes.get(uid.type);
  const typeOf = (name: string): Type | undefined => type?.shape.attributes.get(name)?.type;
  const attrs = Object.fromEntries(
    Object.entries(given).map(([name, json]) => {
      const expected = typeOf(name);
      return [name, expected?.kind === "entity" && typeof json === "string" ? { type: expected.name, id: json } : json];
    }),
  );
  const team = typeOf("team");
  const isMember = team?.kind === "entity" && type?.memberOf.has(team.name) && attrs["team"] !== undefined;
  return { uid: { ...uid }, attrs, parents: isMember ? [attrs["team"] as Json] : [] };
}
