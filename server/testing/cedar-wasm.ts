import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const WORKER = fileURLToPath(new URL("./cedar-wasm-worker.mjs", import.meta.url));

/** What the reference implementation is asked, all of it as text. */
export interface Question {
  /** Named `policy0`, `policy1`, … in the order of their appearance. */
  readonly policies: string;
  /** In Cedar's own schema syntax; null for none. */
  readonly schema: string | null;
  /** JSON. */
  readonly entities: string;
  readonly requests: readonly AskedRequest[];
}

export interface AskedRequest {
  /** `{"principal":…,"action":…,"resource":…,"context":…}` */
  readonly json: string;
  /** Whether a request that the schema does not allow is refused. Nothing is, without a schema. */
  readonly validateRequest: boolean;
}

/** What it decided, with ids sorted; or why it did not take the request, or the entities, at all. */
export type ReferenceResult =
  | { readonly decision: "allow" | "deny"; readonly reason: readonly string[]; readonly errors: readonly string[] }
  | { readonly refused: string };

/** Policies to be validated by a schema, in strict mode. Policies are named as in a `Question`. */
export interface ValidationQuestion {
  readonly policies: string;
  readonly schema: string;
}

/** What its validator tells of; or why it did not take the policies, or the schema. */
export type ReferenceValidation =
  | { readonly errors: readonly ReferenceProblem[]; readonly warnings: readonly ReferenceProblem[] }
  | { readonly refused: string };

export interface ReferenceProblem {
  readonly policyId: string;
  readonly message: string;
}

/** A result for every request; or why it did not take the policies, or the schema. */
export type ReferenceAnswers = { readonly results: readonly ReferenceResult[] } | { readonly refused: string };

/**
 * The reference implementation, @cedar-policy/cedar-wasm, in a process that is killed when it takes too long or dies
 * of what it was asked. The next question starts another. Questions are answered in the order in which they are asked.
 */
export class CedarReference {
  #process: ChildProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** What it says; `killed` when it said nothing within the limit. */
  ask(question: Question, timeLimitMs = 60_000): Promise<ReferenceAnswers | "killed"> {
    return this.#send<ReferenceAnswers>(question, timeLimitMs);
  }

  /** What its validator says; `killed` when it said nothing within the limit. */
  validate(question: ValidationQuestion, timeLimitMs = 60_000): Promise<ReferenceValidation | "killed"> {
    return this.#send<ReferenceValidation>(question, timeLimitMs);
  }

  /** Ends its process. */
  close(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  #send<Answer>(question: Question | ValidationQuestion, timeLimitMs: number): Promise<Answer | "killed"> {
    const answer = this.#last.then(() => this.#ask<Answer>(question, timeLimitMs));
    this.#last = answer;
    return answer;
  }

  async #ask<Answer>(question: Question | ValidationQuestion, timeLimitMs: number): Promise<Answer | "killed"> {
    this.#process ??= fork(WORKER, { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeLimitMs);
    const worker = this.#process;
    const answered = once(worker, "message", { signal: limit.signal }).then(([answer]) => answer as Answer);
    const died = once(worker, "exit", { signal: limit.signal }).then(() => "killed" as const);
    worker.send(question);
    const answer = await Promise.race([answered, died]).catch(() => "killed" as const);
    clearTimeout(timer);
    limit.abort();
    await Promise.allSettled([answered, died]);
    if (answer === "killed") this.close();
    return answer;
  }
}
