import { existsSync, statSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { readMigrationFiles } from "drizzle-orm/migrator";
import * as schema from "@/drizzle/schema";
import { WriteQueue } from "./write-queue";

type Drizzle = BetterSQLite3Database<typeof schema>;

/** A prepared statement, kept for the life of its connection. */
export type Statement = Sqlite.Statement<unknown[], unknown>;

/** What reading code may use: a connection that was opened read-only, or a transaction. */
export interface ReadDatabase extends Pick<Drizzle, "select" | "selectDistinct" | "query" | "$with" | "with"> {
  /** Prepares SQL once a connection; for hot paths. */
  statement(sql: string): Statement;
}

/** A writable transaction. Only `commit` hands one out. */
export interface Transaction extends ReadDatabase, Pick<Drizzle, "insert" | "update" | "delete"> {
  readonly isWritable: true;
}

/** The two connections over one SQLite file. */
export interface Database {
  readonly read: ReadDatabase;
  readonly writer: WriteQueue;
  /** A number that differs whenever another connection, of any process, has committed since it was last asked. */
  dataVersion(): number;
  /** Bytes of the database on disk, its log left out. */
  sizeBytes(): number;
  close(): void;
}

/** The file was written by newer code. Nothing was changed in it. */
export class DatabaseTooNew extends Error {
  override readonly name = "DatabaseTooNew";

  constructor(file: string) {
    super(
      `the database ${file} was written by a newer version of this console; start that version, or restore a backup`,
    );
  }
}

/** How to open a database. `file` may be `":memory:"` only for a writer without readers, so tests use files too. */
export interface OpenOptions {
  readonly file: string;
  /** The folder of generated migrations. */
  readonly migrations: string;
  /** False for connections of benchmarks that fill a database; true, durable, everywhere else. */
  readonly durable?: false;
}

/**
 * Opens the database: WAL, `synchronous=FULL`, foreign keys, migrations applied, one writer and one read-only connection.
 *
 * @throws {DatabaseTooNew} when the file knows migrations that this code does not.
 */
export function openDatabase({ file, migrations, durable }: OpenOptions): Database {
  const writing = connect(file, { readonly: false });
  writing.pragma("journal_mode = WAL");
  writing.pragma(`synchronous = ${durable === false ? "OFF" : "FULL"}`);
  writing.pragma("foreign_keys = ON");
  // Rows that INSERT OR REPLACE removes are deleted rows: the triggers that refuse it are asked.
  writing.pragma("recursive_triggers = ON");
  // 24 MB: when pages of an index were divided, a commit walks through all that the cache holds.
  writing.pragma("cache_size = -24576");
  // 64 MB: the pages of an index that are written again and again reach the database file once, not every few commits.
  writing.pragma("wal_autocheckpoint = 16384");
  applyMigrations(writing, migrations);

  const reading = connect(file, { readonly: true });
  reading.pragma("query_only = ON");
  const transaction: Transaction = Object.assign(withStatements(writing), { isWritable: true as const });

  return {
    read: withStatements(reading),
    writer: new WriteQueue(writing, transaction),
    dataVersion: () => Number(reading.pragma("data_version", { simple: true })),
    sizeBytes: () =>
      Number(reading.pragma("page_count", { simple: true })) * Number(reading.pragma("page_size", { simple: true })),
    close() {
      reading.close();
      writing.close();
    },
  };
}

/** Looks at a database as it is, before anything is opened for writing. Nothing to look at is not looked at. */
export async function peek(file: string, table: string, look: (db: ReadDatabase) => Promise<void>): Promise<void> {
  if (!existsSync(file) || statSync(file).size === 0) return;
  const sqlite = connect(file, { readonly: true });
  try {
    const exists = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table);
    if (exists) await look(withStatements(sqlite));
  } finally {
    sqlite.close();
  }
}

function connect(file: string, options: { readonly: boolean }): Sqlite.Database {
  const sqlite = new Sqlite(file, { ...options, timeout: 10_000 });
  sqlite.pragma("cache_size = -65536");
  sqlite.pragma("mmap_size = 1073741824");
  sqlite.pragma("temp_store = MEMORY");
  return sqlite;
}

function withStatements(sqlite: Sqlite.Database): Drizzle & { statement(sql: string): Statement } {
  const statements = new Map<string, Statement>();
  return Object.assign(drizzle(sqlite, { schema }), {
    statement(sql: string) {
      let statement = statements.get(sql);
      if (!statement) {
        statement = sqlite.prepare(sql);
        statements.set(sql, statement);
      }
      return statement;
    },
  });
}

/** Applies what is missing in one exclusive transaction, so that two processes that start together agree. */
function applyMigrations(sqlite: Sqlite.Database, folder: string): void {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  const newest = Math.max(...migrations.map((migration) => migration.folderMillis));
  sqlite.exec("BEGIN EXCLUSIVE");
  try {
    sqlite.exec(
      "CREATE TABLE IF NOT EXISTS __drizzle_migrations (id INTEGER PRIMARY KEY, hash TEXT NOT NULL, created_at INTEGER) STRICT",
    );
    const applied = Number(
      sqlite.prepare("SELECT coalesce(max(created_at), 0) FROM __drizzle_migrations").pluck().get(),
    );
    if (applied > newest) throw new DatabaseTooNew(sqlite.name);
    for (const migration of migrations.filter((each) => each.folderMillis > applied)) {
      for (const statement of migration.sql) sqlite.exec(statement);
      sqlite
        .prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)")
        .run(migration.hash, migration.folderMillis);
    }
    sqlite.exec("COMMIT");
  } catch (error) {
    sqlite.exec("ROLLBACK");
    sqlite.close();
    throw error;
  }
}

export type { WriteQueue };
