import { DataError, type Place } from "./data-error";
import type { Schema } from "../schema/schema";
import type { Type } from "../values/type";
import { isActionType, writeUid } from "../values/uid";
import { writeType } from "../schema/write-type";
import { EntityValue, ExtensionValue, RecordValue, SetValue, typeNameOf, type Value } from "../values/value";

/**
 * What validated policies take for granted of data: that it follows the schema.
 * https://docs.cedarpolicy.com/policies/validation.html#validation-enforcement
 * @throws {DataError} when a value is not of a type, or an entity in it cannot exist
 */
export function assertFits(value: Value, type: Type, schema: Schema, place: Place): void {
  if (!isOf(value, type)) throw new DataError(place, `expected ${writeType(type)}, found ${typeNameOf(value)}`);
  if (value instanceof EntityValue) assertCanExist(value, schema, place);
  if (value instanceof SetValue && type.kind === "set") {
    for (const [at, element] of value.elements.entries()) assertFits(element, type.element, schema, place.at(at));
  }
  if (!(value instanceof RecordValue) || type.kind !== "record") return;
  for (const [at, name] of value.shape.names.entries()) {
    const attribute = type.attributes.get(name);
    if (!attribute) throw new DataError(place.at(name), `the schema has no attribute ${JSON.stringify(name)} here`);
    assertFits(value.values[at] as Value, attribute.type, schema, place.at(name));
  }
}

/** @throws {DataError} for an id that an enumerated type does not list, and for an action that is not declared */
export function assertCanExist(entity: EntityValue, schema: Schema, place: Place): void {
  const ids = schema.entityTypes.get(entity.type)?.ids;
  if (ids && !ids.has(entity.id))
    throw new DataError(place, `${entity.type} does not list the id ${JSON.stringify(entity.id)}`);
  if (isActionType(entity.type) && !schema.actions.has(writeUid(entity))) {
    throw new DataError(place, `the schema has no action ${writeUid(entity)}`);
  }
}

/** Whether a value is of a type, as far as can be seen without looking into it. */
function isOf(value: Value, type: Type): boolean {
  switch (type.kind) {
    case "bool":
      return typeof value === "boolean";
    case "long":
      return typeof value === "bigint";
    case "string":
      return typeof value === "string";
    case "entity":
      return value instanceof EntityValue && value.type === type.name;
    case "extension":
      return value instanceof ExtensionValue && value.type === type.name;
    case "set":
      return value instanceof SetValue;
    case "record":
      return value instanceof RecordValue;
  }
}
