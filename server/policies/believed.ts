import { assertFits } from "@/server/engines/cedar/data/conformance";
import { Place } from "@/server/engines/cedar/data/data-error";
import type { EntityData } from "@/server/engines/cedar/data/request";
import { ValueReader } from "@/server/engines/cedar/data/value-json";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import { type Names, RecordValue, type Value } from "@/server/engines/cedar/values/value";
import type { Fields } from "./authzen-contract";
import { asRead, writeJson } from "./cedar-json";
import type { Fact } from "./facts";

/** What is claimed of those who take part, sorted by whether a setting lists it. */
export interface Claims {
  readonly believed: Readonly<Record<"subject" | "resource", Fields>>;
  /** `subject.clearance` */
  readonly ignored: readonly string[];
}

type Claimed = { readonly [Part in "subject" | "action" | "resource"]: { readonly properties?: Fields | undefined } };

const NONE: Claims = { believed: { subject: {}, resource: {} }, ignored: [] };

/** What of the claims with a question is believed: what the setting lists, by `subject.` or `resource.` and its name. */
export function sortClaims({ subject, action, resource }: Claimed, listed: readonly string[]): Claims {
  if (!subject.properties && !action.properties && !resource.properties) return NONE;
  const ignored: string[] = [];
  const believedOf = (part: string, properties: Fields = {}): Fields =>
    Object.fromEntries(
      Object.entries(properties).filter(([name]) => {
        const isListed = part !== "action" && listed.includes(`${part}.${name}`);
        if (!isListed) ignored.push(`${part}.${name}`.slice(0, 200));
        return isListed;
      }),
    );
  const believed = {
    subject: believedOf("subject", subject.properties),
    resource: believedOf("resource", resource.properties),
  };
  believedOf("action", action.properties);
  return { believed, ignored };
}

/** What is known of an entity, for the engine and for the log. */
export interface Told {
  readonly data: EntityData;
  readonly text: string;
}

/** What is known of an entity with what is believed of it, in the place of what the store knows. @throws {DataError} */
export function withClaims(
  { data, text }: Told,
  { fact, claims, part }: { readonly fact: Fact; readonly claims: Fields; readonly part: string },
  { schema, names }: { readonly schema: Schema; readonly names: Names },
): Told {
  const claimed = Object.entries(claims);
  if (claimed.length === 0) return { data, text };
  const type = schema.entityTypes.get(data.uid.type)?.shape ?? null;
  const reader = new ValueReader(names);
  const [record, place] = [data.attributes, Place.root(part).at("properties")];
  const entries = new Map<string, Value>(record.shape.names.map((name, at) => [name, record.values[at] as Value]));
  const attrs = { ...fact.attrs } as Record<string, unknown>;
  for (const [name, json] of claimed) {
    const attribute = type?.attributes.get(name);
    const value = reader.value(asRead(json), attribute?.type ?? null, place.at(name));
    if (attribute) assertFits(value, attribute.type, schema, place.at(name));
    entries.set(name, value);
    attrs[name] = JSON.parse(writeJson(value)) as unknown;
  }
  return { data: { ...data, attributes: RecordValue.of(entries) }, text: JSON.stringify({ ...fact, attrs }) };
}
