import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./paths.mjs";

/**
 * What was made from which sources. `quick` covers names, sizes and times, `content` the bytes: a fresh checkout or a
 * touched file costs one reading, not one build.
 *
 * @typedef {{ quick: string, content: string }} Stamp
 */

const NOT_SOURCES = /\.test\.tsx?$|^\./;

/**
 * Whether what `stampFile` stands for was made from these sources as they are now.
 *
 * @param {string} stampFile
 * @param {readonly string[]} sources files and folders, relative to the checkout
 */
export function isFresh(stampFile, sources) {
  const stamp = readStamp(stampFile);
  if (!stamp) return false;
  const files = listFiles(sources);
  const quick = quickHash(files);
  if (stamp.quick === quick) return true;
  const content = contentHash(files);
  if (stamp.content !== content) return false;
  writeStamp(stampFile, { quick, content });
  return true;
}

/**
 * The stamp of these sources. Take it before building: what changes meanwhile makes the build stale.
 *
 * @param {readonly string[]} sources
 * @returns {Stamp}
 */
export function stampOf(sources) {
  const files = listFiles(sources);
  return { quick: quickHash(files), content: contentHash(files) };
}

/** @param {string} stampFile @param {Stamp} stamp */
export function writeStamp(stampFile, stamp) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify(stamp));
}

/** @returns {Stamp | undefined} */
function readStamp(/** @type {string} */ stampFile) {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * A hash of which files there are, and of what some others hold: it changes when a file comes, goes or gets another
 * name, and not when one is edited.
 *
 * @param {readonly string[]} names
 * @param {readonly string[]} contents
 */
export function listHash(names, contents) {
  return createHash("sha256").update(names.join("\0")).update(contentHash(contents)).digest("hex");
}

/** @returns {string[]} relative paths, sorted */
export function listFiles(/** @type {readonly string[]} */ sources) {
  /** @type {string[]} */
  const files = [];
  const visit = (/** @type {string} */ path) => {
    const full = join(ROOT, path);
    if (!existsSync(full)) return;
    if (!statSync(full).isDirectory()) {
      files.push(path);
      return;
    }
    for (const entry of readdirSync(full, { withFileTypes: true })) {
      if (!NOT_SOURCES.test(entry.name)) visit(`${path}/${entry.name}`);
    }
  };
  for (const source of sources) visit(source);
  return files.sort();
}

function quickHash(/** @type {readonly string[]} */ files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(ROOT, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function contentHash(/** @type {readonly string[]} */ files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update("\0");
  }
  return hash.digest("hex");
}
