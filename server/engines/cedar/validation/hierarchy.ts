import { type EntityUid, writeUid } from "../values/uid";
import type { Schema } from "../schema/schema";

/**
 * Who may be in whom by the schema: entity types by their types, actions by their names.
 * https://docs.cedarpolicy.com/schema/human-readable-schema.html#schema-entitytypes-memberOf
 */
export class Hierarchy {
  /** Types whose entities may be in one of a type, that type itself included. */
  readonly #typesIn = new Map<string, ReadonlySet<string>>();
  /** Actions in an action by `writeUid`, that action itself included. */
  readonly #actionsIn = new Map<string, ReadonlySet<string>>();
  /** Types of actions by the type of a group that has one of them in it. */
  readonly #actionTypesIn = new Map<string, Set<string>>();

  constructor(readonly schema: Schema) {
    const membersOfType = new Map<string, string[]>();
    for (const { name, memberOf } of schema.entityTypes.values()) {
      for (const group of memberOf) add(membersOfType, group, name);
    }
    for (const name of schema.entityTypes.keys()) this.#typesIn.set(name, closure(name, membersOfType));

    const membersOfAction = new Map<string, string[]>();
    for (const [key, { memberOf }] of schema.actions) {
      for (const group of memberOf) add(membersOfAction, writeUid(group), key);
    }
    for (const [key, { uid }] of schema.actions) {
      const within = closure(key, membersOfAction);
      this.#actionsIn.set(key, within);
      const types = this.#actionTypesIn.get(uid.type) ?? new Set();
      for (const member of within) types.add(schema.actions.get(member)?.uid.type ?? uid.type);
      this.#actionTypesIn.set(uid.type, types);
    }
  }

  /** Types whose entities may be in an entity of this type; at least the type itself, for everything is in itself. */
  typesIn(type: string): ReadonlySet<string> {
    return this.#typesIn.get(type) ?? new Set([type]);
  }

  /** Whether an entity of one type can be in one of the other. */
  canBeIn(member: string, group: string): boolean {
    return this.typesIn(group).has(member) || (this.#actionTypesIn.get(group)?.has(member) ?? false);
  }

  /** Whether one action is the other or in it. */
  isActionIn(member: EntityUid, group: EntityUid): boolean {
    return this.#actionsIn.get(writeUid(group))?.has(writeUid(member)) ?? false;
  }
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Everything that is reached from a start, which is reached too. */
function closure(start: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const one of reached) for (const other of next.get(one) ?? []) reached.add(other);
  return reached;
}
