import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { listFiles, listHash } from "./fingerprint.mjs";
import { CODE, DIST, ROOT } from "./paths.mjs";
import { COLOUR, capture, seconds } from "./run.mjs";
import { runVitest } from "./runners.mjs";

/** Code beside the folders. oxlint given "." would read what it must not. */
const ROOT_CODE = [
  "proxy.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "vitest.config.ts",
  "playwright.config.ts",
  "drizzle.config.ts",
];

/** @typedef {{ name: string, passed: number, failed: number, output: string, failures?: string[] }} Result */

/**
 * The checks that need no build, the slowest first so that none waits for it. Each prints one line as it ends.
 *
 * @returns {Promise<Result[]>}
 */
export async function runChecks() {
  const lanes = [
    [unit, format],
    [types, lint, unused],
  ];
  return (await Promise.all(lanes.map(inOrder))).flat();
}

/** @returns {Promise<Result[]>} */
async function inOrder(/** @type {readonly (() => Promise<Result>)[]} */ checks) {
  const results = [];
  for (const check of checks) results.push(await check());
  return results;
}

const unit = () => told(() => runVitest("unit"));
const format = () => told(() => check("format", "biome", ["format", "."]));
const unused = () =>
  told(() => check("unused code", "knip", ["--no-progress", "--cache", "--cache-location", cacheFolder("knip")]));

function lint() {
  const paths = [...CODE, ...ROOT_CODE].filter((path) => existsSync(join(ROOT, path)));
  return told(() => check("lint", "oxlint", ["--type-aware", "--deny-warnings", ...paths]));
}

function types() {
  return told(async () => {
    const began = performance.now();
    const generated = await ensureRouteTypes();
    const result = generated ?? (await check("types", "tsc", ["--noEmit"]));
    return { ...result, ms: performance.now() - began };
  });
}

/** Next.js writes the types of routes; only a changed set of routes changes them. */
async function ensureRouteTypes() {
  const routes = listFiles(["app"]).filter((file) =>
    /\/(page|layout|route|template|loading|error|not-found)\.tsx?$/.test(file),
  );
  const stamp = listHash(routes, ["next.config.ts", "package-lock.json"]);
  const stampFile = join(DIST, "routes.stamp");
  const isThere = [stampFile, join(ROOT, "next-env.d.ts"), join(ROOT, ".next", "types")].every(existsSync);
  if (isThere && readFileSync(stampFile, "utf8") === stamp) return undefined;
  // Types of routes that are gone would not compile, and nothing else removes them.
  for (const stale of ["types", "dev/types"]) rmSync(join(ROOT, ".next", stale), { recursive: true, force: true });
  const generated = await check("types", "next", ["typegen"]);
  if (generated.failed > 0) return generated;
  mkdirSync(DIST, { recursive: true });
  writeFileSync(stampFile, stamp);
  return undefined;
}

async function check(/** @type {string} */ name, /** @type {string} */ command, /** @type {readonly string[]} */ args) {
  const { code, output, ms } = await capture(command, args, { env: COLOUR });
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output, ms };
}

/**
 * Prints one line about a result, and what it said when it failed.
 *
 * @param {() => Promise<Result & { ms: number }>} work
 */
export async function told(work) {
  const result = await work();
  const count = result.passed + result.failed > 1 ? `  ${result.passed} passed, ${result.failed} failed` : "";
  process.stdout.write(
    `${result.failed === 0 ? "ok  " : "FAIL"}  ${result.name.padEnd(12)} ${seconds(result.ms).padStart(7)}${count}\n`,
  );
  if (result.failed > 0) process.stdout.write(`${result.output.trimEnd()}\n`);
  return result;
}

/** The names of the benchmarks, or of another folder's modules. */
export function modulesIn(/** @type {string} */ folder) {
  const full = join(ROOT, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => name.slice(0, -3));
}
