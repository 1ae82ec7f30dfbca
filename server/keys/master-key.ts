import { chmodSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hashRaw } from "@node-rs/argon2";
import { MasterKeyMissing, MasterKeyWrong } from "./errors";

const PREFIX = "swarm-master-key-v1:";

/** Makes the key file with mode 0600 unless there is one already. Two processes that race agree on one file. */
export function makeKeyFile(file: string, key: Uint8Array, unique: string): void {
  const draft = `${file}.${unique}`;
  writeFileSync(draft, `${PREFIX}${Buffer.from(key).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
}

/**
 * Reads the master key file.
 *
 * @throws {MasterKeyMissing} when it is not there; @throws {MasterKeyWrong} when others may read it or it is no key.
 */
export function readKeyFile(file: string): Uint8Array {
  let text: string;
  try {
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new MasterKeyWrong(`the master key file ${file} can be read by others; set its mode to 0600`);
    }
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    if (error instanceof MasterKeyWrong) throw error;
    throw new MasterKeyMissing(
      `the master key file ${file} cannot be read; restore it, or name its place with SWARM_MASTER_KEY_FILE`,
    );
  }
  const key = Buffer.from(text.slice(PREFIX.length), "base64url");
  if (!text.startsWith(PREFIX) || key.length !== 32) {
    throw new MasterKeyWrong(`${file} is not a master key file of this console`);
  }
  return key;
}

/** The master key of a passphrase: argon2id (RFC 9106), 64 MiB, 3 passes. */
export async function keyOfPassphrase(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  return hashRaw(passphrase, {
    salt: Buffer.from(salt),
    outputLen: 32,
    memoryCost: 65_536,
    timeCost: 3,
    parallelism: 1,
  });
}
