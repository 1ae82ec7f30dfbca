import type { NamedPolicy } from "./evaluation/compile-policy";
import { DataError } from "./data/data-error";
import { readEntities } from "./data/entities-json";
import { type Json, JsonError, parseJson } from "./syntax/json";
import { parsePolicies } from "./syntax/parser";
import { describe, type Problem } from "./syntax/problem";
import { readSchema } from "./schema/read-schema";
import type { EntityData, Request } from "./data/request";
import { readRequest } from "./data/request-json";
import type { Schema } from "./schema/schema";
import type { Policy, Tree } from "./syntax/syntax";
import type { Names } from "./values/value";

/** A text that is not taken: `message` says which, what is wrong, and where. */
export class TextRefused extends Error {
  override readonly name = "TextRefused";
}

/** What data is read by. */
export interface DataOptions {
  readonly names: Names;
  readonly schema: Schema | null;
}

/** The tree of a text without an error. @throws {TextRefused} */
export function treeOf(text: string): Tree {
  const tree = parsePolicies(text);
  refuseErrors("policies", text, tree.problems);
  return tree;
}

/**
 * Policies of a tree by the names `policy0`, `policy1`, …, in the order of their appearance. Templates count, and are left
 * out: with their slots open they decide nothing. https://docs.cedarpolicy.com/policies/templates.html
 */
export function policiesOf({ text, policies }: Tree): readonly NamedPolicy[] {
  return policies
    .map((policy, at) => ({ id: `policy${at}`, policy, text }))
    .filter(({ policy }) => !isTemplate(policy));
}

/** The schema that a text is, in either of its forms; null when the text is blank. @throws {TextRefused} */
export function schemaOf(text: string): Schema | null {
  if (text.trim() === "") return null;
  const { schema, problems } = readSchema(text);
  refuseErrors("schema", text, problems);
  return schema;
}

/** The entities of a JSON text. @throws {TextRefused} */
export function entitiesOf(text: string, options: DataOptions): EntityData[] {
  return orRefuse("entities", () => readEntities(parseJson(text), options));
}

/**
 * The request of a JSON text: `{"principal":…,"action":…,"resource":…,"context":…,"validateRequest":…}`. The last says
 * whether it is refused when it does not follow the schema, as it is when nothing is said.
 *
 * @throws {TextRefused}
 */
export function requestOf(text: string, options: DataOptions): Request {
  return orRefuse("request", () => {
    const json = parseJson(text);
    const validate = (json instanceof Map ? (json as ReadonlyMap<string, Json>).get("validateRequest") : null) ?? true;
    if (typeof validate !== "boolean") throw new TextRefused("validateRequest: expected true or false");
    return readRequest(json, { ...options, validate });
  });
}

/** Whether a problem is more than a warning. */
export const isError = ({ severity }: Problem): boolean => severity === "error";

/** So many problems of one text are told. */
const TOLD = 10;

function refuseErrors(what: string, text: string, problems: readonly Problem[]): void {
  const errors = problems.filter(isError);
  if (errors.length === 0) return;
  const told = errors.slice(0, TOLD).map((problem) => `${what}:${describe(text, problem)}`);
  const more = errors.length > TOLD ? [`and ${errors.length - TOLD} more`] : [];
  throw new TextRefused([...told, ...more].join("; "));
}

function orRefuse<Result>(what: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof DataError) throw new TextRefused(error.message);
    if (error instanceof JsonError) throw new TextRefused(`${what}: ${error.message}`);
    throw error;
  }
}

function isTemplate({ principal, resource }: Policy): boolean {
  return [principal, resource].some(({ target }) => target !== null && target.value === null);
}
