import type { EntityValue, RecordValue } from "../values/value";

/** A question: may this principal do this to this resource, in this context? */
export interface Request {
  readonly principal: EntityValue;
  readonly action: EntityValue;
  readonly resource: EntityValue;
  readonly context: RecordValue;
}

/** What is known of an entity. */
export interface EntityData {
  readonly uid: EntityValue;
  readonly attributes: RecordValue;
  /** Null when it has none. */
  readonly tags: RecordValue | null;
  /** Those of which it is a member directly. Members of members are members too. */
  readonly parents: readonly EntityValue[];
}
