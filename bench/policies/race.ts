import { median } from "../lib/measure";
import type { Contender } from "./contenders/contender";

const ROUNDS = 9;

/** Each engine answers for so long in each round, and every request at least once. */
const ROUND_MS = 60;

/**
 * Asks every engine the same requests, in turns. Answers what one decision takes of each, µs: the median of the rounds.
 * @throws when they do not decide alike
 */
export function race(contenders: readonly Contender[], requests: number): Map<string, number> {
  const allowed = decisionsOf(contenders, requests);
  const passes = contenders.map((contender) => {
    const once = timeOfPasses(contender, requests, 2, allowed) / 2;
    const count = Math.max(1, Math.ceil(ROUND_MS / once));
    // Twice, for what is compiled while it runs gets faster.
    for (let warming = 0; warming < 2; warming += 1) timeOfPasses(contender, requests, count, allowed);
    return Math.max(count, Math.ceil((ROUND_MS * count) / timeOfPasses(contender, requests, count, allowed)));
  });
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    contenders.forEach((contender, at) => {
      const count = passes[at] ?? 1;
      times[at]?.push((timeOfPasses(contender, requests, count, allowed) / count / requests) * 1_000);
    });
  }
  return new Map(contenders.map(({ name }, at) => [name, median(times[at] ?? [])]));
}

/** How many requests are allowed: by all engines, or by none. */
function decisionsOf(contenders: readonly Contender[], requests: number): number {
  let allowed = 0;
  for (let n = 0; n < requests; n += 1) {
    const answers = contenders.map((contender) => contender.ask(n));
    if (new Set(answers).size > 1) {
      throw new Error(
        `request ${n}: ${contenders.map(({ name }, at) => `${name} ${answers[at] ? "allows" : "denies"}`).join(", ")}`,
      );
    }
    if (answers[0]) allowed += 1;
  }
  if (allowed < requests * 0.1 || allowed > requests * 0.9) throw new Error(`${allowed} of ${requests} are allowed`);
  return allowed;
}

/** How long an engine takes to answer every request so many times, ms. */
function timeOfPasses({ name, ask }: Contender, requests: number, passes: number, allowed: number): number {
  let found = 0;
  const start = performance.now();
  for (let pass = 0; pass < passes; pass += 1) for (let n = 0; n < requests; n += 1) if (ask(n)) found += 1;
  const took = performance.now() - start;
  if (found !== allowed * passes) throw new Error(`${name} does not always answer the same`);
  return took;
}
