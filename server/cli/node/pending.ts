import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, replaceFile } from "./files";

/**
 * The key of a renewal that was begun. It is on disk before the gateway hears of it: a renewal whose answer was lost
 * is asked for again with the same key, and gets the same answer. With another key it would look like a thief's.
 */
export interface PendingKey {
  /** Serial of the certificate that is being renewed. */
  readonly serial: string;
  readonly key: string;
}

const FOLDER = ".pending";

/** The key that was kept for renewing this certificate, if one was. */
export async function findPendingKey(dir: string, serial: string): Promise<string | undefined> {
  return readFile(fileOf(dir, serial), "utf8").catch(() => undefined);
}

/** Keeps a key before its first use, mode 0600. */
export async function keepPendingKey(dir: string, { serial, key }: PendingKey): Promise<void> {
  await makeFolder(join(dir, FOLDER));
  await replaceFile(fileOf(dir, serial), key, 0o600);
}

/** Forgets what was pending, once its certificate is in force. */
export async function dropPendingKeys(dir: string): Promise<void> {
  await rm(join(dir, FOLDER), { recursive: true, force: true });
}

/** OpenSSL leaves out the zeros that a serial begins with. */
function fileOf(dir: string, serial: string): string {
  return join(dir, FOLDER, `${serial.toLowerCase().padStart(32, "0")}.pem`);
}
