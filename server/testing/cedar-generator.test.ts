import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { cedarQuestions, REQUESTS_PER_CASE } from "./cedar-generator";
import { CedarReference, type ReferenceResult } from "./cedar-wasm";

const reference = new CedarReference();
afterAll(() => reference.close());

const draw = (seed: number, numRuns: number) => fc.sample(cedarQuestions(), { seed, numRuns });

it("makes the same questions of the same seed, and others of another", () => {
  expect(draw(1, 5)).toEqual(draw(1, 5));
  expect(draw(1, 5)).not.toEqual(draw(2, 5));
});

it("makes sets of one policy and of many, with every word of the language in them", () => {
  const questions = draw(3, 200);
  const sizes = questions.map(({ policies }) => policies.split(";\n").length);
  expect(Math.min(...sizes)).toBe(1);
  expect(Math.max(...sizes)).toBeGreaterThan(150);
  const text = questions.map(({ policies }) => policies).join("\n");
  const words = [
    "if",
    " has ",
    " like ",
    " is ",
    " in [",
    "unless",
    "getTag",
    "isInRange",
    "offset",
    "toTime",
    "__proto__",
  ];
  for (const word of [...words, "-9223372036854775808", "9223372036854775807", "!!", "--", "🦀"]) {
    expect(text).toContain(word);
  }
  expect(questions.map(({ entities }) => entities).join("")).toContain('"__proto__":9223372036854775807');
});

it("makes questions that the reference takes, with both decisions and errors among its answers", async () => {
  const results: ReferenceResult[] = [];
  for (const question of draw(4, 12)) {
    const answers = await reference.ask(question);
    if (answers === "killed" || "refused" in answers) throw new Error(`not taken: ${JSON.stringify(answers)}`);
    expect(answers.results).toHaveLength(REQUESTS_PER_CASE);
    results.push(...answers.results);
  }
  const share = (is: (result: ReferenceResult) => boolean) => results.filter(is).length / results.length;
  expect(share((result) => "decision" in result && result.decision === "allow")).toBeGreaterThan(0.15);
  expect(share((result) => "decision" in result && result.decision === "deny")).toBeGreaterThan(0.15);
  expect(share((result) => "errors" in result && result.errors.length > 0)).toBeGreaterThan(0.1);
  expect(share((result) => "refused" in result)).toBeLessThan(0.2);
});
