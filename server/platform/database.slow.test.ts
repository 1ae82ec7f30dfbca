import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { build } from "esbuild";
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
  it("keeps every write that was answered when the process is killed", async () => {
    const file = join(folder, "swarm.db");
    openDatabase({ file, migrations }).close();
    const script = join(home, "node_modules", ".cache", `writer-${process.pid}.mjs`);
    await build({
      stdin: { contents: WRITER, resolveDir: home, loader: "ts" },
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
    });
    for (let round = 0; round < 3; round++) {
      const answered = await answeredBeforeKill(script, file, round);
      const sqlite = new Sqlite(file, { readonly: true });
      const kept = new Set(sqlite.prepare("SELECT id FROM teams").pluck().all());
      sqlite.close();
      expect(answered.length).toBeGreaterThan(0);
      expect(answered.filter((id) => !kept.has(id))).toEqual([]);
    }
    rmSync(script);
  });
});

const WRITER = `
  import { openDatabase } from "./server/platform/database";
  const [file, migrations, round] = process.argv.slice(2);
  const { writer } = openDatabase({ file, migrations });
  for (let batch = 0; ; batch++) {
    await Promise.all(Array.from({ length: 8 }, async (_, index) => {
      const id = [round, batch, index].join("-");
      await writer.write(async (tx) => tx.statement("INSERT INTO teams (id, name, created_at) VALUES (?, ?, 0)").run(id, id));
      process.stdout.write(id + "\\n");
    }));
  }`;

function answeredBeforeKill(script: string, file: string, round: number): Promise<string[]> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script, file, migrations, String(round)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (piece: Buffer) => {
      text += piece;
      if (text.split("\n").length > 50) child.kill("SIGKILL");
    });
    child.on("error", fail);
    child.on("exit", () => done(text.split("\n").slice(0, -1)));
  });
}
