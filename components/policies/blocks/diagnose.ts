import { readSchema } from "@/server/engines/cedar/schema/read-schema";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import { applyEdits } from "@/server/engines/cedar/syntax/editing/edit";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Problem } from "@/server/engines/cedar/syntax/problem";
import type { Policy, Tree } from "@/server/engines/cedar/syntax/syntax";
import { validatePolicy } from "@/server/engines/cedar/validation/validate";
import { type Fix, fixOf } from "./fix";

/** The schema in force; null where it cannot be read, and then nothing is checked against it. */
export function schemaOf(text: string): Schema | null {
  return readSchema(text).schema;
}

/** Problems by the text of a policy, with places from where it starts. */
type Remembered = Map<string, readonly Problem[]>;

/**
 * Tells every problem of a text, of syntax and of types. What is known of a policy is remembered as long as it stands in
 * the text, so that a change costs as much as the policies that it changes.
 */
export class Diagnoser {
  #remembered: Remembered = new Map();

  constructor(readonly schema: Schema | null) {}

  diagnose(tree: Tree): Problem[] {
    const now: Remembered = new Map();
    const found = tree.policies.flatMap((policy) => this.#ofPolicy(tree.text, policy, now));
    this.#remembered = now;
    return [...tree.problems, ...found].sort((a, b) => a.range.start - b.range.start);
  }

  #ofPolicy(text: string, policy: Policy, now: Remembered): Problem[] {
    const { schema } = this;
    if (!schema) return [];
    const own = text.slice(policy.start, policy.end);
    let problems = now.get(own) ?? this.#remembered.get(own);
    problems ??= validatePolicy(policy, schema)
      .filter(isTold(policy))
      .map((problem) => moved(problem, -policy.start));
    now.set(own, problems);
    return problems.map((problem) => moved(problem, policy.start));
  }
}

/** How a problem is ended, if there is a way after which there are fewer problems, and none that was not there. */
export function soundFix(
  tree: Tree,
  problem: Problem,
  problems: readonly Problem[],
  schema: Schema | null,
): Fix | null {
  const fix = fixOf(tree, problem);
  if (!fix) return null;
  const before = problems.map(({ code }) => code);
  const fixed = parsePolicies(applyEdits(tree.text, fix.edits));
  const after = new Diagnoser(schema).diagnose(fixed).map(({ code }) => code);
  return after.length < before.length && after.every((code) => before.includes(code)) ? fix : null;
}

/** Of what is missing the parser has told already. */
const isTold =
  ({ isBroken }: Policy) =>
  ({ range }: Problem) =>
    !(isBroken && range.start === range.end);

function moved(problem: Problem, by: number): Problem {
  const { start, end } = problem.range;
  return by === 0 ? problem : { ...problem, range: { start: start + by, end: end + by } };
}
