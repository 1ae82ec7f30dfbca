import type { KeyObject } from "node:crypto";
import type { SignatureJob } from "./signature-checks";

/** Kinds of keys and digests as the second thread counts them. */
export const PACKED_CURVES = [null, "P-256", "P-384", "Ed25519"] as const;
export const PACKED_DIGESTS = [null, "sha256", "sha384", "sha512"] as const;

/** How long an uncompressed point is (SEC 1, 2.3.3). Nothing else is taken: the point at infinity is one octet. */
export const POINT_OCTETS = { "P-256": 65, "P-384": 97 } as const;

/**
 * Jobs as two buffers that change threads without being copied, and the keys to sign with. Eight numbers a job (curve and
 * digest of the check, the lengths of its key, data and signature; which key signs, from 1, or 0; digest and length of
 * what is signed), and the bytes of all. Cloning them as objects costs more than half a signature each.
 */
export interface PackedJobs {
  readonly numbers: Int32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly signers: readonly KeyObject[];
}

/** How many numbers stand for one job. */
export const NUMBERS_EACH = 8;

/** Packs jobs for the second thread. */
export function pack(jobs: readonly SignatureJob[]): PackedJobs {
  const numbers = new Int32Array(jobs.length * NUMBERS_EACH);
  const signers: KeyObject[] = [];
  const parts: Uint8Array[] = [];
  let size = 0;
  let next = 0;
  for (const { check, signing } of jobs) {
    const key = check.key.curve === null ? check.key.spki : check.key.point;
    numbers[next++] = PACKED_CURVES.indexOf(check.key.curve);
    numbers[next++] = PACKED_DIGESTS.indexOf(check.digest);
    for (const part of [key, check.data, check.signature]) {
      numbers[next++] = part.length;
      parts.push(part);
      size += part.length;
    }
    numbers[next++] = signing ? placeOf(signers, signing.key) : 0;
    numbers[next++] = signing ? PACKED_DIGESTS.indexOf(signing.digest) : 0;
    numbers[next++] = signing ? signing.data.length : 0;
    if (!signing) continue;
    parts.push(signing.data);
    size += signing.data.length;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { numbers, bytes, signers };
}

function placeOf(signers: KeyObject[], key: KeyObject): number {
  const known = signers.indexOf(key);
  return known < 0 ? signers.push(key) : known + 1;
}
