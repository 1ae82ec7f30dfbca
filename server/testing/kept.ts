import { createHash, randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve(import.meta.dirname, "../../node_modules/.cache/swarm-tests");

/**
 * A file that takes long to make and that no test is about: made once in a checkout and kept for every later run. What
 * it is made from is its name, so that whoever changes that gets another file.
 */
export function kept(name: string, make: () => Uint8Array | string): string {
  const file = join(FOLDER, createHash("sha256").update(name).digest("hex").slice(0, 32));
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, make(), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    // Whoever was first is right, for others may have read it already.
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
  return file;
}
