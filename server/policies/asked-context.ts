import { assertFits } from "@/server/engines/cedar/data/conformance";
import { DataError, Place } from "@/server/engines/cedar/data/data-error";
import type { EntityData } from "@/server/engines/cedar/data/request";
import { ValueReader } from "@/server/engines/cedar/data/value-json";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import { parseIp } from "@/server/engines/cedar/values/ip";
import type { Attribute, RecordType } from "@/server/engines/cedar/values/type";
import { ExtensionValue, type Names, RecordValue, SetValue, type Value } from "@/server/engines/cedar/values/value";
import type { Context } from "@/server/kernel/context";
import type { EntityName, Json } from "@/server/kernel/ports";
import type { Fields } from "./authzen-contract";
import { asRead, writeJson, writeName } from "./cedar-json";

/** What a question comes with, and what of it is ours to say. */
export interface Given {
  readonly context: Fields;
  readonly ours: Ours;
  /** What a workload is called that has no name. */
  readonly requestId: string;
}

/** What we say ourselves, as values and as JSON; and what is taken from nobody. */
export interface Ours {
  readonly attributes: readonly (readonly [name: string, value: Value, text: string])[];
  readonly reserved: readonly string[];
}

/** How whoever is asked about proved who they are, what is suspicious about that, and from where they came. */
interface Self {
  readonly provedBy: readonly string[];
  readonly risk: readonly string[];
  readonly address: string | null;
}

/** What is known of whoever asks about themselves. */
export function selfOf({ actor, origin }: Pick<Context, "actor" | "origin">): Self {
  return { provedBy: actor.provedBy, risk: actor.risk ?? [], address: origin.address };
}

/**
 * When something is asked; and how whoever is asked about proved who they are, and from where they came, which is known when
 * they ask about themselves. Of others, whoever asks may report it.
 */
export function oursOf(at: Date, self: Self | null): Ours {
  const attributes: [string, Value, string][] = [
    ["now", new ExtensionValue("datetime", BigInt(at.getTime())), JSON.stringify(at)],
    ["provedBy", SetValue.of(self?.provedBy ?? []), JSON.stringify(self?.provedBy ?? [])],
    ["risk", SetValue.of(self?.risk ?? []), JSON.stringify(self?.risk ?? [])],
  ];
  const address = self?.address?.replace(MAPPED, "") ?? null;
  const ip = address === null ? null : parseIp(address);
  if (ip !== null) attributes.push(["address", new ExtensionValue("ipaddr", ip), JSON.stringify(address)]);
  return { attributes, reserved: self ? OURS_OF_SELF : OURS };
}

/** The context of a question, ready to be asked with. */
export interface AskedContext {
  readonly value: RecordValue;
  /** The same in Cedar's JSON, as the schema reads it. */
  readonly text: string;
  readonly workload: Workload | null;
  /** What was claimed of a workload that our store knows. */
  readonly ignored: readonly string[];
}

/** What is to be run, as whoever asks describes it. */
interface Workload {
  readonly data: EntityData;
  readonly text: string;
  readonly kind: string | null;
}

/** What a context is read by. */
export interface Reading {
  readonly schema: Schema;
  readonly type: RecordType;
  readonly names: Names;
  /** Whether our store knows an entity; what is claimed of it is not believed then. */
  isKnown(name: EntityName): boolean;
}

const ROOT = Place.root("context");
/** What is never taken from whoever asks; and what is not when they ask about themselves. */
const [OURS, OURS_OF_SELF] = [["now"], ["now", "provedBy", "address", "risk"]];
const WORKLOAD = "workload";
/** An address of version 4 as a socket of version 6 tells it. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/**
 * Reads what a question comes with: attributes that the schema in force has, each of its type, beside ours.
 *
 * @throws {DataError} naming what does not fit, and what may be given
 */
