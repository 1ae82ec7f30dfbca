import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "./paths.mjs";
import { CommandFailed } from "./run.mjs";

/** Where the database is, by the same rule as server/platform/env.ts. */
export function databaseFile() {
  return join(resolve(ROOT, process.env.SWARM_DATA_DIR || "./data"), "swarm.db");
}

/**
 * The environment that carries the master passphrase to the processes: asked for, without echo, when the data is sealed
 * with one, or when a new installation is to be.
 *
 * @param {{ isWanted: boolean }} options
 * @returns {Promise<Record<string, string>>}
 */
export async function passphraseEnvironment({ isWanted }) {
  if (process.env.SWARM_MASTER_PASSPHRASE) return {};
  const file = databaseFile();
  if (!existsSync(file)) {
    if (!isWanted) return {};
    const chosen = await ask("Choose the master passphrase: ");
    if (chosen.length < 12) throw new CommandFailed("the master passphrase needs at least 12 characters");
    if ((await ask("The same once more: ")) !== chosen) throw new CommandFailed("the two passphrases differ");
    return { SWARM_MASTER_PASSPHRASE: chosen };
  }
  if (!(await isSealedWithPassphrase(file)) || !process.stdin.isTTY) return {};
  return { SWARM_MASTER_PASSPHRASE: await ask("Master passphrase: ") };
}

async function isSealedWithPassphrase(/** @type {string} */ file) {
  const { default: Sqlite } = await import("better-sqlite3");
  const database = new Sqlite(file, { readonly: true });
  try {
    return database.prepare("SELECT 1 FROM data_keys WHERE wrapped_by = 'passphrase' LIMIT 1").get() !== undefined;
  } catch {
    // A database without that table has no keys yet.
    return false;
  } finally {
    database.close();
  }
}

/** @returns {Promise<string>} */
function ask(/** @type {string} */ question) {
  const { stdin, stderr } = process;
  if (!stdin.isTTY)
    throw new CommandFailed("a passphrase can only be asked for in a terminal; set SWARM_MASTER_PASSPHRASE");
  stdin.setRawMode(true);
  stderr.write(question);
  stdin.resume();
  stdin.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let typed = "";
    const finish = (/** @type {() => void} */ settle) => {
      stdin.off("data", read);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
      settle();
    };
    const read = (/** @type {string} */ text) => {
      for (const character of text) {
        if (character === "\r" || character === "\n") return finish(() => resolve(typed));
        if (character === "\u0003" || character === "\u0004")
          return finish(() => reject(new CommandFailed("nothing was started")));
        typed =
          character === "\u007f" || character === "\b" ? Array.from(typed).slice(0, -1).join("") : typed + character;
      }
    };
    stdin.on("data", read);
  });
}
