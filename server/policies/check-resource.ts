import { DataError } from "@/server/engines/cedar/data/data-error";
import { readEntities } from "@/server/engines/cedar/data/entities-json";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import { parseJson } from "@/server/engines/cedar/syntax/json";
import { schemaOf } from "@/server/engines/cedar/texts";
import { isEqual, Names } from "@/server/engines/cedar/values/value";
import type { Ports, SwarmResource } from "@/server/kernel/ports";
import { factOfResource } from "./facts";
import { schemaTextInForce } from "./in-force";

/** See `Ports.schemaText`. */
export const schemaText: Ports["schemaText"] = schemaTextInForce;

/**
 * See `Ports.checkEntity`. What is kept must mean the same under every schema: an entity or an address that is written
 * short, so that only this schema tells it from a record or a text, is a problem too.
 */
export const checkEntity: Ports["checkEntity"] = (db, resource) =>
  checkResource(resource, schemaInForce(schemaText(db)));

/** What a schema says against a resource, in words; nothing when it fits. */
export function checkResource(resource: SwarmResource, schema: Schema | null): readonly string[] {
  const [names, entity] = [new Names(), parseJson(JSON.stringify([factOfResource(resource)]))];
  try {
    const [fitting] = readEntities(entity, { names, schema });
    const [written] = readEntities(entity, { names, schema: null });
    if (fitting && written && isEqual(fitting.attributes, written.attributes)) return [];
    return ['attributes: write entities as {"__entity": …} and values of extension types as {"__extn": …}'];
  } catch (error) {
    if (error instanceof DataError) return [inWords(error)];
    throw error;
  }
}

/** `entities[0].attrs.gpus: …` without what a reader does not see: `gpus: …` */
function inWords({ path, reason }: DataError): string {
  const place = path
    .replace(/^entities\[0\]\.?/, "")
    .replace(/^attrs\.?/, "")
    .replace(/^tags\b/, "labels")
    .replace(/^uid$/, "type");
  return place === "" ? reason : `${place}: ${reason}`;
}

let kept: { readonly text: string; readonly schema: Schema | null } | null = null;

function schemaInForce(text: string): Schema | null {
  if (kept?.text !== text) kept = { text, schema: schemaOf(text) };
  return kept.schema;
}
