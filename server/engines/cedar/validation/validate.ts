import { type Environment, type World, worldOf, writeEnvironment } from "./environments";
import type { Problem, Range } from "../syntax/problem";
import type { Schema } from "../schema/schema";
import { conditionExpressions, scopeExpressions } from "../syntax/scope-expressions";
import type { Policy, Tree } from "../syntax/syntax";
import { Typecheck } from "./typecheck";
import type { Finding } from "./typing";
import { unknownNames } from "./validate-names";

/**
 * Problems of a policy text by a schema, in strict mode: where there is no error, no policy ever errs for a type, an
 * attribute or a tag, as long as requests and entities follow the schema. What the parser found is not repeated.
 * https://docs.cedarpolicy.com/policies/validation.html
 */
export function validatePolicies(tree: Tree, schema: Schema): Problem[] {
  return tree.policies.flatMap((policy) => validatePolicy(policy, schema));
}

/** Problems of one policy or template, in the order of the text. */
export function validatePolicy(policy: Policy, schema: Schema): Problem[] {
  const world = worldOf(schema);
  const problems = [...unknownNames(world, policy)].map((finding) => problemOf(finding));
  const { errors, futility } = typeProblems(world, policy);
  problems.push(...errors);
  if (futility && problems.length === 0 && !policy.isBroken)
    problems.push({ ...problemOf(futility), severity: "warning" });
  return problems.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** What is wrong in some environments, by a key that is the same in each of them. */
type Found = Map<string, { readonly finding: Finding; readonly environments: Environment[] }>;

/** Errors in the environments that the scope allows, and why no request can satisfy the policy where none can. */
function typeProblems(world: World, policy: Policy): { errors: Problem[]; futility: Finding | null } {
  const scope = scopeExpressions(policy);
  const conditions = conditionExpressions(policy);
  const found: Found = new Map();
  let [reached, satisfiable] = [0, 0];
  for (const environment of world.environments) {
    const typecheck = new Typecheck(world, environment, (finding) => note(found, finding, environment));
    if (typecheck.conjunction(scope).type?.kind === "false") continue;
    reached += 1;
    if (typecheck.conjunction(conditions).type?.kind !== "false") satisfiable += 1;
  }
  const errors = [...found.values()].map(({ finding, environments }) => {
    const [first] = environments;
    return problemOf(finding, first && environments.length < reached ? writeCases(first, environments.length) : "");
  });
  return { errors, futility: satisfiable === 0 ? futilityOf(policy, reached) : null };
}

function note(found: Found, finding: Finding, environment: Environment): void {
  const { start, end } = finding.range;
  const key = `${start} ${end} ${finding.code} ${finding.message}`;
  const known = found.get(key);
  if (!known) found.set(key, { finding, environments: [environment] });
  else if (known.environments.at(-1) !== environment) known.environments.push(environment);
}

function writeCases(first: Environment, count: number): string {
  const more = count === 1 ? "" : ` and in ${count - 1} other ${count === 2 ? "case" : "cases"}`;
  return `, when ${writeEnvironment(first)}${more}`;
}

function futilityOf({ principal, resource, conditions }: Policy, reached: number): Finding {
  const [first, last] = [conditions[0], conditions.at(-1)];
  if (reached > 0 && first && last) {
    const range = { start: first.start, end: last.end };
    return { code: "type.never_satisfied", message: "no request can satisfy these conditions", range };
  }
  const message = "no action of the schema applies to this principal and this resource";
  return { code: "type.never_applies", message, range: { start: principal.start, end: resource.end } };
}

function problemOf({ code, message, range, expected, suggest }: Finding, cases = ""): Problem {
  const { start, end }: Range = range;
  return {
    severity: "error",
    code,
    message: `${message}${cases}`,
    range: { start, end },
    expected: expected ?? [],
    suggestion: suggest?.() ?? null,
  };
}
