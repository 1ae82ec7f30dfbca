import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DIST, ROOT } from "./paths.mjs";

/** What is bundled for Node.js: the name of the file in dist/, and where it begins. */
export const BUNDLES = {
  console: "server/console/main.ts",
  gateway: "server/gateway/main.ts",
  cli: "server/cli/main.ts",
};

/** What a bundle depends on. */
export const BUNDLE_SOURCES = [
  "server",
  "drizzle/schema",
  "tsconfig.json",
  "package-lock.json",
  "scripts/lib/bundle.mjs",
];

/**
 * esbuild's options for one entry: packages stay outside, and what is imported lazily is a file of its own, so that a
 * command loads what it needs and no more.
 *
 * @param {string} name
 * @param {string} entry
 * @param {string} [outdir]
 * @returns {import("esbuild").BuildOptions}
 */
export function bundleOptions(name, entry, outdir = DIST) {
  return {
    absWorkingDir: ROOT,
    entryPoints: { [name]: entry },
    outdir,
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "silent",
    write: false,
    tsconfig: join(ROOT, "tsconfig.json"),
  };
}

/**
 * Bundles one entry. Files appear whole: chunks first, each under a name of its contents, then the entry.
 *
 * @param {string} name
 * @param {string} entry
 * @param {string} [outdir]
 * @returns {Promise<string>} the file to run
 */
export async function bundle(name, entry, outdir = DIST) {
  const { build } = await import("esbuild");
  const { outputFiles = [] } = await build(bundleOptions(name, entry, outdir));
  writeWhole(outputFiles);
  return join(outdir, `${name}.mjs`);
}

/** @param {readonly import("esbuild").OutputFile[]} files */
export function writeWhole(files) {
  const isChunk = (/** @type {import("esbuild").OutputFile} */ file) => file.path.includes("/chunks/");
  for (const file of [...files.filter(isChunk), ...files.filter((file) => !isChunk(file))]) {
    mkdirSync(dirname(file.path), { recursive: true });
    const draft = `${file.path}.${process.pid}.tmp`;
    writeFileSync(draft, file.contents);
    renameSync(draft, file.path);
  }
}
