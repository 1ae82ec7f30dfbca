import type Sqlite from "better-sqlite3";
import type { Transaction } from "./database";

/** A writer waited for something slow inside its transaction; its changes were undone. A bug, not an answer. */
export class SlowWrite extends Error {
  override readonly name = "SlowWrite";

  constructor() {
    super("a write waited for more than the database: do slow work before commit");
  }
}

/** Writes that wait together are committed together: one fsync for up to this many, a savepoint each. */
const GROUP = 64;

interface Job {
  run(tx: Transaction): Promise<unknown>;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/**
 * The one writer of a process. Jobs run one after the other in the order they came; those that are waiting when a
 * transaction begins share it. A job's promise settles after the transaction is on disk.
 */
export class WriteQueue {
  readonly #sqlite: Sqlite.Database;
  readonly #tx: Transaction;
  readonly #savepoint: Sqlite.Statement;
  readonly #release: Sqlite.Statement;
  #waiting: Job[] = [];
  #draining = false;

  constructor(sqlite: Sqlite.Database, tx: Transaction) {
    this.#sqlite = sqlite;
    this.#tx = tx;
    this.#savepoint = sqlite.prepare("SAVEPOINT job");
    this.#release = sqlite.prepare("RELEASE job");
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
      await this.#commitTogether(this.#waiting.splice(0, GROUP));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.#draining = false;
  }

  async #commitTogether(jobs: readonly Job[]): Promise<void> {
    const settled: (() => void)[] = [];
    try {
      this.#sqlite.exec("BEGIN IMMEDIATE");
      for (const job of jobs) settled.push(await this.#runInSavepoint(job));
      this.#sqlite.exec("COMMIT");
    } catch (error) {
      if (this.#sqlite.inTransaction) this.#sqlite.exec("ROLLBACK");
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const settle of settled) settle();
  }

  async #runInSavepoint(job: Job): Promise<() => void> {
    this.#savepoint.run();
    const lease = leaseOf(this.#tx);
    try {
      const value = await withoutWaiting(job.run(lease.tx));
      this.#release.run();
      return () => job.resolve(value);
    } catch (error) {
      this.#sqlite.exec("ROLLBACK TO job");
      this.#release.run();
      return () => job.reject(error);
    } finally {
      lease.end();
    }
  }
}

/** A transaction that one job may use until it ends, so that a job which ran on cannot write into another's savepoint. */
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

/** Everything that a write may await settles in microtasks. Whatever reaches the event loop was waiting for more. */
function withoutWaiting<T>(work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const watch = setImmediate(() => reject(new SlowWrite()));
    work.then(resolve, reject).finally(() => clearImmediate(watch));
  });
}
