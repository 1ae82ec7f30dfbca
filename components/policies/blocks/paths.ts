import type { Schema } from "@/server/engines/cedar/schema/schema";
import { isIdentifier } from "@/server/engines/cedar/syntax/identifiers";
import { scopeExpressions } from "@/server/engines/cedar/syntax/scope-expressions";
import type { Policy } from "@/server/engines/cedar/syntax/syntax";
import { type Environment, worldOf } from "@/server/engines/cedar/validation/environments";
import { Typecheck } from "@/server/engines/cedar/validation/typecheck";
import type { ExtensionName, Type } from "@/server/engines/cedar/values/type";
import type { Path, Step } from "./blocks";
import { writeCheck, writePath } from "./write-row";

/** The type of a path, in all kinds of requests that a policy is about: entities may be of several types. */
export type PathType =
  | { readonly kind: "bool" | "long" | "string" | "record" }
  | { readonly kind: "extension"; readonly name: ExtensionName }
  | { readonly kind: "entity"; readonly names: readonly string[] }
  | { readonly kind: "set"; readonly element: PathType };

/** A path that the schema knows. */
export interface KnownPath {
  readonly path: Path;
  readonly type: PathType;
  /** By step: whether it may be missing, so that it must be asked for first. */
  readonly mayLack: readonly boolean[];
}

/** How many steps a path has at most where paths are offered. */
const DEEPEST = 3;

/** The kinds of requests that a policy's scope allows. */
export function environmentsOf(schema: Schema, policy: Policy): readonly Environment[] {
  const world = worldOf(schema);
  const scope = scopeExpressions(policy);
  const allowed = world.environments.filter((environment) => {
    return new Typecheck(world, environment, () => undefined).conjunction(scope).type?.kind !== "false";
  });
  return allowed.length > 0 ? allowed : world.environments;
}

/** What paths there are in some kinds of requests, and of what types. */
export class Paths {
  readonly #known = new Map<string, KnownPath | null>();

  constructor(
    readonly schema: Schema,
    readonly environments: readonly Environment[],
  ) {}

  /** What the schema says of a path; null when it has none such, or different ones. */
  find(path: Path): KnownPath | null {
    const key = writePath(path);
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.#read(path)));
    return known;
  }

  /** The paths that can be asked about, by and by further from the request. Tags need a name, and are not among them. */
  offered(): KnownPath[] {
    const offered: KnownPath[] = [];
    for (const root of ["context", "principal", "resource"] as const) {
      let level: Path[] = [{ root, steps: [] }];
      for (let depth = 0; depth <= DEEPEST; depth += 1) {
        const known = level.map((path) => this.find(path)).filter((one) => one !== null);
        offered.push(...known.filter(isWorthAsking));
        level = known.flatMap(({ path }) => this.stepsOf(path).map((step) => extend(path, step)));
      }
    }
    return offered;
  }

  /** The attributes that what a path leads to may have. */
  stepsOf(path: Path): Step[] {
    const names = this.#typesAt(path).types.flatMap((type) => [...this.#attributesOf(type).keys()]);
    return [...new Set(names)].map((name) => ({ kind: "attribute", name }));
  }

  /** Whether what a path leads to may have tags. */
  hasTags(path: Path): boolean {
    return this.find(extend(path, { kind: "tag", name: "" })) !== null;
  }

  #read(path: Path): KnownPath | null {
    const { types, mayLack } = this.#typesAt(path);
    const type = types.map(narrow).reduce<PathType | null | undefined>(merge, undefined);
    return type ? { path, type, mayLack } : null;
  }

  #typesAt({ root, steps }: Path): { types: readonly Type[]; mayLack: readonly boolean[] } {
    let types = distinct(this.environments.map((environment) => rootType(environment, root)));
    const mayLack: boolean[] = [];
    for (const step of steps) {
      const found = types.map((type) => this.#step(type, step));
      mayLack.push(found.some((one) => one === null || !one.isRequired));
      types = distinct(found.flatMap((one) => (one ? [one.type] : [])));
    }
    return { types, mayLack };
  }

  #step(type: Type, { kind, name }: Step): { type: Type; isRequired: boolean } | null {
    if (kind === "attribute") return this.#attributesOf(type).get(name) ?? null;
    const tags = type.kind === "entity" ? this.schema.entityTypes.get(type.name)?.tags : null;
    return tags ? { type: tags, isRequired: false } : null;
  }

  #attributesOf(type: Type) {
    if (type.kind === "record") return type.attributes;
    const shape = type.kind === "entity" ? this.schema.entityTypes.get(type.name)?.shape : undefined;
    return shape?.attributes ?? new Map<string, { type: Type; isRequired: boolean }>();
  }
}

/** The context is there always, and of a record it can only be asked whether it is there. */
function isWorthAsking({ type, mayLack }: KnownPath): boolean {
  return type.kind !== "record" || (mayLack.at(-1) ?? false);
}

/** A path with a step more. */
export const extend = (path: Path, step: Step): Path => ({ ...path, steps: [...path.steps, step] });

function rootType({ principal, action, resource, context }: Environment, root: Path["root"]): Type {
  if (root === "context") return context;
  return { kind: "entity", name: { principal, action: action.type, resource }[root] };
}

function distinct(types: readonly Type[]): Type[] {
  const keyOf = (type: Type) => (type.kind === "entity" ? type.name : type);
  return [...new Map(types.map((type) => [keyOf(type), type])).values()];
}

function narrow(type: Type): PathType {
  if (type.kind === "entity") return { kind: "entity", names: [type.name] };
  if (type.kind === "set") return { kind: "set", element: narrow(type.element) };
  return type.kind === "record" ? { kind: "record" } : type;
}

/** The one type of both; null when there is none. */
function merge(a: PathType | null | undefined, b: PathType): PathType | null {
  if (a === undefined) return b;
  if (a === null || a.kind !== b.kind) return null;
  if (a.kind === "entity" && b.kind === "entity") {
    return { kind: "entity", names: [...new Set([...a.names, ...b.names])] };
  }
  if (a.kind === "set" && b.kind === "set") {
    const element = merge(a.element, b.element);
    return element && { kind: "set", element };
  }
  return a.kind === "extension" && b.kind === "extension" && a.name !== b.name ? null : a;
}

/** What must be asked before a path is read, but for what is asked already, as it is written: `context has reason`. */
export function checksFor({ path, mayLack }: KnownPath, isAsked: (path: Path) => boolean): string[] {
  const missing = path.steps.flatMap((_, at) => {
    const upTo = { ...path, steps: path.steps.slice(0, at + 1) };
    return mayLack[at] && !isAsked(upTo) ? [upTo] : [];
  });
  const [first] = missing;
  const last = missing.at(-1);
  if (!first || !last || first === last) return first ? [writeCheck(first)] : [];
  const names = last.steps.slice(first.steps.length - 1);
  const isPlain = names.every(({ kind, name }) => kind === "attribute" && isIdentifier(name));
  if (!isPlain) return missing.map(writeCheck);
  const target = writePath({ ...path, steps: path.steps.slice(0, first.steps.length - 1) });
  return [`${target} has ${names.map(({ name }) => name).join(".")}`];
}
