import { readSchema } from "@/server/engines/cedar/schema/read-schema";
import type { Attribute } from "@/server/engines/cedar/values/type";
import { FUNCTION_OF } from "@/server/engines/cedar/values/extension-values";
import { isKeptElsewhere, type Json } from "@/server/resources/contract";
import { ownOf } from "./words";

/** How the value of an attribute is typed in. */
export type FieldKind =
  | { readonly is: "text" | "number" | "yes-no" | "json" }
  /** One of a few texts. */
  | { readonly is: "choice"; readonly values: readonly string[] }
  /** Another thing by its name. */
  | { readonly is: "entity"; readonly type: string }
  /** Texts with commas between. */
  | { readonly is: "texts" }
  /** A value of an extension type, by the text that its function takes. */
  | { readonly is: "extension"; readonly call: string };

/** One attribute of a type. */
export interface FieldPlan {
  readonly name: string;
  readonly kind: FieldKind;
  readonly isRequired: boolean;
}

/** What there is to say about resources of a type, by the schema. */
export interface TypePlan {
  readonly type: string;
  readonly fields: readonly FieldPlan[];
  /** Types of what it can be within, its team left out. */
  readonly within: readonly string[];
  readonly hasTeam: boolean;
  readonly hasLabels: boolean;
}

/** Texts that attributes of these names are chosen from; the schema tells them in a comment alone. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  trust: ["trusted", "verified", "untrusted"],
  sensitivity: ["public", "internal", "confidential", "restricted"],
};

/** The types that can be registered, by name; none when the schema cannot be read. */
export function plansOf(schemaText: string): TypePlan[] {
  const types = [...(readSchema(schemaText).schema?.entityTypes.values() ?? [])];
  return types
    .filter(({ name }) => !isKeptElsewhere(name))
    .map(({ name, shape, memberOf, tags }) => ({
      type: name,
      fields: [...shape.attributes].flatMap(([attribute, plan]) =>
        attribute === "team" ? [] : [fieldOf(attribute, plan)],
      ),
      within: [...memberOf].filter((type) => type !== "Team"),
      hasTeam: shape.attributes.has("team") && memberOf.has("Team"),
      hasLabels: tags?.kind === "string",
    }))
    .sort((a, b) => a.type.localeCompare(b.type));
}

function fieldOf(name: string, { type, isRequired }: Attribute): FieldPlan {
  return { name, isRequired, kind: kindOf(name, type) };
}

function kindOf(name: string, type: Attribute["type"]): FieldKind {
  switch (type.kind) {
    case "bool":
      return { is: "yes-no" };
    case "long":
      return { is: "number" };
    case "string":
      return choiceOf(name) ?? { is: "text" };
    case "entity":
      return { is: "entity", type: type.name };
    case "extension":
      return { is: "extension", call: FUNCTION_OF[type.name] };
    case "set":
      return type.element.kind === "string" ? { is: "texts" } : { is: "json" };
    case "record":
      return { is: "json" };
  }
}

function choiceOf(name: string): FieldKind | undefined {
  const values = ownOf(CHOICES, name);
  return values && { is: "choice", values };
}

/** What is typed, by the name of the attribute. */
export type Typed = Readonly<Record<string, string>>;

/** What to type to get these attributes. */
export function typedOf({ fields }: TypePlan, attributes: Readonly<Record<string, Json>>): Typed {
  return Object.fromEntries(fields.map(({ name, kind }) => [name, textOf(kind, attributes[name])]));
}

function textOf(kind: FieldKind, value: Json | undefined): string {
  if (value === undefined) return "";
  if (kind.is === "texts" && Array.isArray(value)) return value.join(", ");
  if (kind.is === "entity") return textAt(value, "__entity", "id");
  if (kind.is === "extension") return textAt(value, "__extn", "arg");
  if (kind.is === "json") return JSON.stringify(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function textAt(value: Json, ...path: readonly string[]): string {
  let at: unknown = value;
  for (const name of path) at = typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined;
  return typeof at === "string" ? at : "";
}

/** What was typed as attributes, or what is wrong with it, by the name of the attribute. */
export function attributesOf(
  { fields }: TypePlan,
  typed: Typed,
): { readonly attributes: Record<string, Json>; readonly errors: Readonly<Record<string, string>> } {
  const attributes: Record<string, Json> = {};
  const errors: Record<string, string> = {};
  for (const { name, kind, isRequired } of fields) {
    const text = (typed[name] ?? "").trim();
    if (text === "" && isRequired && kind.is !== "texts") errors[name] = "This is needed.";
    if (text === "" && !(isRequired && kind.is === "texts")) continue;
    const value = valueOf(kind, text);
    if (value === undefined) errors[name] = kind.is === "number" ? "A whole number." : "This is not JSON.";
    else attributes[name] = value;
  }
  return { attributes, errors };
}

function valueOf(kind: FieldKind, text: string): Json | undefined {
  switch (kind.is) {
    case "text":
    case "choice":
      return text;
    case "yes-no":
      return text === "true";
    case "number":
      return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
    case "entity":
      return { __entity: { type: kind.type, id: text } };
    case "texts":
      return text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "");
    case "extension":
      return { __extn: { fn: kind.call, arg: text } };
    case "json":
      return jsonOf(text);
  }
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
