import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve(import.meta.dirname, "../../node_modules/.cache/swarm-test-keys");

/**
 * The RSA key of a size that tests use: made once in a checkout and kept, because the search for primes takes up to
 * seconds, and hardly a test is about it.
 */
export function rsaPair(bits: number): { privateKey: KeyObject; publicKey: KeyObject } {
  const privateKey = createPrivateKey(readFileSync(rsaKeyFile(bits)));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Where that key is kept, PKCS#8 PEM, for programs that read files. */
export function rsaKeyFile(bits: number, publicExponent = 65_537): string {
  const file = join(FOLDER, `rsa-${bits}-${publicExponent}.pem`);
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true });
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: bits, publicExponent });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  renameSync(draft, file);
  return file;
}