export function readContext(given: Given, reading: Reading): AskedContext {
  const { type, names, schema } = reading;
  const [entries, texts] = [new Map<string, Value>(), new Map<string, string>()];
  const put = (name: string, value: Value, text: string) => {
    entries.set(name, value);
    texts.set(name, text);
  };
  for (const [name, value, text] of given.ours.attributes) if (type.attributes.has(name)) put(name, value, text);

  const reader = new ValueReader(names);
  let [workload, ignored]: [Workload | null, readonly string[]] = [null, []];
  for (const [name, json] of Object.entries(given.context)) {
    const place = ROOT.at(name);
    const attribute = attributeOf(type, name, given, place);
    if (name === WORKLOAD && attribute.type.kind === "entity" && isRecord(json) && !("__entity" in json)) {
      const uid = { type: attribute.type.name, id: textOf(json.id, place.at("id")) ?? given.requestId };
      put(name, names.of(uid.type, uid.id), `{"__entity":${writeName(uid)}}`);
      const claimed = Object.entries(json).filter(([claim]) => claim !== "id");
      if (reading.isKnown(uid)) ignored = claimed.map(([claim]) => `context.${WORKLOAD}.${claim}`);
      else workload = readWorkload(uid, claimed, place, reading);
      continue;
    }
    const value = reader.value(asRead(json), attribute.type, place);
    assertFits(value, attribute.type, schema, place);
    put(name, value, JSON.stringify(json));
  }
  assertWhole(type, entries, ROOT);
  const text = [...texts].map(([name, written]) => `${JSON.stringify(name)}:${written}`).join(",");
  return { value: RecordValue.of(entries), text: `{${text}}`, workload, ignored };
}

function attributeOf(type: RecordType, name: string, { ours }: Given, place: Place): Attribute {
  const { reserved } = ours;
  if (reserved.includes(name)) {
    throw new DataError(place, `this is established here and taken from nobody; ${acceptedOf(type, reserved)}`);
  }
  const attribute = type.attributes.get(name);
  if (attribute) return attribute;
  throw new DataError(place, `the schema in force has no such attribute; ${acceptedOf(type, reserved)}`);
}

function acceptedOf({ attributes }: RecordType, ours: readonly string[]): string {
  const accepted = [...attributes.keys()].filter((name) => !ours.includes(name));
  return accepted.length === 0 ? "nothing may be given" : `what may be given: ${accepted.join(", ")}`;
}

/** Its attributes are those of its type; where an entity is expected, its name will do. */
function readWorkload(
  uid: EntityName,
  claimed: readonly (readonly [string, Json])[],
  place: Place,
  { schema, names }: Reading,
): Workload {
  const type = schema.entityTypes.get(uid.type);
  if (!type) throw new DataError(place, `the schema in force has no type ${uid.type}`);
  const reader = new ValueReader(names);
  const entries = new Map<string, Value>();
  for (const [name, json] of claimed) {
    const [at, attribute] = [place.at(name), type.shape.attributes.get(name)];
    if (!attribute) {
      const known = ["id", ...type.shape.attributes.keys()].join(", ");
      throw new DataError(at, `a ${uid.type} has no such attribute; what may be given: ${known}`);
    }
    const isName = attribute.type.kind === "entity" && typeof json === "string";
    const value = isName ? names.of(attribute.type.name, json) : reader.value(asRead(json), attribute.type, at);
    assertFits(value, attribute.type, schema, at);
    entries.set(name, value);
  }
  assertWhole(type.shape, entries, place);
  const [team, kind] = [entries.get("team"), entries.get("kind")];
  const isMember = typeof team === "object" && "handle" in team && type.memberOf.has(team.type);
  const [attributes, parents] = [RecordValue.of(entries), isMember ? [team] : []];
  return {
    data: { uid: names.of(uid.type, uid.id), attributes, tags: null, parents },
    text: `{"uid":${writeName(uid)},"attrs":${writeJson(attributes)},"tags":{},"parents":[${parents.map(writeName).join(",")}]}`,
    kind: typeof kind === "string" ? kind : null,
  };
}

function assertWhole({ attributes }: RecordType, entries: ReadonlyMap<string, Value>, place: Place): void {
  for (const [name, { isRequired }] of attributes) {
    if (isRequired && !entries.has(name))
      throw new DataError(place.at(name), "this is missing, and the schema requires it");
  }
}

function textOf(json: Json | undefined, place: Place): string | undefined {
  if (json === undefined || (typeof json === "string" && json !== "" && json.length <= 200)) return json;
  throw new DataError(place, "expected a name of at most 200 characters");
}

function isRecord(json: Json): json is { readonly [name: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
