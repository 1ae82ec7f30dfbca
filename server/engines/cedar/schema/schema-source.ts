import type { Problem, Range } from "../syntax/problem";
import type { Schema } from "./schema";
import type { Type } from "../values/type";
import type { Annotation, Name } from "../syntax/syntax";

/** What reading a schema gives. There is no schema when one of the problems is an error. */
export interface SchemaResult {
  readonly schema: Schema | null;
  readonly problems: readonly Problem[];
}

/**
 * A schema as it is written, in either of its forms, before its names are resolved. Names may be declared twice here.
 * https://docs.cedarpolicy.com/schema/schema.html
 */
export interface SchemaSource {
  readonly namespaces: readonly NamespaceSource[];
}

/** What one `namespace N { … }` declares. The name is empty for what stands in none. */
export interface NamespaceSource {
  readonly name: Name;
  readonly annotations: readonly Annotation[];
  readonly entityTypes: readonly EntityTypeSource[];
  readonly commonTypes: readonly CommonTypeSource[];
  readonly actions: readonly ActionSource[];
}

/** `entity name in memberOf = shape tags tags;` or `entity name enum ids;`. */
export interface EntityTypeSource {
  readonly name: Name;
  readonly annotations: readonly Annotation[];
  readonly memberOf: readonly Name[];
  readonly shape: TypeSource | null;
  readonly tags: TypeSource | null;
  /** Null when it is not an enumerated type. */
  readonly ids: readonly Name[] | null;
}

/** `type name = type;` */
export interface CommonTypeSource {
  readonly name: Name;
  readonly annotations: readonly Annotation[];
  readonly type: TypeSource;
}

/** `action name in memberOf appliesTo { … };` */
export interface ActionSource {
  readonly name: Name;
  readonly annotations: readonly Annotation[];
  readonly memberOf: readonly ActionReference[];
  readonly appliesTo: AppliesToSource | null;
}

/** An action by its id, of the type `Action` near at hand, or of the one that is written. */
export interface ActionReference extends Range {
  readonly type: string | null;
  readonly id: string;
}

/** Types of principals and resources, and of the context when one is declared. */
export interface AppliesToSource {
  readonly principals: readonly Name[];
  readonly resources: readonly Name[];
  readonly context: TypeSource | null;
}

/** A type as it is written. */
export type TypeSource = Range &
  (
    | { readonly kind: "builtin"; readonly type: Type }
    /** A name, and what it may be the name of; `any` is a common type before it is an entity type. */
    | { readonly kind: "name"; readonly name: string; readonly among: "any" | "entity" | "common" }
    | { readonly kind: "set"; readonly element: TypeSource }
    | { readonly kind: "record"; readonly attributes: readonly AttributeSource[] }
  );

/** `name?: type`. Of two with one name, the last counts. */
export interface AttributeSource {
  readonly name: Name;
  readonly annotations: readonly Annotation[];
  readonly type: TypeSource;
  readonly isRequired: boolean;
}

/** How deep a type may be: sets and records within each other, common types counted with what they stand for. */
export const TYPE_NESTING = 128;
