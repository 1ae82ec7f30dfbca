import { existsSync } from "node:fs";
import { join } from "node:path";
import { BUNDLE_SOURCES, BUNDLES, bundle } from "./bundle.mjs";
import { isFresh, stampOf, writeStamp } from "./fingerprint.mjs";
import { withLock } from "./lock.mjs";
import { DIST, ROOT } from "./paths.mjs";
import { CommandFailed, messageOf, seconds, show } from "./run.mjs";

const WEB_SOURCES = [
  "app",
  "components",
  "server",
  "drizzle/schema",
  "public",
  "proxy.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const WEB_STAMP = join(DIST, "web.stamp.json");

/** A place where nothing can be: a build that opens data, and would make a database and a key, fails. */
const NO_DATA = "/dev/null/a-build-opens-no-data";

const stampOfBundle = (/** @type {string} */ name) => join(DIST, `${name}.stamp.json`);

/**
 * Builds what is stale: the screens by Next.js, and a bundle for each process and the terminal.
 *
 * @param {{ isForced?: boolean }} [options]
 */
export async function ensureBuilt({ isForced = false } = {}) {
  if (!isForced && isWebFresh() && Object.keys(BUNDLES).every(isBundleFresh)) return;
  await withLock("build", async () => {
    if (isForced || !isWebFresh()) await buildWeb();
    for (const [name, entry] of Object.entries(BUNDLES)) {
      if (isForced || !isBundleFresh(name)) await buildBundle(name, entry);
    }
  });
}

/** Bundles the terminal alone when it is stale, silently. Answers the file to load. */
export async function ensureTerminal() {
  if (!isBundleFresh("cli")) await withLock("cli", () => buildBundle("cli", BUNDLES.cli));
  return join(DIST, "cli.mjs");
}

function isWebFresh() {
  return existsSync(join(ROOT, ".next", "BUILD_ID")) && isFresh(WEB_STAMP, WEB_SOURCES);
}

function isBundleFresh(/** @type {string} */ name) {
  return existsSync(join(DIST, `${name}.mjs`)) && isFresh(stampOfBundle(name), BUNDLE_SOURCES);
}

async function buildWeb() {
  process.stderr.write("Building the screens …\n");
  const began = performance.now();
  const stamp = stampOf(WEB_SOURCES);
  const code = await show("next", ["build"], { env: { NODE_ENV: "production", SWARM_DATA_DIR: NO_DATA } });
  if (code !== 0) throw new CommandFailed("next build did not succeed; what it said is above");
  writeStamp(WEB_STAMP, stamp);
  process.stderr.write(`Built the screens in ${seconds(performance.now() - began)}\n`);
}

async function buildBundle(/** @type {string} */ name, /** @type {string} */ entry) {
  const stamp = stampOf(BUNDLE_SOURCES);
  try {
    await bundle(name, entry);
  } catch (error) {
    throw new CommandFailed(`${entry} could not be bundled: ${messageOf(error)}`);
  }
  writeStamp(stampOfBundle(name), stamp);
}
