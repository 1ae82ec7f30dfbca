import { type EntityValue, Names } from "./value";

/**
 * Names for one request: those that are known, and for others names that are forgotten with it, so that nobody fills the
 * memory by asking. Reads like any other; entities of it belong to an engine of the names beneath.
 */
export class RequestNames extends Names {
  readonly #own = new Map<string, EntityValue>();

  constructor(private readonly known: Names) {
    super();
  }

  override of(type: string, id: string): EntityValue {
    const key = `${type}\0${id}`;
    const own = this.#own.get(key);
    if (own) return own;
    const entity = this.known.passing(type, id, this.#own.size);
    this.#own.set(key, entity);
    return entity;
  }
}
