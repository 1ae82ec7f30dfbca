import { nearest, type Problem, problemAt, type Range } from "../syntax/problem";
import type { Type } from "../values/type";
import type {
  ActionReference,
  ActionSource,
  CommonTypeSource,
  EntityTypeSource,
  NamespaceSource,
  SchemaSource,
} from "./schema-source";
import { CEDAR, isTypeName } from "../syntax/identifiers";
import type { Name } from "../syntax/syntax";
import { type EntityUid, writeUid } from "../values/uid";

/** Something that is declared, by its name with the namespace, and the namespace that it stands in. */
interface Declared<T> {
  readonly source: T;
  readonly name: string;
  readonly namespace: string;
}

/** What a name is the name of. */
export type Found =
  | { readonly kind: "common"; readonly name: string }
  | { readonly kind: "entity"; readonly name: string }
  | { readonly kind: "builtin"; readonly type: Type };

const BUILTIN_TYPES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["Bool", { kind: "bool" }],
  ["Long", { kind: "long" }],
  ["String", { kind: "string" }],
  ["decimal", { kind: "extension", name: "decimal" }],
  ["ipaddr", { kind: "extension", name: "ipaddr" }],
  ["datetime", { kind: "extension", name: "datetime" }],
  ["duration", { kind: "extension", name: "duration" }],
]);

/** Words of the schema language that no common type may be named by. */
const NOT_COMMON = new Set(["Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String"]);

/** The type of actions, in each namespace that has some. */
const ACTION = "Action";

/**
 * All that a schema declares, and what a name written in one of its namespaces means: what that namespace declares, or
 * else what stands in none, or else what is built in. Nothing in a namespace may have a name that stands in none, so
 * that a name never changes its meaning by a declaration elsewhere.
 * https://docs.cedarpolicy.com/schema/human-readable-schema.html#schema-typeDisambiguation
 */
export class SchemaNames {
  readonly commonTypes = new Map<string, Declared<CommonTypeSource>>();
  readonly entityTypes = new Map<string, Declared<EntityTypeSource>>();
  /** By `writeUid`. */
  readonly actions = new Map<string, Declared<ActionSource> & { readonly uid: EntityUid }>();
  readonly #actionTypes = new Set<string>();

  constructor(
    { namespaces }: SchemaSource,
    readonly problems: Problem[],
  ) {
    const seen = new Set<string>();
    for (const namespace of namespaces) {
      const { name } = namespace;
      if (seen.has(name.value))
        this.#report(name, "schema.declared_twice", `the namespace ${name.value} is here twice`);
      seen.add(name.value);
      if (name.value !== "") this.#checkName(name, "path");
      this.#declare(namespace);
    }
    this.#checkUnshadowed();
    this.#warnOfShadows();
  }

  /** What a type's name means in a namespace; null when it means nothing. */
  find(name: string, namespace: string, among: "any" | "entity" | "common"): Found | null {
    for (const candidate of candidatesOf(name, namespace)) {
      if (among !== "entity" && this.commonTypes.has(candidate)) return { kind: "common", name: candidate };
      const isEntity = this.entityTypes.has(candidate) || this.#actionTypes.has(candidate);
      if (among !== "common" && isEntity) return { kind: "entity", name: candidate };
    }
    const builtin = BUILTIN_TYPES.get(name.startsWith(`${CEDAR}::`) ? name.slice(CEDAR.length + 2) : name);
    return among === "entity" || !builtin ? null : { kind: "builtin", type: builtin };
  }

  /** The entity type that a name means in a namespace; null, with a problem, when there is none. Actions are none. */
  findEntityType(name: Name, namespace: string): string | null {
    for (const candidate of candidatesOf(name.value, namespace)) if (this.entityTypes.has(candidate)) return candidate;
    this.reportUndeclared(name, name.value, namespace, "entity");
    return null;
  }

  /** The action that is meant in a namespace; null, with a problem, when there is none. */
  findAction(reference: ActionReference, namespace: string): EntityUid | null {
    for (const type of candidatesOf(reference.type ?? ACTION, namespace)) {
      const action = this.actions.get(writeUid({ type, id: reference.id }));
      if (action) return action.uid;
    }
    const written = reference.type === null ? reference.id : writeUid({ type: reference.type, id: reference.id });
    const ids = reference.type === null ? [...this.actions.values()].map(({ uid }) => uid.id) : this.actions.keys();
    const suggestion = nearest(written, ids);
    this.#report(reference, "schema.undeclared_action", `there is no action ${written}`, suggestion);
    return null;
  }

