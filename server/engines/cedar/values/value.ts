import { type EntityUid, writeString, writeUid } from "./uid";
import { Numbers } from "./numbers";
import type { ExtensionName } from "./type";

/**
 * What expressions evaluate to: booleans, 64-bit integers, texts, entities, sets, records and what extensions bring.
 * https://docs.cedarpolicy.com/policies/syntax-datatypes.html
 */
export type Value = boolean | bigint | string | EntityValue | SetValue | RecordValue | ExtensionValue;

/** The least and the greatest integer there is. */
export const [LONG_MIN, LONG_MAX] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * An entity by its name. There is one object for each name in a `Names`, so that equal entities of one engine are the
 * same object; those of different engines are never compared.
 */
export class EntityValue implements EntityUid {
  constructor(
    readonly type: string,
    readonly id: string,
    /** Its number, from 0, in the order in which names became known. */
    readonly handle: number,
  ) {}
}

/** The greatest number that an entity may have. */
const LAST_HANDLE = 2 ** 30 - 1;

/** The entities that an engine knows by name, whether there is data of them or not. It only grows. */
export class Names {
  readonly numbers = new Numbers();
  readonly #byType = new Map<string, Map<string, EntityValue>>();
  readonly #all: EntityValue[] = [];

  /** The one object for a name; made when it is new. */
  of(type: string, id: string): EntityValue {
    let ofType = this.#byType.get(type);
    if (!ofType) this.#byType.set(type, (ofType = new Map()));
    let entity = ofType.get(id);
    if (!entity) {
      entity = new EntityValue(type, detached(id), this.#all.length);
      this.#all.push(entity);
      ofType.set(entity.id, entity);
    }
    return entity;
  }

  /**
   * The one of a name if it is known; otherwise one for a single request, so that what is asked about once is not kept.
   * Those of one request have different places, from 0, and nothing else refers to them.
   */
  passing(type: string, id: string, place: number): EntityValue {
    return this.#byType.get(type)?.get(id) ?? new EntityValue(type, id, LAST_HANDLE - place);
  }

  /** The one with a number. */
  at(handle: number): EntityValue {
    const entity = this.#all[handle];
    if (!entity) throw new RangeError(`no entity has the number ${handle}`);
    return entity;
  }
}

/** From so many units on, V8 does not copy a piece of a text: it points into the whole, and keeps that in memory. */
const PIECE = 13;

/** The same text, without that of which it is a piece: entities outlive the JSON from which they were read. */
function detached(text: string): string {
  return text.length < PIECE ? text : (JSON.parse(JSON.stringify(text)) as string);
}

/** Texts and integers that many attributes have are kept once. */
const texts = new Map<string, string>();
const integers = Array.from({ length: 1_024 }, (_, n) => BigInt(n));
const [TEXTS, LONGEST] = [10_000, 32];

/** The same value, in the least room. */
export function shared(value: Value): Value {
  if (typeof value === "bigint") return value >= 0n && value < 1_024n ? (integers[Number(value)] ?? value) : value;
  if (typeof value !== "string") return value;
  if (value.length > LONGEST) return detached(value);
  let text = texts.get(value);
  if (text === undefined) {
    if (texts.size >= TEXTS) texts.clear();
    text = detached(value);
    texts.set(text, text);
  }
  return text;
}

/** The names of a record's attributes, in the order of their UTF-16 units. Records alike in their names share one. */
export class Shape {
  readonly #positions: ReadonlyMap<string, number>;

  constructor(readonly names: readonly string[]) {
    this.#positions = new Map(names.map((name, at) => [name, at]));
  }

  /** Where the value of a name is; -1 when there is none. */
  positionOf(name: string): number {
    return this.#positions.get(name) ?? -1;
  }
}

const shapes = new Map<string, Shape>();

/** Contexts may come with any names: of so many shapes none is kept, and those that come again are made anew. */
const SHAPES = 10_000;

/** The shape of some names, which are sorted and different: nearly always the one that there was. */
function shapeOf(names: readonly string[]): Shape {
  const key = JSON.stringify(names);
  let shape = shapes.get(key);
  if (!shape) {
    if (shapes.size >= SHAPES) shapes.clear();
    shapes.set(key, (shape = new Shape(names)));
  }
  return shape;
}

function isSameShape(a: Shape, b: Shape): boolean {
  return a === b || (a.names.length === b.names.length && a.names.every((name, at) => name === b.names[at]));
}

/** Attributes by name. */
export class RecordValue {
  private constructor(
    readonly shape: Shape,
    /** In the order of the shape's names. */
    readonly values: readonly Value[],
  ) {}

