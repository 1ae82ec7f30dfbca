import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, mkdir, open, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** What a node keeps, all PEM: `cert` is the leaf and its intermediates, `chain` the intermediates, `ca` the anchors. */
export interface PairFiles {
  readonly key: string;
  readonly cert: string;
  readonly chain: string;
  readonly ca: string;
}

const NAMES = ["key", "cert", "chain", "ca"] as const;
const LIVE = ".live";
const SETS = ".sets";
/** The set in force and the one before, for processes that still have it open. */
const KEPT_SETS = 2;

/**
 * Reads the files of a node.
 *
 * @throws {Error} with code ENOENT when there are none.
 */
export async function readPair(dir: string): Promise<PairFiles> {
  const [key, cert, chain, ca] = await Promise.all(NAMES.map((name) => readFile(join(dir, `${name}.pem`), "utf8")));
  return { key: key ?? "", cert: cert ?? "", chain: chain ?? "", ca: ca ?? "" };
}

/** Whether a folder holds a key or certificate already. */
export async function holdsPair(dir: string): Promise<boolean> {
  const found = await Promise.all([exists(join(dir, "key.pem")), exists(join(dir, "cert.pem"))]);
  return found.includes(true);
}

/**
 * Replaces all files of a node at once. `key.pem` and the others are links through `.live`, which is a link to one
 * complete set; swapping that one link by rename is the only step that others see, so that a crash anywhere leaves a
 * key with its own certificate. Keys have mode 0600.
 */
export async function savePair(dir: string, files: PairFiles): Promise<void> {
  await makeFolder(join(dir, SETS));
  await adoptPlainFiles(dir);
  const set = await writeSet(dir, files);
  await pointLive(dir, set);
  await linkNames(dir);
  await dropOldSets(dir, set);
  await dropDrafts(dir);
}

/** Files that somebody put there by hand become the first set, so that replacing them is one step too. */
async function adoptPlainFiles(dir: string): Promise<void> {
  if (await exists(join(dir, LIVE))) return;
  const kept = await readPair(dir).catch(() => undefined);
  if (!kept) return;
  await pointLive(dir, await writeSet(dir, kept));
  await linkNames(dir);
}

async function writeSet(dir: string, files: PairFiles): Promise<string> {
  const name = `${Date.now().toString(36).padStart(9, "0")}-${randomBytes(6).toString("hex")}`;
  const set = join(dir, SETS, name);
  await mkdir(set, { mode: 0o700 });
  for (const file of NAMES) await writeDurably(join(set, `${file}.pem`), files[file], file === "key" ? 0o600 : 0o644);
  await syncFolder(set);
  await syncFolder(join(dir, SETS));
  return name;
}

async function pointLive(dir: string, set: string): Promise<void> {
  await replaceLink(join(dir, LIVE), join(SETS, set));
  await syncFolder(dir);
}

async function linkNames(dir: string): Promise<void> {
  for (const name of NAMES) {
    const link = join(dir, `${name}.pem`);
    const target = join(LIVE, `${name}.pem`);
    if ((await readlink(link).catch(() => "")) !== target) await replaceLink(link, target);
  }
  await syncFolder(dir);
}

async function dropOldSets(dir: string, current: string): Promise<void> {
  const older = (await readdir(join(dir, SETS))).filter((name) => name !== current).sort();
  for (const name of older.slice(0, Math.max(0, older.length - (KEPT_SETS - 1)))) {
    await rm(join(dir, SETS, name), { recursive: true, force: true });
  }
}

/** Links that a process had begun when it was killed. */
async function dropDrafts(dir: string): Promise<void> {
  const drafts = (await readdir(dir)).filter((name) => /^(\.live|(key|cert|chain|ca)\.pem)\.[0-9a-f]{12}$/.test(name));
  for (const name of drafts) await rm(join(dir, name), { force: true });
}

async function replaceLink(link: string, target: string): Promise<void> {
  const fresh = `${link}.${randomBytes(6).toString("hex")}`;
  await symlink(target, fresh);
  await rename(fresh, link);
}

/** Writes a whole file beside its place and renames it there, on disk before it returns. */
export async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  const fresh = join(path, "..", `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    await writeDurably(fresh, content, mode);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  await syncFolder(join(path, ".."));
}

async function writeDurably(path: string, content: string, mode: number): Promise<void> {
  const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Whether something is at a path, a dangling link too. */
export function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Whether this process may write in a folder, which is made when it is not there. */
export async function assertWritable(dir: string): Promise<void> {
  await makeFolder(dir);
  await access(dir, constants.W_OK);
}

/**
 * Makes a folder and those above it, mode 0700. Node's own `recursive` never ends where the system answers "no such
 * file" for a folder whose parent is there, as /proc does.
 */
export async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || (await exists(dirname(dir)))) throw error;
    await makeFolder(dirname(dir));
    await mkdir(dir, { mode: 0o700 });
  }
}
