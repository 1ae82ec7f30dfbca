// Generates the next migration from drizzle/schema and makes its tables strict, which drizzle-kit cannot say itself.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = "drizzle/migrations";
const before = new Set(list());
const run = spawnSync("npx", ["drizzle-kit", "generate", ...process.argv.slice(2)], { stdio: "inherit" });
if (run.status !== 0) process.exit(run.status ?? 1);

for (const name of list()) {
  if (before.has(name)) continue;
  const file = `${folder}/${name}`;
  const sql = readFileSync(file, "utf8");
  const strict = sql.replace(/(CREATE TABLE [\s\S]*?\n\));/g, "$1 STRICT;");
  writeFileSync(file, strict);
}

function list() {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".sql"));
  } catch {
    return [];
  }
}
