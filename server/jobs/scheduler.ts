import type { Logger } from "@/server/platform/logger";

/** Something that the clock does. Runs of one job never overlap. */
export interface Job {
  readonly name: string;
  /** From the end of a run to the beginning of the next. */
  readonly everyMs: number;
  /** A long run looks at `isOver` now and then, and ends early when it is. */
  run(isOver: () => boolean): Promise<void>;
}

/** A job that keeps failing is tried less often, down to this. */
const SLOWEST_MS = 30_000;

/** Runs jobs on the clock until it is stopped. */
export class Scheduler {
  readonly #logger: Logger;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #running = new Map<string, Promise<void>>();
  #isStopped = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Begins at once, and goes on every `everyMs`. */
  start(jobs: readonly Job[]): void {
    for (const job of jobs) this.#wait(job, 0, 0);
  }

  /** Stops the clock and waits for runs that have begun. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#running.values());
  }

  #wait(job: Job, ms: number, failures: number): void {
    if (this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(job.name);
      const run = this.#run(job, failures).finally(() => this.#running.delete(job.name));
      this.#running.set(job.name, run);
    }, ms);
    this.#timers.set(job.name, timer);
  }

  async #run(job: Job, failedBefore: number): Promise<void> {
    let failures = 0;
    try {
      await job.run(() => this.#isStopped);
    } catch (error) {
      failures = failedBefore + 1;
      this.#logger.error({ err: error, job: job.name, failures }, "a job failed");
    }
    this.#wait(job, delayAfter(job.everyMs, failures), failures);
  }
}

/** How long to wait after a run: the interval, doubled with each failure in a row. */
export function delayAfter(everyMs: number, failures: number): number {
  return Math.max(everyMs, Math.min(SLOWEST_MS, everyMs * 2 ** Math.min(failures, 16)));
}
