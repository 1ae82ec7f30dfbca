import { Hierarchy } from "./hierarchy";
import type { Schema } from "../schema/schema";
import type { RecordType } from "../values/type";
import type { EntityUid } from "../values/uid";

/**
 * A request environment: the types that a request may have together by the schema. A policy is checked in each one.
 * Slots make no more of them. A slot stands only in the scope, behind `==` or `in`. Whatever entity fills it, what the
 * scope asks there is either true or false; where it is false, nothing else of the policy matters.
 * https://docs.cedarpolicy.com/policies/validation.html
 */
export interface Environment {
  readonly principal: string;
  readonly action: EntityUid;
  readonly resource: string;
  readonly context: RecordType;
}

/** What a schema says about every policy, worked out once. */
export interface World {
  readonly schema: Schema;
  readonly hierarchy: Hierarchy;
  readonly environments: readonly Environment[];
}

const worlds = new WeakMap<Schema, World>();

/** What a schema says about every policy. A schema never changes, so that this is kept as long as it is. */
export function worldOf(schema: Schema): World {
  let world = worlds.get(schema);
  if (!world) {
    world = { schema, hierarchy: new Hierarchy(schema), environments: [...environmentsOf(schema)] };
    worlds.set(schema, world);
  }
  return world;
}

function* environmentsOf(schema: Schema): Generator<Environment> {
  for (const { uid, appliesTo } of schema.actions.values()) {
    if (!appliesTo) continue;
    for (const principal of appliesTo.principals) {
      for (const resource of appliesTo.resources) {
        yield { principal, action: uid, resource, context: appliesTo.context };
      }
    }
  }
}

/** An environment in messages: `User does Read on File`. */
export function writeEnvironment({ principal, action, resource }: Environment): string {
  return `${principal} does ${action.id} on ${resource}`;
}
