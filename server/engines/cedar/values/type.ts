/** The type of a value, https://docs.cedarpolicy.com/schema/human-readable-schema.html */
export type Type =
  | { readonly kind: "bool" }
  | { readonly kind: "long" }
  | { readonly kind: "string" }
  /** `name` with its namespace. */
  | { readonly kind: "entity"; readonly name: string }
  | { readonly kind: "set"; readonly element: Type }
  | RecordType
  | { readonly kind: "extension"; readonly name: ExtensionName };

/** A record has exactly these attributes, but for those that are not required. */
export interface RecordType {
  readonly kind: "record";
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** The types that extensions bring. */
export type ExtensionName = "decimal" | "ipaddr" | "datetime" | "duration";

/** An attribute of a record or an entity. */
export interface Attribute {
  readonly type: Type;
  readonly isRequired: boolean;
}
