// Asks the engine every question of a suite, and ends with 1 at the first answer that is not the one in the suite.
import { readFileSync } from "node:fs";
import { askEngine } from "./cedar-run";
import type { Question, ReferenceAnswers } from "./cedar-wasm";

/** A question, and what must come out; the words of refusals are not compared. */
export interface SuiteCase {
  readonly question: Question;
  readonly answers: ReferenceAnswers;
  /** Whether the engine comes to it by small changes, too. */
  readonly isGrown: boolean;
}

const suite = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as readonly SuiteCase[];
for (const { question, answers, isGrown } of suite) {
  compare(question, answers, "at once");
  if (isGrown) compare(question, answers, "grown");
}

function compare(question: Question, answers: ReferenceAnswers, how: "at once" | "grown"): void {
  const [wanted, got] = [answers, askEngine(question, how)].map(withoutWords);
  if (wanted === got) return;
  process.stdout.write(`${how}: wanted ${wanted}, got ${got}\n${question.policies}\n`);
  process.exit(1);
}

function withoutWords(answers: ReferenceAnswers): string {
  return JSON.stringify(answers, (key, value: unknown) => (key === "refused" ? "" : value));
}
