import { afterAll, describe, expect, it } from "vitest";
import { cedarCorpus, hasCorpus, NO_CORPUS } from "@/server/testing/cedar-corpus";
import { Dice } from "@/server/testing/cedar-dice";
import { questionOf } from "@/server/testing/cedar-generator";
import { mutate, snippetsOf } from "@/server/testing/cedar-mutations";
import { SCHEMA } from "@/server/testing/cedar-vocabulary";
import { CedarReference } from "@/server/testing/cedar-wasm";
import { parsePolicies } from "../syntax/parser";
import { parseSchemaText } from "../schema/schema-text";
import { validatePolicy } from "./validate";

const reference = new CedarReference();
afterAll(() => reference.close());

/** How a policy is taken: `accepted`, `refused`, or `futile` when no request can satisfy it. */
type Verdict = "accepted" | "refused" | "futile";

function verdictsOf(policies: string, schemaText: string): Verdict[] | null {
  const { schema } = parseSchemaText(schemaText);
  const tree = parsePolicies(policies);
  if (!schema || tree.problems.length > 0) return null;
  return tree.policies.map((policy) => {
    const problems = validatePolicy(policy, schema);
    if (problems.some(({ severity }) => severity === "error")) return "refused";
    return problems.length > 0 ? "futile" : "accepted";
  });
}

async function referenceVerdicts(policies: string, schema: string, count: number): Promise<Verdict[] | null> {
  const answer = await reference.validate({ policies, schema });
  if (answer === "killed" || "refused" in answer) return null;
  const { errors, warnings } = answer;
  const futile = warnings.filter(({ message }) => message.includes("impossible"));
  return Array.from({ length: count }, (_, at) => {
    if (errors.some(({ policyId }) => policyId === `policy${at}`)) return "refused";
    return futile.some(({ policyId }) => policyId === `policy${at}`) ? "futile" : "accepted";
  });
}

/** What both say of the policies, where they differ. */
async function difference(policies: string, schema: string): Promise<string[]> {
  const ours = verdictsOf(policies, schema);
  const theirs = await referenceVerdicts(policies, schema, ours?.length ?? 0);
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return [];
  return [`we say ${ours?.join()}, the reference ${theirs?.join()}:\n${policies}`];
}

describe("the conformance tests of Cedar", () => {
  it("validate where they should", async (test) => {
    if (!hasCorpus) return test.skip(NO_CORPUS);
    const valid = ((await cedarCorpus()) ?? []).filter(({ shouldValidate }) => shouldValidate);
    const wrong = valid.filter(({ policies, schema }) => verdictsOf(policies, schema)?.includes("refused") ?? true);
    expect(valid.length).toBeGreaterThan(3_000);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("validate where the reference says so", async (test) => {
    if (!hasCorpus) return test.skip(NO_CORPUS);
    const wrong: string[] = [];
    for (const { policies, schema } of (await cedarCorpus()) ?? []) wrong.push(...(await difference(policies, schema)));
    expect(wrong).toEqual([]);
  });

  it("validate where the reference says so, after any change", async (test) => {
    if (!hasCorpus) return test.skip(NO_CORPUS);
    const wrong: string[] = [];
    let compared = 0;
    for (const [seed, { policies, schema }] of ((await cedarCorpus()) ?? []).entries()) {
      const resolved = parseSchemaText(schema).schema;
      if (!resolved) continue;
      const mutated = mutate(new Dice(seed), parsePolicies(policies), snippetsOf(resolved));
      if (parsePolicies(mutated).problems.length > 0) continue;
      compared += 1;
      wrong.push(...(await difference(mutated, schema)));
    }
    expect(compared).toBeGreaterThan(3_000);
    expect(wrong).toEqual([]);
  });
});

it("validates generated policies where the reference says so", async () => {
  const wrong: string[] = [];
  for (let seed = 0; seed < 100; seed += 1) {
    const drawn = Array.from({ length: 20 }, (_, at) => ({ seed: seed * 100 + at, depth: at % 5 }));
    wrong.push(...(await difference(questionOf(seed, drawn).policies, SCHEMA)));
  }
  expect(wrong).toEqual([]);
});