  static of(entries: Iterable<readonly [string, Value]>): RecordValue {
    const sorted = [...new Map(entries)].sort(([a], [b]) => (a < b ? -1 : 1));
    return new RecordValue(
      shapeOf(sorted.map(([name]) => name)),
      sorted.map(([, value]) => shared(value)),
    );
  }

  get(name: string): Value | undefined {
    return this.values[this.shape.positionOf(name)];
  }
}

/** The record without attributes. */
export const EMPTY_RECORD = RecordValue.of([]);

/** Different values in no order. Compared by what it contains. */
export class SetValue {
  #members: ReadonlyMap<unknown, Value> | undefined;

  private constructor(readonly elements: readonly Value[]) {}

  static of(elements: Iterable<Value>): SetValue {
    const members = new Map<unknown, Value>();
    for (const element of elements) members.set(keyOf(element), element);
    const set = new SetValue([...members.values()]);
    set.#members = members;
    return set;
  }

  has(value: Value): boolean {
    return this.#members?.has(keyOf(value)) ?? false;
  }
}

/** A value of an extension type. `amount` is all that it is compared by. */
export class ExtensionValue {
  constructor(
    readonly type: ExtensionName,
    /**
     * decimal: ten-thousandths. datetime: milliseconds since 1970. duration: milliseconds. ipaddr: the address, with its
     * prefix length and family, as `ip.ts` packs them.
     */
    readonly amount: bigint,
  ) {}
}

/** Whether two values are equal. Values of different types are not. */
export function isEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (a instanceof EntityValue || b instanceof EntityValue) return false;
  if (a instanceof ExtensionValue) return b instanceof ExtensionValue && a.type === b.type && a.amount === b.amount;
  if (a instanceof RecordValue) {
    return (
      b instanceof RecordValue &&
      isSameShape(a.shape, b.shape) &&
      a.values.every((value, at) => isEqual(value, b.values[at] as Value))
    );
  }
  return b instanceof SetValue && a.elements.length === b.elements.length && a.elements.every((value) => b.has(value));
}

/** A key that equal values share, and no others. Entities are their own; NUL sets the others apart from texts. */
function keyOf(value: Value): unknown {
  if (typeof value === "string" ? !value.startsWith("\0") : typeof value !== "object") return value;
  return value instanceof EntityValue ? value : `\0${canonical(value)}`;
}

/** A text that equal values share, and no others. */
function canonical(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return `${typeof value === "bigint" ? "i" : ""}${value}`;
  if (value instanceof EntityValue) return `e${value.handle}`;
  if (value instanceof ExtensionValue) return `${value.type} ${value.amount}`;
  if (value instanceof SetValue) return `[${value.elements.map(canonical).sort().join(",")}]`;
  return `{${value.shape.names.map((name, at) => `${JSON.stringify(name)}:${canonical(value.values[at] as Value)}`).join(",")}}`;
}

/** What a value is called in messages. */
export function typeNameOf(value: Value): string {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "long";
  if (typeof value === "string") return "string";
  if (value instanceof EntityValue) return value.type;
  if (value instanceof ExtensionValue) return value.type;
  return value instanceof SetValue ? "set" : "record";
}

/** How a value is written in the language; extension values as calls. For people: traces and messages. */
export function writeValue(value: Value, writeExtension: (value: ExtensionValue) => string): string {
  if (typeof value === "string") return writeString(value);
  if (typeof value !== "object") return String(value);
  if (value instanceof EntityValue) return writeUid(value);
  if (value instanceof ExtensionValue) return writeExtension(value);
  const inner = (one: Value) => writeValue(one, writeExtension);
  if (value instanceof SetValue) return `[${value.elements.map(inner).join(", ")}]`;
  return `{${value.shape.names.map((name, at) => `${writeString(name)}: ${inner(value.values[at] as Value)}`).join(", ")}}`;
}
