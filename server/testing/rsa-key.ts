import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { kept } from "./kept";

/** The RSA key of a size that tests use, for the search for primes takes up to seconds. */
export function rsaPair(bits: number): { privateKey: KeyObject; publicKey: KeyObject } {
  const privateKey = createPrivateKey(readFileSync(rsaKeyFile(bits)));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Where that key is kept, PKCS#8 PEM, for programs that read files. */
export function rsaKeyFile(bits: number, publicExponent = 65_537): string {
  return kept(`RSA key of ${bits} bits with exponent ${publicExponent}, PKCS#8 PEM`, () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: bits, publicExponent });
    return privateKey.export({ format: "pem", type: "pkcs8" });
  });
}
