import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync } from "node:fs";
import type { Actor } from "@/server/kernel/context";
import { openRuntime } from "@/server/platform/composition";
import type { Settings } from "@/server/platform/env";
import { CommandFailed, type Installation } from "../terminal";

/**
 * Makes a data directory under another clock. The database gets its name when the work is done and on disk: an example
 * that was interrupted is no installation, and the next attempt begins anew.
 *
 * @throws {CommandFailed} when there is a database already.
 */
export async function makeInstallation<T>(
  settings: Settings,
  { operator, now }: { readonly operator: Actor; now(): Date },
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  if (existsSync(settings.databaseFile)) throw notEmpty(settings);
  const draft = `${settings.databaseFile}.draft`;
  removeDatabase(draft);
  try {
    const runtime = await openRuntime({ ...settings, databaseFile: draft }, "terminal", { now, durable: false });
    let made: T;
    try {
      made = await work({ operator, contextFor: runtime.contextFor });
    } finally {
      runtime.close();
    }
    keep(draft, settings);
    return made;
  } finally {
    removeDatabase(draft);
  }
}

function keep(draft: string, settings: Settings): void {
  if (existsSync(`${draft}-wal`)) throw new Error("the database was not closed");
  sync(draft);
  try {
    linkSync(draft, settings.databaseFile);
  } catch (error) {
    throw existsSync(settings.databaseFile) ? notEmpty(settings) : error;
  }
  sync(settings.dataDir);
}

/** Waits until a file, or the names in a folder, are on disk. */
function sync(path: string): void {
  const descriptor = openSync(path, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function removeDatabase(file: string): void {
  for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
}

function notEmpty({ dataDir }: Settings): CommandFailed {
  return new CommandFailed(
    "demo.not_empty",
    `${dataDir} holds an installation already; name an empty folder with SWARM_DATA_DIR`,
  );
}
