import type { SignatureCheck } from "./signature-checks";

/** Kinds of keys and digests as the verifier thread counts them. */
export const PACKED_CURVES = [null, "P-256", "P-384", "Ed25519"] as const;
export const PACKED_DIGESTS = [null, "sha256", "sha384", "sha512"] as const;

/**
 * Checks as two buffers that change threads without being copied: five numbers a check (curve, digest, and the lengths
 * of key, data and signature), and the bytes of all. Cloning them as objects costs more than half a signature each.
 */
export interface PackedChecks {
  readonly numbers: Int32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How many numbers stand for one check. */
export const NUMBERS_EACH = 5;

/** Packs checks for the verifier thread. */
export function pack(checks: readonly SignatureCheck[]): PackedChecks {
  const numbers = new Int32Array(checks.length * NUMBERS_EACH);
  let size = 0;
  checks.forEach(({ digest, key, data, signature }, index) => {
    const keyBytes = key.curve === null ? key.spki : key.point;
    const facts = [PACKED_CURVES.indexOf(key.curve), PACKED_DIGESTS.indexOf(digest)];
    numbers.set([...facts, keyBytes.length, data.length, signature.length], index * NUMBERS_EACH);
    size += keyBytes.length + data.length + signature.length;
  });
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const { key, data, signature } of checks) {
    for (const part of [key.curve === null ? key.spki : key.point, data, signature]) {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return { numbers, bytes };
}
