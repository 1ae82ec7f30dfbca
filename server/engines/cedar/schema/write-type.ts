import { writeName } from "../syntax/identifiers";

/** A type of a schema, or one that a check gives: `true` and `false` are types of its own. */
type Written =
  | { readonly kind: "true" | "false" | "bool" | "long" | "string" }
  | { readonly kind: "entity" | "extension"; readonly name: string }
  | { readonly kind: "set"; readonly element: Written }
  | { readonly kind: "record"; readonly attributes: Attributes };

type Attributes = ReadonlyMap<string, { readonly type: Written; readonly isRequired: boolean }>;

/** A type as a schema writes it, https://docs.cedarpolicy.com/schema/human-readable-schema.html#schema-types */
export function writeType(type: Written): string {
  switch (type.kind) {
    case "true":
    case "false":
    case "bool":
      return "Bool";
    case "long":
      return "Long";
    case "string":
      return "String";
    case "entity":
    case "extension":
      return type.name;
    case "set":
      return `Set<${writeType(type.element)}>`;
    case "record":
      return writeRecord(type.attributes);
  }
}

/** More attributes than these are not listed in messages. */
const SHOWN = 4;

function writeRecord(attributes: Attributes): string {
  if (attributes.size === 0) return "{}";
  const written = [...attributes].slice(0, SHOWN).map(([name, { type, isRequired }]) => {
    return `${writeName(name)}${isRequired ? "" : "?"}: ${writeType(type)}`;
  });
  return `{ ${written.join(", ")}${attributes.size > SHOWN ? ", …" : ""} }`;
}
