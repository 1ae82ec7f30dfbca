import type { Frame } from "./evaluation";
import { type Expression, unwrap } from "../syntax/syntax";
import type { RecordValue, Shape, Value } from "../values/value";

type Variable = "principal" | "action" | "resource" | "context";

/** What `literalNumberIn` answers where reading an attribute fails. */
export const UNREADABLE = -1;

/**
 * An attribute of a variable, such as `context.workload`. It is read once for a request, however many policies ask.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html
 */
export class Path {
  #serial = 0;
  #value: Value | undefined;
  #literalSerial = 0;
  #literal = 0;
  #shape: Shape | null = null;
  #position = -1;

  constructor(
    readonly variable: Variable,
    private readonly name: string,
    /** From 0. */
    readonly number: number,
  ) {}

  /** The attribute's value; undefined where reading it fails. */
  valueIn(frame: Frame): Value | undefined {
    if (this.#serial === frame.serial) return this.#value;
    this.#serial = frame.serial;
    return (this.#value = this.#read(frame));
  }

  /** The number of the literal that it equals; `NOT_ASKED` when no policy asks for it, and `UNREADABLE`. */
  literalNumberIn(frame: Frame): number {
    if (this.#literalSerial === frame.serial) return this.#literal;
    this.#literalSerial = frame.serial;
    const value = this.valueIn(frame);
    return (this.#literal = value === undefined ? UNREADABLE : frame.entities.numbers.find(value));
  }

  #read(frame: Frame): Value | undefined {
    const record = this.#recordIn(frame);
    if (record === undefined) return undefined;
    if (record.shape !== this.#shape) {
      this.#shape = record.shape;
      this.#position = record.shape.positionOf(this.name);
    }
    return this.#position === -1 ? undefined : record.values[this.#position];
  }

  #recordIn({ context, principalData, resourceData, action, entities }: Frame): RecordValue | undefined {
    switch (this.variable) {
      case "context":
        return context;
      case "principal":
        return principalData?.attributes;
      case "resource":
        return resourceData?.attributes;
      case "action":
        return entities.find(action)?.attributes;
    }
  }
}

/** Every path that a policy has mentioned, in the order of their numbers. */
const all: Path[] = [];
const byName = new Map<string, Path>();

/** As `literalNumberIn`, of the path with a number. */
export function literalNumberAt(number: number, frame: Frame): number {
  return (all[number] as Path).literalNumberIn(frame);
}

/** The one path of a variable and a name; null where the target is no variable. */
export function pathOf(target: Expression, name: string): Path | null {
  const inner = unwrap(target);
  if (inner.kind !== "variable") return null;
  const key = `${inner.name}.${name}`;
  let path = byName.get(key);
  if (!path) {
    path = new Path(inner.name, name, all.length);
    all.push(path);
    byName.set(key, path);
  }
  return path;
}
