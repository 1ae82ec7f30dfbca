import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { listFiles, listHash } from "./fingerprint.mjs";
import { CODE, ROOT } from "./paths.mjs";

const CACHES = join(ROOT, "node_modules", ".cache", "swarm-tools");
const CONFIGURATION = ["package-lock.json", "tsconfig.json", "vitest.config.ts", "knip.json"];
const DAY_MS = 86_400_000;

/**
 * Where a tool keeps what it knows of the sources from one run to the next. Tools remember where an import leads, so
 * each list of files has a folder of its own; folders that nobody used for a day are removed.
 *
 * @param {string} tool
 * @param {{ caches?: string, files?: readonly string[] }} [options]
 */
export function cacheFolder(tool, { caches = CACHES, files = listFiles(CODE) } = {}) {
  const own = join(caches, listHash(files, CONFIGURATION).slice(0, 16));
  mkdirSync(join(own, tool), { recursive: true });
  const now = new Date();
  utimesSync(own, now, now);
  for (const name of readdirSync(caches)) {
    const other = join(caches, name);
    const used = statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (now.getTime() - used > DAY_MS) rmSync(other, { recursive: true, force: true });
  }
  return join(own, tool);
}
