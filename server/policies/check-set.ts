import { locationOf, type Problem } from "@/server/engines/cedar/syntax/problem";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import { readSchema } from "@/server/engines/cedar/schema/read-schema";
import { validatePolicies } from "@/server/engines/cedar/validation/validate";
import type { PolicyProblem } from "./contract";
import type { KnownSet } from "./in-force";
import type { NamedText } from "./policy-text";

/** What a schema's problems are told of. */
const SCHEMA = "schema";

/** What is wrong with some policies of a set, and with its schema. Where there is no error, the set can be asked. */
export function problemsOf(set: KnownSet, names: readonly string[]): PolicyProblem[] {
  const { schema, problems } = readSchema(set.schema);
  if (!schema || problems.some(({ severity }) => severity === "error")) {
    return problems.map((problem) => written(SCHEMA, set.schema, problem));
  }
  const looked = new Set(names);
  return set.policies.filter(({ name }) => looked.has(name)).flatMap((policy) => problemsIn(schema, policy));
}

/** What is wrong with one policy by a schema that can be read. */
export function checkText(schemaText: string, { name, text }: NamedText): PolicyProblem[] {
  const { schema, problems } = readSchema(schemaText);
  if (!schema) return problems.map((problem) => written(SCHEMA, schemaText, problem));
  return problemsIn(schema, { name, text });
}

function problemsIn(schema: Schema, { name, text }: NamedText): PolicyProblem[] {
  const tree = parsePolicies(text);
  const found = [...tree.problems, ...validatePolicies(tree, schema)];
  return found.map((problem) => written(name, text, problem));
}

/** Whether a problem keeps a set from being published. */
export const isError = ({ severity }: PolicyProblem): boolean => severity === "error";

function written(policy: string, text: string, { severity, message, suggestion, range }: Problem): PolicyProblem {
  const told = suggestion === null ? message : `${message}; did you mean ${suggestion}?`;
  return { policy, severity, message: told, ...locationOf(text, range.start) };
}
