import { findCycle } from "./cycle";
import type { Attribute, RecordType, Type } from "../values/type";
import type { SchemaNames } from "./schema-names";
import { type AttributeSource, TYPE_NESTING, type TypeSource } from "./schema-source";
import { problemAt } from "../syntax/problem";

/** A type and how deep it is, with the common types that are in it. */
interface Resolved {
  readonly type: Type;
  readonly height: number;
}

/**
 * Puts types in the place of their names. Common types that contain themselves are refused, for they would have no end.
 * https://docs.cedarpolicy.com/schema/human-readable-schema.html#schema-commonTypes
 */
export class TypeResolver {
  readonly #common = new Map<string, Resolved | null>();

  constructor(readonly names: SchemaNames) {
    const cycle = findCycle(names.commonTypes.keys(), (name) => {
      const declared = names.commonTypes.get(name);
      return declared ? commonTypesIn(declared.source.type, declared.namespace, names) : [];
    });
    for (const name of cycle ?? []) this.#common.set(name, null);
    const first = names.commonTypes.get(cycle?.[0] ?? "");
    if (first) this.#report(first.source.name, "schema.type_cycle", `the type contains itself: ${chain(cycle ?? [])}`);
    for (const name of names.commonTypes.keys()) this.#resolveCommon(name, 0);
  }

  /** The type that is written in a namespace; null, with a problem, when it is none. */
  resolve(source: TypeSource, namespace: string): Type | null {
    return this.#resolve(source, namespace, 0)?.type ?? null;
  }

  /** The record that is written in a namespace, as `what` must be one; null, with a problem, when it is none. */
  resolveRecord(source: TypeSource, namespace: string, what: string): RecordType | null {
    const type = this.resolve(source, namespace);
    if (!type || type.kind === "record") return type;
    this.#report(source, "schema.not_a_record", `${what} must be a record`);
    return null;
  }

  #resolve(source: TypeSource, namespace: string, depth: number): Resolved | null {
    if (depth > TYPE_NESTING) {
      this.#report(source, "limit.nesting", `types are nested deeper than ${TYPE_NESTING}`);
      return null;
    }
    switch (source.kind) {
      case "builtin":
        return { type: source.type, height: 0 };
      case "name":
        return this.#resolveName(source, namespace, depth);
      case "set": {
        const element = this.#resolve(source.element, namespace, depth + 1);
        return element && { type: { kind: "set", element: element.type }, height: element.height + 1 };
      }
      case "record":
        return this.#resolveAttributes(source.attributes, namespace, depth);
    }
  }

  #resolveName(source: TypeSource & { kind: "name" }, namespace: string, depth: number): Resolved | null {
    const found = this.names.find(source.name, namespace, source.among);
    if (!found) {
      this.names.reportUndeclared(source, source.name, namespace, source.among);
      return null;
    }
    if (found.kind === "builtin") return { type: found.type, height: 0 };
    if (found.kind === "entity") return { type: { kind: "entity", name: found.name }, height: 0 };
    const common = this.#resolveCommon(found.name, depth + 1);
    if (common && depth + 1 + common.height > TYPE_NESTING) {
      this.#report(source, "limit.nesting", `types are nested deeper than ${TYPE_NESTING}`);
      return null;
    }
    return common && { type: common.type, height: common.height + 1 };
  }

  #resolveCommon(name: string, depth: number): Resolved | null {
    const known = this.#common.get(name);
    const declared = this.names.commonTypes.get(name);
    if (known !== undefined || !declared) return known ?? null;
    const resolved = this.#resolve(declared.source.type, declared.namespace, depth);
    this.#common.set(name, resolved);
    return resolved;
  }

  #resolveAttributes(sources: readonly AttributeSource[], namespace: string, depth: number): Resolved | null {
    const attributes = new Map<string, Attribute>();
    let [height, isWhole] = [0, true];
    for (const { name, type: source, isRequired } of sources) {
      const resolved = this.#resolve(source, namespace, depth + 1);
      if (attributes.has(name.value)) {
        const message = `the attribute ${name.value} is here twice, and the last one counts`;
        this.names.problems.push(problemAt(name, "schema.repeated_attribute", message, { severity: "warning" }));
      }
      if (resolved) attributes.set(name.value, { type: resolved.type, isRequired });
      height = Math.max(height, (resolved?.height ?? 0) + 1);
      isWhole &&= resolved !== null;
    }
    return isWhole ? { type: { kind: "record", attributes }, height } : null;
  }

  #report(range: TypeSource | AttributeSource["name"], code: string, message: string): void {
    this.names.problems.push(problemAt(range, code, message));
  }
}

/** `A → B → A` */
export function chain(cycle: readonly string[]): string {
  return [...cycle, ...cycle.slice(0, 1)].join(" → ");
}

/** Names of the common types that a type mentions. */
function commonTypesIn(source: TypeSource, namespace: string, names: SchemaNames): string[] {
  switch (source.kind) {
    case "builtin":
      return [];
    case "name": {
      const found = names.find(source.name, namespace, source.among);
      return found?.kind === "common" ? [found.name] : [];
    }
    case "set":
      return commonTypesIn(source.element, namespace, names);
    case "record":
      return source.attributes.flatMap(({ type }) => commonTypesIn(type, namespace, names));
  }
}
