import { randomBytes, randomFillSync } from "node:crypto";

const pool = Buffer.allocUnsafeSlow(4096);
let used = pool.length;

/**
 * Cryptographically secure random bytes. Small requests are cut from a pool that is filled at once, because asking
 * OpenSSL costs about the same for 16 bytes as for 4,096; what was handed out is wiped from it.
 */
export function secureRandom(bytes: number): Uint8Array {
  if (bytes > 256) return randomBytes(bytes);
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const taken = new Uint8Array(bytes);
  taken.set(pool.subarray(used, used + bytes));
  pool.fill(0, used, used + bytes);
  used += bytes;
  return taken;
}
