import { existsSync } from "node:fs";
import { join } from "node:path";
import { isFresh, stampOf, writeStamp } from "./fingerprint.mjs";
import { withLock } from "./lock.mjs";
import { ROOT } from "./paths.mjs";
import { CommandFailed, show } from "./run.mjs";

const STAMP = join(ROOT, "node_modules", ".swarm-stamp.json");
const SOURCES = ["package.json", "package-lock.json"];

/**
 * Installs the packages when they are missing or the lock file changed. What npm says goes to stderr.
 *
 * @throws {CommandFailed} when npm could not
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await withLock("install", async () => {
    if (isInstalled()) return;
    process.stderr.write("Installing packages …\n");
    const args = ["install", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];
    const code = await show("npm", args);
    if (code !== 0) throw new CommandFailed("npm install did not succeed; what it said is above");
    writeStamp(STAMP, stampOf(SOURCES));
  });
}

function isInstalled() {
  return existsSync(join(ROOT, "node_modules", "next")) && isFresh(STAMP, SOURCES);
}
