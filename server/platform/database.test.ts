import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./database";

const home = resolve(import.meta.dirname, "../..");
const migrations = join(home, "drizzle/migrations");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "swarm-database-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the database", () => {
  it("is durable, checks foreign keys and has strict tables only", () => {
    const file = join(folder, "swarm.db");
    const database = openDatabase({ file, migrations });
    const rows = database.read
      .statement(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all() as { name: string; strict: number }[];
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => row.strict !== 1)).toEqual([]);
    expect(database.read.statement("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(() => database.read.statement("DELETE FROM teams").run()).toThrow(/readonly/);
    database.close();
  });

  it("writes with synchronous=FULL and foreign keys on", async () => {
    const database = openDatabase({ file: join(folder, "swarm.db"), migrations });
    const pragmas = await database.writer.write(async (tx) => [
      tx.statement("PRAGMA synchronous").get(),
      tx.statement("PRAGMA foreign_keys").get(),
    ]);
    expect(pragmas).toEqual([{ synchronous: 2 }, { foreign_keys: 1 }]);
    database.close();
  });

  it("is refused unchanged when newer code wrote it", () => {
    const file = join(folder, "swarm.db");
    openDatabase({ file, migrations }).close();
    const sqlite = new Sqlite(file);
    sqlite.prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 99999999999999)").run();
    const count = () => sqlite.prepare("SELECT count(*) FROM __drizzle_migrations").pluck().get();
    const before = count();
    expect(() => openDatabase({ file, migrations })).toThrow(/newer version/);
    expect(count()).toBe(before);
    sqlite.close();
  });

  it("tells when another connection has committed", async () => {
    const file = join(folder, "swarm.db");
    const one = openDatabase({ file, migrations });
    const other = openDatabase({ file, migrations });
    const before = one.dataVersion();
    expect(one.dataVersion()).toBe(before);
    await other.writer.write(async (tx) =>
      tx.statement("INSERT INTO teams (id, name, created_at) VALUES ('t', 't', 0)").run(),
    );
    expect(one.dataVersion()).not.toBe(before);
    one.close();
    other.close();
  });
});
