import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { cedarQuestions, cedarTables, REQUESTS_PER_CASE } from "@/server/testing/cedar-generator";
import { askEngine } from "@/server/testing/cedar-run";
import { CedarReference, type ReferenceAnswers, type ReferenceResult } from "@/server/testing/cedar-wasm";

/** How many requests are compared; more of them by `SWARM_CEDAR_REQUESTS`, others by `SWARM_CEDAR_SEED`. */
const REQUESTS = Number(process.env.SWARM_CEDAR_REQUESTS ?? 100_000);
const SEED = Number(process.env.SWARM_CEDAR_SEED ?? 20_260);

const reference = new CedarReference();
afterAll(() => reference.close());

it("evaluates tables of expressions as the reference does, to the edges of every operator", async () => {
  const agrees = fc.asyncProperty(cedarTables(), async (question) => {
    const asked = reference.ask(question);
    expect(resultsOf(askEngine(question))).toEqual(resultsOf(await asked));
  });
  await fc.assert(agrees, { seed: SEED, numRuns: Math.ceil(REQUESTS / 1_000) });
}, 600_000);

it(
  "decides as the reference does, with its reasons and its errors",
  async () => {
    const seen = { allow: 0, deny: 0, errors: 0, refused: 0 };
    const agrees = fc.asyncProperty(cedarQuestions(), async (question) => {
      const asked = reference.ask(question);
      const ours = resultsOf(askEngine(question));
      // What small changes lead to is asked less often, for it takes longer.
      if (question.policies.length % 4 === 0) expect(resultsOf(askEngine(question, "grown"))).toEqual(ours);
      const theirs = resultsOf(await asked);
      expect(theirs).toHaveLength(question.requests.length);
      for (const [at, { json }] of question.requests.entries()) {
        expect({ request: json, ...ours[at] }).toEqual({ request: json, ...theirs[at] });
      }
      for (const result of theirs) {
        if ("refused" in result) seen.refused += 1;
        else {
          seen[result.decision] += 1;
          if (result.errors.length > 0) seen.errors += 1;
        }
      }
    });
    await fc.assert(agrees, { seed: SEED, numRuns: Math.ceil(REQUESTS / REQUESTS_PER_CASE) });
    const compared = seen.allow + seen.deny + seen.refused;
    expect(compared).toBeGreaterThanOrEqual(REQUESTS);
    expect(Math.min(seen.allow, seen.deny, seen.errors)).toBeGreaterThan(compared / 10);
  },
  Math.max(600_000, REQUESTS * 20),
);

/** The results, where the words of a refusal are not compared. */
function resultsOf(answers: ReferenceAnswers | "killed"): readonly ReferenceResult[] {
  if (answers === "killed" || "refused" in answers) throw new Error(`no results: ${JSON.stringify(answers)}`);
  return answers.results.map((result) => ("refused" in result ? { refused: "" } : result));
}
