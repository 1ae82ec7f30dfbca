import type { Value } from "./value";

/** What `find` answers for a value of which no policy asks. */
export const NOT_ASKED = 0;

/**
 * Small numbers for what policies ask of requests, the types of entities and the literals that attributes are compared
 * with, so that an index can keep many questions side by side in memory. It only grows, with what policies write.
 */
export class Numbers {
  readonly #types = new Map<string, number>();
  readonly #literals = new Map<Value, number>();

  /** The number of a type, from 0. */
  ofType(type: string): number {
    return getOrAdd(this.#types, type, this.#types.size);
  }

  /** The number of a literal, from 1: a bool, a long, a string or an entity, of which equal ones are one key. */
  ofLiteral(literal: Value): number {
    return getOrAdd(this.#literals, literal, this.#literals.size + 1);
  }

  /** The number of the literal that a value is equal to; `NOT_ASKED` when there is none. */
  find(value: Value): number {
    return this.#literals.get(value) ?? NOT_ASKED;
  }
}

function getOrAdd<Key>(numbers: Map<Key, number>, key: Key, next: number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, next);
  return next;
}
