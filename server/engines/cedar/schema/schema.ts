import type { RecordType, Type } from "../values/type";
import type { EntityUid } from "../values/uid";

/** An entity type, by its name with the namespace. */
export interface EntityType {
  readonly name: string;
  /** Types of which its entities may be members directly. */
  readonly memberOf: ReadonlySet<string>;
  readonly shape: RecordType;
  /** The type of every tag; null when its entities have none. */
  readonly tags: Type | null;
  /** The only ids there are, for an enumerated type; null for any. */
  readonly ids: ReadonlySet<string> | null;
}

/** An action. */
export interface Action {
  readonly uid: EntityUid;
  /** Groups of which it is a member directly. */
  readonly memberOf: readonly EntityUid[];
  /** Null when no request can be made with it. */
  readonly appliesTo: AppliesTo | null;
}

/** What an action is asked with: every pair of a principal's and a resource's type is a request environment. */
export interface AppliesTo {
  readonly principals: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  readonly context: RecordType;
}

/** A schema with every name resolved and every common type put in its place. */
export interface Schema {
  readonly entityTypes: ReadonlyMap<string, EntityType>;
  /** By `writeUid` of the action. */
  readonly actions: ReadonlyMap<string, Action>;
}