  reportUndeclared(range: Range, name: string, namespace: string, among: "any" | "entity" | "common"): void {
    const known = [
      ...(among === "entity" ? [] : [...BUILTIN_TYPES.keys(), ...this.commonTypes.keys()]),
      ...(among === "common" ? [] : this.entityTypes.keys()),
    ];
    const prefix = `${namespace}::`;
    const near = known.map((one) => (namespace !== "" && one.startsWith(prefix) ? one.slice(prefix.length) : one));
    const suggestion = nearest(name, near) ?? known.find((one) => one.endsWith(`::${name}`)) ?? null;
    const what = { any: "type", entity: "entity type", common: "common type" }[among];
    this.#report(range, "schema.undeclared_type", `there is no ${what} ${name}`, suggestion);
  }

  #declare({ name: { value: namespace }, ...declared }: NamespaceSource): void {
    for (const source of declared.entityTypes) {
      this.#checkName(source.name, "identifier");
      if (source.name.value === ACTION) {
        this.#report(source.name, "schema.reserved_name", `${ACTION} is the type of the actions`);
      }
      this.#add(this.entityTypes, qualify(namespace, source.name.value), { source, namespace });
    }
    for (const source of declared.commonTypes) {
      this.#checkName(source.name, "identifier");
      if (NOT_COMMON.has(source.name.value)) {
        const message = `${source.name.value} is a word of the schema language`;
        this.#report(source.name, "schema.reserved_name", message);
      }
      this.#add(this.commonTypes, qualify(namespace, source.name.value), { source, namespace });
    }
    const type = qualify(namespace, ACTION);
    for (const source of declared.actions) {
      this.#actionTypes.add(type);
      const uid = { type, id: source.name.value };
      this.#add(this.actions, writeUid(uid), { source, namespace, uid });
    }
  }

  #add<T extends { source: { name: Name } }>(to: Map<string, T & { name: string }>, name: string, declared: T): void {
    if (to.has(name)) this.#report(declared.source.name, "schema.declared_twice", `${name} is declared twice`);
    else to.set(name, { ...declared, name });
  }

  /** Namespaces are paths, such as `A::B`; what is declared within one is named without it. */
  #checkName(name: Name, form: "path" | "identifier"): void {
    if (name.value.split("::").includes(CEDAR)) {
      this.#report(name, "schema.reserved_name", `${CEDAR} is the namespace of what is built in`);
    } else if (!isTypeName(name.value) || (form === "identifier" && name.value.includes("::"))) {
      this.#report(name, "schema.invalid_name", `\`${name.value}\` is not a name: letters, digits and _ make one`);
    }
  }

  #checkUnshadowed(): void {
    for (const { source, name, namespace } of [...this.entityTypes.values(), ...this.commonTypes.values()]) {
      const bare = source.name.value;
      if (namespace === "" || !(this.entityTypes.has(bare) || this.commonTypes.has(bare))) continue;
      this.#report(source.name, "schema.shadowed", `${name} would hide ${bare}, which stands in no namespace`);
    }
    for (const { source, name, namespace, uid } of this.actions.values()) {
      const bare = writeUid({ type: ACTION, id: uid.id });
      if (namespace === "" || !this.actions.has(bare)) continue;
      this.#report(source.name, "schema.shadowed", `${name} would hide ${bare}, which stands in no namespace`);
    }
  }

  #warnOfShadows(): void {
    const warn = ({ name }: { name: Name }, message: string) =>
      this.problems.push(problemAt(name, "schema.shadows", message, { severity: "warning" }));
    for (const { source, name } of [...this.entityTypes.values(), ...this.commonTypes.values()]) {
      if (BUILTIN_TYPES.has(source.name.value)) warn(source, `${name} hides the type that is built in`);
    }
    for (const { source, name } of this.commonTypes.values()) {
      if (this.entityTypes.has(name)) warn(source, `the common type ${name} hides the entity type of that name`);
    }
  }

  #report(range: Range, code: string, message: string, suggestion: string | null = null): void {
    this.problems.push(problemAt(range, code, message, { suggestion }));
  }
}

/** A name with its namespace. */
function qualify(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}::${name}`;
}

/** What a name may stand for, by turns. One with a namespace is never looked for within another. */
function candidatesOf(name: string, namespace: string): string[] {
  return namespace === "" || name.includes("::") ? [name] : [qualify(namespace, name), name];
}
