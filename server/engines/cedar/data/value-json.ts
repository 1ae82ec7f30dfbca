import { DataError, type Place } from "./data-error";
import { extensionOf, FUNCTION_OF } from "../values/extension-values";
import type { Json } from "../syntax/json";
import type { Attribute, ExtensionName, RecordType, Type } from "../values/type";
import { isTypeName } from "../syntax/identifiers";
import {
  type EntityValue,
  ExtensionValue,
  LONG_MAX,
  LONG_MIN,
  type Names,
  RecordValue,
  SetValue,
  type Value,
} from "../values/value";

type JsonObject = ReadonlyMap<string, Json>;

/** Members that say of an object that it is no record. Values were written with the last one once. */
const ESCAPES = ["__entity", "__extn", "__expr"] as const;

/**
 * Reads values from JSON. Entities and values of extension types are written `{"__entity": {"type": …, "id": …}}` and
 * `{"__extn": {"fn": …, "arg": …}}`; where the schema says that one is expected, `{"type": …, "id": …}` and a plain text
 * will do. https://docs.cedarpolicy.com/auth/entities-syntax.html
 *
 * A type that is given says how to read, and records have its attributes and no others; whether the values are of it
 * is another question, which `assertFits` answers.
 */
export class ValueReader {
  readonly #typeNames = new Set<string>();

  constructor(readonly names: Names) {}

  /** @throws {DataError} */
  value(json: Json, type: Type | null, place: Place): Value {
    if (json === null) throw new DataError(place, "null is not a value");
    if (typeof json === "number") throw new DataError(place, `${json} is not a 64-bit integer`);
    if (type?.kind === "entity") return this.entity(json, place);
    if (type?.kind === "extension") return this.#extension(json, type.name, place);
    if (type?.kind === "record") return this.record(json, type, place);
    if (type?.kind === "set" || isArray(json)) {
      if (!isArray(json)) throw new DataError(place, "expected an array");
      const element = type?.kind === "set" ? type.element : null;
      return SetValue.of(json.map((one, at) => this.value(one, element, place.at(at))));
    }
    return isObject(json) ? this.#explicit(json, place) : json;
  }

  /** A record; with a type, one that has all the attributes it requires, and none that it does not know. */
  record(json: Json, type: RecordType | null, place: Place): RecordValue {
    const object = objectOf(json, place);
    const escape = type === null && ESCAPES.find((name) => object.has(name));
    if (escape) throw new DataError(place, `a record has no attribute ${escape}`);
    const entries: [string, Value][] = [];
    for (const [name, value] of object) {
      const attribute = type && attributeOf(type, name, place);
      entries.push([name, this.value(value, attribute && attribute.type, place.at(name))]);
    }
    for (const [name, { isRequired }] of type?.attributes ?? []) {
      if (isRequired && !object.has(name)) throw new DataError(place, `the attribute ${name} is missing`);
    }
    return RecordValue.of(entries);
  }

  /** `{"type": …, "id": …}`, or that within `{"__entity": …}` */
  entity(json: Json, place: Place): EntityValue {
    const wrapped = isObject(json) ? json.get("__entity") : undefined;
    if (wrapped !== undefined) return this.#uid(wrapped, place.at("__entity"));
    return this.#uid(json, place);
  }

  #uid(json: Json, place: Place): EntityValue {
    if (!isObject(json)) throw new DataError(place, 'expected an entity: {"type": …, "id": …}');
    const [type, id] = [json.get("type"), json.get("id")];
    if (typeof type !== "string") throw new DataError(place, "an entity must have a type, which is a text");
    if (typeof id !== "string") throw new DataError(place, "an entity must have an id, which is a text");
    if (!this.#typeNames.has(type)) {
      if (!isTypeName(type)) throw new DataError(place.at("type"), `\`${type}\` is not the name of a type`);
      this.#typeNames.add(type);
    }
    return this.names.of(type, id);
  }

  /** An object of which no schema says what it is. One that has the name of an escape and more is nothing. */
  #explicit(json: JsonObject, place: Place): Value {
    const [entity, call] = json.size === 1 ? [json.get("__entity"), json.get("__extn")] : [];
    if (entity !== undefined) return this.#uid(entity, place.at("__entity"));
    return call === undefined ? this.record(json, null, place) : this.#call(call, place.at("__extn"));
  }

  /** Where a value of an extension type is expected. */
  #extension(json: Json, name: ExtensionName, place: Place): ExtensionValue {
    if (typeof json === "string") return made(FUNCTION_OF[name], json, place);
    const wrapped = isObject(json) ? json.get("__extn") : undefined;
    return wrapped === undefined ? this.#call(json, place) : this.#call(wrapped, place.at("__extn"));
  }

  /** `{"fn": …, "arg": …}`; instants too far off to be written as a text are `offset`s from one that is. */
  #call(json: Json, place: Place): ExtensionValue {
    const [name, arg, args] = isObject(json) ? [json.get("fn"), json.get("arg"), json.get("args")] : [];
    if (typeof name !== "string") throw new DataError(place, 'expected {"fn": …, "arg": …}');
    const given = arg === undefined && args !== undefined && isArray(args) ? args : [arg];
    const [first, second] = given;
    if (name === "offset" && given.length === 2 && first !== undefined && second !== undefined) {
      const instant = this.#extension(first, "datetime", place.at("args").at(0));
      const duration = this.#extension(second, "duration", place.at("args").at(1));
      return offset(instant, duration, place);
    }
    if (typeof first === "string" && given.length === 1) return made(name, first, place);
    throw new DataError(place, `${name} takes one text`);
  }
}

function made(name: string, text: string, place: Place): ExtensionValue {
  const value = extensionOf(name, text);
  if (value) return value;
  const isKnown = Object.values(FUNCTION_OF).some((known) => known === name);
  throw new DataError(
    place,
    isKnown ? `${JSON.stringify(text)} is not a value of ${name}` : `there is no function ${name}`,
  );
}

function offset(instant: ExtensionValue, duration: ExtensionValue, place: Place): ExtensionValue {
  const amount = instant.amount + duration.amount;
  if (instant.type !== "datetime" || duration.type !== "duration") {
    throw new DataError(place, "offset takes a datetime and a duration");
  }
  if (amount < LONG_MIN || amount > LONG_MAX) throw new DataError(place, "the instant is out of range");
  return new ExtensionValue("datetime", amount);
}

/** What a record's type says of an attribute. @throws {DataError} when it has no such attribute */
function attributeOf(type: RecordType, name: string, place: Place): Attribute {
  const attribute = type.attributes.get(name);
  if (attribute) return attribute;
  throw new DataError(place.at(name), `the schema has no attribute ${JSON.stringify(name)} here`);
}

/** The members of an object. @throws {DataError} when it is none */
export function objectOf(json: Json, place: Place): JsonObject {
  if (isObject(json)) return json;
  throw new DataError(place, "expected an object");
}

const isObject = (json: Json): json is JsonObject => json instanceof Map;
const isArray = (json: Json): json is readonly Json[] => Array.isArray(json);
