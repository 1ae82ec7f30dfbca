/** Where in a JSON value something stands: a key, within what stands elsewhere. The outermost has a name of its own. */
export class Place {
  private constructor(
    readonly key: string | number,
    readonly within: Place | null,
  ) {}

  static root(name: string): Place {
    return new Place(name, null);
  }

  /** A member of an object, or an element of an array. */
  at(key: string | number): Place {
    return new Place(key, this);
  }

  /** `entities[3].attrs.ip`, `context["not a name"]` */
  get path(): string {
    const { key, within } = this;
    if (within === null) return String(key);
    if (typeof key === "string" && /^[A-Za-z_][A-Za-z_0-9]*$/.test(key)) return `${within.path}.${key}`;
    return `${within.path}[${JSON.stringify(key)}]`;
  }
}

/** An entity or a request that cannot be taken: it is not what it should be, or does not fit the schema. */
export class DataError extends Error {
  override readonly name = "DataError";
  /** `entities[3].attrs.ip` */
  readonly path: string;

  constructor(
    place: Place,
    /** Lower case, no full stop. */
    readonly reason: string,
  ) {
    super(`${place.path}: ${reason}`);
    this.path = place.path;
  }
}
