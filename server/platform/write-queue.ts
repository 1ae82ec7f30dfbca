import type Sqlite from "better-sqlite3";
import type { Transaction } from "./database";
import { forgetDecidingStates } from "./deciding-state";
import { areSignaturesUnderWay } from "./signature-checks";

/** A writer waited for something slow inside its transaction; its changes were undone. A bug, not an answer. */
export class SlowWrite extends Error {
  override readonly name = "SlowWrite";

  constructor() {
    super("a write waited for more than the database: do slow work before commit");
  }
}

/** Writes that wait together are committed together: one fsync for up to this many. */
const GROUP = 64;

/** Fewer wait a moment for those whose signatures are just being made: a trip to the disk costs as much as ten writes. */
const WORTH_A_TRIP = 16;
const LONGEST_WAIT_MS = 3;

interface Job {
  run(tx: Transaction): Promise<unknown>;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/** A job that threw, and everything its group had done was undone. */
interface Failure {
  readonly at: number;
  readonly reason: unknown;
}

/**
 * The one writer of a process. Jobs run one after the other in the order they came; those that are waiting when a
 * transaction begins share it. A job's promise settles after the transaction is on disk. A job may run more than once:
 * when another of its group throws, all of them are undone and the others run again.
 */
export class WriteQueue {
  readonly #sqlite: Sqlite.Database;
  readonly #tx: Transaction;
  #waiting: Job[] = [];
  #draining = false;

  constructor(sqlite: Sqlite.Database, tx: Transaction) {
    this.#sqlite = sqlite;
    this.#tx = tx;
  }

  /** Runs `job` in a transaction of its own; what it throws undoes its changes and nobody else's. */
  write<T>(job: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run: job, resolve: (value) => resolve(value as T), reject });
      if (this.#draining) return;
      this.#draining = true;
      setImmediate(() => void this.#drain());
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      await this.#commitInOrder(this.#waiting.splice(0, GROUP));
      await turn();
    }
    this.#draining = false;
  }

  async #gather(): Promise<void> {
    const latest = performance.now() + LONGEST_WAIT_MS;
    while (this.#waiting.length < WORTH_A_TRIP && areSignaturesUnderWay() && performance.now() < latest) await turn();
  }

  /** A job that throws is tried once more in its place with nobody beside it: only then is it at fault for sure. */
  async #commitInOrder(jobs: readonly Job[]): Promise<void> {
    const failure = await this.#commitTogether(jobs);
    if (!failure) return;
    if (jobs.length === 1) return jobs[0]?.reject(failure.reason);
    const { at } = failure;
    for (const part of [jobs.slice(0, at), jobs.slice(at, at + 1), jobs.slice(at + 1)]) {
      if (part.length > 0) await this.#commitInOrder(part);
    }
  }

  async #commitTogether(jobs: readonly Job[]): Promise<Failure | null> {
    try {
      this.#sqlite.exec("BEGIN IMMEDIATE");
      const done = await this.#runAll(jobs);
      if ("reason" in done) {
        this.#undo();
        return done;
      }
      this.#sqlite.exec("COMMIT");
      forgetDecidingStates();
      jobs.forEach((job, index) => job.resolve(done.values[index]));
    } catch (error) {
      this.#undo();
      for (const job of jobs) job.reject(error);
    }
    return null;
  }

  #undo(): void {
    if (this.#sqlite.inTransaction) this.#sqlite.exec("ROLLBACK");
  }

  /** Everything that a write may await settles in microtasks. Whatever reaches the event loop was waiting for more. */
  async #runAll(jobs: readonly Job[]): Promise<{ values: unknown[] } | Failure> {
    const values: unknown[] = [];
    let stop: (reason: SlowWrite) => void = () => {};
    const watch = setImmediate(() => stop(new SlowWrite()));
    try {
      for (const job of jobs) {
        const lease = leaseOf(this.#tx);
        try {
          const value = await new Promise((resolve, reject) => {
            stop = reject;
            job.run(lease.tx).then(resolve, reject);
          });
          values.push(value);
        } finally {
          lease.end();
        }
      }
      return { values };
    } catch (reason) {
      return { at: values.length, reason };
    } finally {
      clearImmediate(watch);
    }
  }
}

/** One turn of the event loop: what has arrived meanwhile is read. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A transaction that one job may use until it ends, so that a job which ran on cannot write into another's. */
function leaseOf(tx: Transaction): { tx: Transaction; end(): void } {
  let isOpen = true;
  const open = (): Transaction => {
    if (!isOpen) throw new SlowWrite();
    return tx;
  };
  return {
    tx: Object.assign(Object.create(tx) as Transaction, {
      insert: ((table) => open().insert(table)) as Transaction["insert"],
      update: ((table) => open().update(table)) as Transaction["update"],
      delete: ((table) => open().delete(table)) as Transaction["delete"],
      statement: (sql: string) => open().statement(sql),
    }),
    end() {
      isOpen = false;
    },
  };
}
