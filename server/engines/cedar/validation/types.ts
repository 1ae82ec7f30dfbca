import type { ExtensionName } from "../values/type";

/**
 * The types that expressions are given. They are the types of a schema and two more: `true` and `false`, the types of
 * what can only be that value, by which a condition is known to be out of reach in some request environment.
 * https://docs.cedarpolicy.com/policies/validation.html
 */
export type Checked =
  | { readonly kind: "true" }
  | { readonly kind: "false" }
  | { readonly kind: "bool" }
  | { readonly kind: "long" }
  | { readonly kind: "string" }
  | { readonly kind: "entity"; readonly name: string }
  | { readonly kind: "set"; readonly element: Checked }
  | { readonly kind: "record"; readonly attributes: ReadonlyMap<string, CheckedAttribute> }
  | { readonly kind: "extension"; readonly name: ExtensionName };

/** An attribute as it is found in an entity or a record. */
export interface CheckedAttribute {
  readonly type: Checked;
  readonly isRequired: boolean;
}

export const TRUE: Checked = { kind: "true" };
export const FALSE: Checked = { kind: "false" };
export const BOOL: Checked = { kind: "bool" };
export const LONG: Checked = { kind: "long" };
export const STRING: Checked = { kind: "string" };

/** The type of the one value that a condition can have, or of both. */
export function singleton(value: boolean): Checked {
  return value ? TRUE : FALSE;
}

/** Whether a value of this type is a boolean. */
export function isBoolean(type: Checked): boolean {
  return type.kind === "bool" || type.kind === "true" || type.kind === "false";
}

/**
 * The least type that has the values of both; null when strict validation knows none. Only booleans have types below
 * one another: entities of two types have no type in common, and records must have the same attributes.
 */
export function leastUpperBound(a: Checked, b: Checked): Checked | null {
  if (isBoolean(a) && isBoolean(b)) return a.kind === b.kind ? a : BOOL;
  if (a.kind === "set" && b.kind === "set") {
    const element = leastUpperBound(a.element, b.element);
    return element && { kind: "set", element };
  }
  if (a.kind === "record" && b.kind === "record") return leastUpperRecord(a.attributes, b.attributes);
  if ((a.kind === "entity" || a.kind === "extension") && a.kind === b.kind) return a.name === b.name ? a : null;
  return a.kind === b.kind ? a : null;
}

function leastUpperRecord(
  a: ReadonlyMap<string, CheckedAttribute>,
  b: ReadonlyMap<string, CheckedAttribute>,
): Checked | null {
  if (a.size !== b.size) return null;
  const attributes = new Map<string, CheckedAttribute>();
  for (const [name, { type, isRequired }] of a) {
    const other = b.get(name);
    const bound = other?.isRequired === isRequired ? leastUpperBound(type, other.type) : null;
    if (!bound) return null;
    attributes.set(name, { type: bound, isRequired });
  }
  return { kind: "record", attributes };
}

/** Whether the types are the same, singletons included. */
export function isSame(a: Checked, b: Checked): boolean {
  const bound = leastUpperBound(a, b);
  return bound !== null && a.kind === b.kind;
}

/** Whether no value can have both types. Two sets may both be empty, so that only entities are ever told apart. */
export function isDisjoint(a: Checked, b: Checked): boolean {
  return a.kind === "entity" && b.kind === "entity" && a.name !== b.name;
}
