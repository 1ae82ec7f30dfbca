import type { Schema } from "@/server/engines/cedar/schema/schema";
import type { RecordType, Type } from "@/server/engines/cedar/values/type";
import type { AskedRequest } from "@/server/policies/test-contract";

export type AskedContext = AskedRequest["context"];
type Json = AskedContext[string];

/** One thing that a context may say. */
export interface ContextField {
  /** `["workload", "kind"]` */
  readonly path: readonly string[];
  readonly control: "text" | "number" | "bool" | "words" | "entity";
  /** Of an entity. */
  readonly entityType: string | null;
  /** What people would write there, the likeliest first. */
  readonly examples: readonly string[];
  /** Whether what it is part of is nothing without it. */
  readonly isRequired: boolean;
}

/** Words that the program's own schema speaks of in its comments; an admin's schema may have others. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  kind: ["training", "inference", "fine-tuning", "batch", "notebook"],
  sensitivity: ["internal", "public", "confidential", "restricted"],
  provedBy: ["password", "totp", "certificate"],
  risk: ["new_device", "other_address", "superseded_certificate"],
  now: ["2027-01-01T12:00:00Z"],
  address: ["10.0.0.7"],
  reason: ["maintenance"],
};

/** Everything that an action can be asked with; what nothing else ever names, as a workload, part by part. */
export function contextFieldsOf(schema: Schema, context: RecordType): ContextField[] {
  const named = typesNamedIn(schema);
  const partsOf = (type: Type): RecordType | undefined => {
    if (type.kind === "record") return type;
    return type.kind === "entity" && !named.has(type.name) ? schema.entityTypes.get(type.name)?.shape : undefined;
  };
  const within = (type: RecordType, before: readonly string[]): ContextField[] =>
    [...type.attributes].flatMap(([name, attribute]) => {
      const path = [...before, name];
      const parts = partsOf(attribute.type);
      if (parts) return within(parts, path);
      const field = fieldOf(path, attribute.type);
      return field ? [{ ...field, isRequired: attribute.isRequired }] : [];
    });
  return within(context, []);
}

/** Types of which somebody asks, or is asked about, or that other entities name: they are registered somewhere. */
function typesNamedIn({ actions, entityTypes }: Schema): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { appliesTo } of actions.values()) {
    for (const type of [...(appliesTo?.principals ?? []), ...(appliesTo?.resources ?? [])]) named.add(type);
  }
  for (const { memberOf, shape } of entityTypes.values()) {
    for (const type of memberOf) named.add(type);
    for (const { type } of shape.attributes.values()) if (type.kind === "entity") named.add(type.name);
  }
  return named;
}

/** Null for what cannot be typed into one field. */
function fieldOf(path: readonly string[], type: Type): Omit<ContextField, "isRequired"> | null {
  const examples = EXAMPLES[path.at(-1) ?? ""] ?? [];
  const field = { path, entityType: null, examples };
  switch (type.kind) {
    case "bool":
      return { ...field, control: "bool" };
    case "long":
      return { ...field, control: "number" };
    case "string":
    case "extension":
      return { ...field, control: "text" };
    case "entity":
      return { ...field, control: "entity", entityType: type.name };
    case "set":
      return type.element.kind === "string" ? { ...field, control: "words" } : null;
    case "record":
      return null;
  }
}

/** `workload · kind` */
export function fieldWords({ path }: Pick<ContextField, "path">): string {
  return path.join(" · ");
}

/** What a context says of a field, as it stands in it; undefined for nothing. */
export function saidOf(context: AskedContext, { path, control }: ContextField): string | undefined {
  let at: Json | undefined = context;
  for (const name of path) at = isRecord(at) ? at[name] : undefined;
  if (at === undefined) return undefined;
  if (control === "words" && Array.isArray(at)) return at.join(", ");
  if (control === "entity" && isRecord(at) && typeof at["id"] === "string") return at["id"];
  return typeof at === "string" ? at : JSON.stringify(at);
}

/** The context with something said of a field, or nothing any more. */
export function saying(context: AskedContext, field: ContextField, text: string | undefined): AskedContext {
  return changedAt(context, field.path, text === undefined ? undefined : valueOf(field, text));
}

/** The context with a field begun, and with it what it is nothing without. */
export function beginning(context: AskedContext, field: ContextField, all: readonly ContextField[]): AskedContext {
  const within = field.path.slice(0, -1).join();
  const needed = all.filter(
    (other) => other.path.length > 1 && other.isRequired && other.path.slice(0, -1).join() === within,
  );
  return [...needed, field].reduce(
    (so, one) => (saidOf(so, one) === undefined ? saying(so, one, firstOf(one)) : so),
    context,
  );
}

function firstOf({ control, examples }: ContextField): string {
  if (control === "bool") return "true";
  return control === "number" ? "1" : (examples[0] ?? "");
}

function valueOf({ control, entityType }: ContextField, text: string): Json {
  switch (control) {
    case "bool":
      return text === "true";
    case "number":
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case "words":
      return text.split(",").flatMap((word) => word.trim() || []);
    case "entity":
      return { type: entityType ?? "", id: text };
    case "text":
      return text;
  }
}

function changedAt(
  context: AskedContext,
  [name = "", ...rest]: readonly string[],
  value: Json | undefined,
): AskedContext {
  const { [name]: before, ...others } = context;
  const next = rest.length === 0 ? value : changedAt(isRecord(before) ? before : {}, rest, value);
  const isNothing = next === undefined || (rest.length > 0 && Object.keys(next as object).length === 0);
  if (isNothing) return others;
  // In its place, so that nothing moves while somebody types.
  return name in context
    ? Object.fromEntries(Object.entries(context).map(([key, one]) => [key, key === name ? next : one]))
    : { ...context, [name]: next };
}

function isRecord(json: Json | undefined): json is { readonly [name: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
