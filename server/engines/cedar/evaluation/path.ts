import type { Frame } from "./evaluation";
import { type Expression, unwrap } from "../syntax/syntax";
import type { RecordValue, Shape, Value } from "../values/value";

type Variable = "principal" | "action" | "resource" | "context";

/** An attribute of a variable, such as `context.workload`. It is read once for a request, however many policies ask. */
export class Path {
  #serial = 0;
  #value: Value | undefined;
  #shape: Shape | null = null;
  #position = -1;

  constructor(
    readonly variable: Variable,
    private readonly name: string,
  ) {}

  /** The attribute's value; undefined where reading it fails. */
  valueIn(frame: Frame): Value | undefined {
    if (this.#serial === frame.serial) return this.#value;
    this.#serial = frame.serial;
    return (this.#value = this.#read(frame));
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

  #recordIn({ context, principal, action, resource, entities }: Frame): RecordValue | undefined {
    switch (this.variable) {
      case "context":
        return context;
      case "principal":
        return entities.find(principal)?.attributes;
      case "resource":
        return entities.find(resource)?.attributes;
      case "action":
        return entities.find(action)?.attributes;
    }
  }
}

const paths = new Map<string, Path>();

/** The one path of a variable and a name; null where the target is no variable. */
export function pathOf(target: Expression, name: string): Path | null {
  const inner = unwrap(target);
  if (inner.kind !== "variable") return null;
  const key = `${inner.name}.${name}`;
  let path = paths.get(key);
  if (!path) paths.set(key, (path = new Path(inner.name, name)));
  return path;
}
