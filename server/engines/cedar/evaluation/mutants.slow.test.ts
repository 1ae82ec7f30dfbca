import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { cedarCorpus } from "@/server/testing/cedar-corpus";
import { cedarQuestions, cedarTables } from "@/server/testing/cedar-generator";
import type { SuiteCase } from "@/server/testing/cedar-mutant-driver";
import { isCurrent, type Mutant, MUTANTS, runSuite } from "@/server/testing/cedar-mutants";
import { CedarReference, type Question } from "@/server/testing/cedar-wasm";

const [TABLES, QUESTIONS, REQUESTS, SEED] = [30, 130, 32, 20_261];
const LIMIT_MS = 60_000;

describe("the engine with a mistake planted in it", () => {
  const folder = mkdtempSync(join(tmpdir(), "mutants-"));
  /** What is most likely to catch a mistake comes first. */
  const suites = { answers: join(folder, "answers.json"), values: join(folder, "values.json") };
  beforeAll(async () => {
    const { tables, questions } = await generatedCases();
    const corpus = await corpusCases();
    writeFileSync(suites.answers, JSON.stringify([...questions, ...corpus, ...tables]));
    writeFileSync(suites.values, JSON.stringify([...tables, ...questions, ...corpus]));
  }, 120_000);

  it("is planted in code as it is now: every text that a mutant replaces stands once in its file", () => {
    expect(MUTANTS.length).toBeGreaterThan(100);
    expect(MUTANTS.filter((mutant) => !isCurrent(mutant)).map(nameOf)).toEqual([]);
  });

  it("is caught by what the reference says, and without one it is not", async () => {
    expect(await runSuite(suites.answers, folder, null, LIMIT_MS)).toBeNull();
    const [survivors, waiting]: [string[], Mutant[]] = [[], [...MUTANTS]];
    const work = async () => {
      for (let mutant = waiting.pop(); mutant; mutant = waiting.pop()) {
        if ((await runSuite(suites[mutant.of], folder, mutant, LIMIT_MS)) === null) survivors.push(nameOf(mutant));
      }
    };
    await Promise.all([work(), work()]);
    const share = 1 - survivors.length / MUTANTS.length;
    expect(share, `of ${MUTANTS.length} these live: ${survivors.join("; ")}`).toBeGreaterThanOrEqual(0.95);
  }, 600_000);
});

/** Generated questions, and what the reference says to them. */
async function generatedCases(): Promise<Readonly<Record<"tables" | "questions", readonly SuiteCase[]>>> {
  const reference = new CedarReference();
  const ask = async (question: Question, isGrown: boolean): Promise<SuiteCase> => {
    const answers = await reference.ask(question);
    if (answers === "killed") throw new Error("the reference did not answer");
    return { question, answers, isGrown };
  };
  const tables = fc.sample(cedarTables(), { seed: SEED, numRuns: TABLES });
  const questions = fc.sample(cedarQuestions(REQUESTS), { seed: SEED, numRuns: QUESTIONS });
  const cases = {
    tables: await Promise.all(tables.map((question) => ask(question, false))),
    questions: await Promise.all(questions.map((question) => ask(question, true))),
  };
  reference.close();
  return cases;
}

/** Some tests of the corpus; none where it is absent. */
async function corpusCases(): Promise<SuiteCase[]> {
  const tests = (await cedarCorpus()) ?? [];
  return tests
    .filter((_, at) => at % 40 === 0)
    .map(({ policies, schema, entities, requests }) => {
      const results = requests.map(({ decision, reason, errors }) => ({ decision, reason, errors }));
      return { question: { policies, schema, entities, requests }, answers: { results }, isGrown: false };
    });
}

const nameOf = ({ file, name }: Mutant): string => `${file}: ${name}`;
