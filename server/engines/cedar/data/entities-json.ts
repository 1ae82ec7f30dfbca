import { assertCanExist, assertFits } from "./conformance";
import { findCycle } from "../schema/cycle";
import { DataError, Place } from "./data-error";
import type { Json } from "../syntax/json";
import type { EntityData } from "./request";
import type { EntityType, Schema } from "../schema/schema";
import { writeUid, isActionType } from "../values/uid";
import { objectOf, ValueReader } from "./value-json";
import { EMPTY_RECORD, type EntityValue, isEqual, type Names, RecordValue, type Value } from "../values/value";

/**
 * Reads entities: `[{"uid": …, "attrs": {…}, "tags": {…}, "parents": […]}, …]`. One that is here twice is taken once when
 * both say the same. With a schema, every entity must fit its type, and the actions are those of the schema: one that is
 * in the JSON as well must be a member of the same groups.
 * https://docs.cedarpolicy.com/auth/entities-syntax.html
 * @throws {DataError}
 */
export function readEntities(json: Json, options: { names: Names; schema: Schema | null }): EntityData[] {
  const root = Place.root("entities");
  if (!Array.isArray(json)) throw new DataError(root, "expected an array");
  const reader = new EntityReader(options.names, options.schema);
  const known = new Map<EntityValue, EntityData>();
  const places = new Map<EntityValue, Place>();
  for (const [at, one] of json.entries()) {
    const place = root.at(at);
    const entity = reader.entity(one as Json, place);
    const before = known.get(entity.uid);
    if (before && !isSame(before, entity))
      throw new DataError(place, `${writeUid(entity.uid)} is here twice, and differs`);
    known.set(entity.uid, entity);
    places.set(entity.uid, place);
  }
  for (const action of reader.actions()) known.set(action.uid, action);
  const cycle = findCycle(known.keys(), (uid) => known.get(uid)?.parents ?? []);
  if (cycle?.[0]) {
    const chain = [...cycle, cycle[0]].map(writeUid).join(" → ");
    throw new DataError(places.get(cycle[0]) ?? root, `an entity is a member of itself: ${chain}`);
  }
  return [...known.values()];
}

class EntityReader {
  readonly #values: ValueReader;
  readonly #schema: Schema | null;
  /** Types of which an entity of a type may be a member, directly or not. */
  readonly #ancestors = new Map<string, ReadonlySet<string>>();

  constructor(
    readonly names: Names,
    schema: Schema | null,
  ) {
    this.#values = new ValueReader(names);
    this.#schema = schema;
  }

  /** The actions of the schema. */
  actions(): EntityData[] {
    return [...(this.#schema?.actions.values() ?? [])].map(({ uid, memberOf }) => ({
      uid: this.names.of(uid.type, uid.id),
      attributes: EMPTY_RECORD,
      tags: null,
      parents: memberOf.map(({ type, id }) => this.names.of(type, id)),
    }));
  }

  entity(json: Json, place: Place): EntityData {
    const object = objectOf(json, place);
    const member = (name: string) => object.get(name) ?? refuse(place, `an entity must have the member ${name}`);
    const uid = this.#values.entity(member("uid"), place.at("uid"));
    const parents = this.#parents(member("parents"), place.at("parents"));
    const [attrs, tags] = [member("attrs"), object.get("tags")];
    const schema = this.#schema;
    const type = schema && !isActionType(uid.type) ? entityTypeOf(uid, schema, place.at("uid")) : null;
    const entity = {
      uid,
      parents,
      attributes: this.#attributes(attrs, type, place.at("attrs")),
      tags: tags === undefined ? null : this.#tags(tags, type, place.at("tags")),
    };
    if (isActionType(uid.type)) this.#assertAction(entity, place);
    else if (schema && type) this.#assertParents(type, parents, schema, place.at("parents"));
    return entity;
  }

  #parents(json: Json, place: Place): EntityValue[] {
    if (!Array.isArray(json)) throw new DataError(place, "expected an array");
    return [...new Set(json.map((parent: Json, at) => this.#values.entity(parent, place.at(at))))];
  }

  #attributes(json: Json, type: EntityType | null, place: Place): RecordValue {
    const record = this.#values.record(json, type && type.shape, place);
    if (this.#schema && type) assertFits(record, type.shape, this.#schema, place);
    return record;
  }

  #tags(json: Json, type: EntityType | null, place: Place): RecordValue | null {
    const tags: [string, Value][] = [];
    for (const [name, value] of objectOf(json, place)) {
      if (type?.tags === null) throw new DataError(place.at(name), `entities of the type ${type.name} have no tags`);
      const tag = this.#values.value(value, type?.tags ?? null, place.at(name));
      if (this.#schema && type?.tags) assertFits(tag, type.tags, this.#schema, place.at(name));
      tags.push([name, tag]);
    }
    return tags.length > 0 ? RecordValue.of(tags) : null;
  }

  #assertParents(type: EntityType, parents: readonly EntityValue[], schema: Schema, place: Place): void {
    for (const [at, parent] of parents.entries()) {
      if (!this.#ancestorsOf(type, schema).has(parent.type)) {
        throw new DataError(place.at(at), `no ${type.name} can be a member of a ${parent.type}`);
      }
      assertCanExist(parent, schema, place.at(at));
    }
  }

  #ancestorsOf({ name }: EntityType, schema: Schema): ReadonlySet<string> {
    let found = this.#ancestors.get(name);
    if (!found)
      this.#ancestors.set(name, (found = reach(name, (type) => schema.entityTypes.get(type)?.memberOf ?? [])));
    return found;
  }

  /** Actions are members of actions only; with a schema, of all those groups that it says, and of no others. */
  #assertAction({ uid, parents, attributes, tags }: EntityData, place: Place): void {
    const stranger = parents.findIndex(({ type }) => !isActionType(type));
    if (stranger >= 0) throw new DataError(place.at("parents").at(stranger), "actions are members of actions only");
    const schema = this.#schema;
    if (!schema) return;
    assertCanExist(uid, schema, place.at("uid"));
    const groupsOf = (key: string) => schema.actions.get(key)?.memberOf.map(writeUid) ?? [];
    const declared = reach(writeUid(uid), groupsOf);
    const given = new Set(parents.flatMap((parent) => [writeUid(parent), ...reach(writeUid(parent), groupsOf)]));
    const isAsDeclared = declared.size === given.size && [...given].every((group) => declared.has(group));
    if (isAsDeclared && attributes.shape.names.length === 0 && tags === null) return;
    throw new DataError(place, `${writeUid(uid)} is not as the schema declares it`);
  }
}

function entityTypeOf(uid: EntityValue, schema: Schema, place: Place): EntityType {
  const type = schema.entityTypes.get(uid.type) ?? refuse(place, `the schema has no entity type ${uid.type}`);
  assertCanExist(uid, schema, place);
  return type;
}

/** All that is reached from a start by one step or more. */
function reach(start: string, next: (from: string) => Iterable<string>): ReadonlySet<string> {
  const found = new Set(next(start));
  for (const one of found) for (const further of next(one)) found.add(further);
  return found;
}

/** Whether both say the same of an entity. */
function isSame(a: EntityData, b: EntityData): boolean {
  const parents = new Set(a.parents);
  const hasSameParents = parents.size === b.parents.length && b.parents.every((parent) => parents.has(parent));
  const [tags, others] = [a.tags ?? EMPTY_RECORD, b.tags ?? EMPTY_RECORD];
  return hasSameParents && isEqual(a.attributes, b.attributes) && isEqual(tags, others);
}

function refuse(place: Place, reason: string): never {
  throw new DataError(place, reason);
}
