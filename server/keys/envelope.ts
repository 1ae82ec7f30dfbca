import { createCipheriv, createDecipheriv } from "node:crypto";

const NONCE = 12;
const TAG = 16;

/** A 256-bit key with the number under which sealed values name it. */
export interface DataKey {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/**
 * Seals with AES-256-GCM (NIST SP 800-38D): version (1) ‖ data key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
 * The label and everything before the nonce are authenticated, so that a sealed value only opens where it was made for.
 */
export function sealWith(key: DataKey, nonce: Uint8Array, label: string, secret: Uint8Array): Buffer {
  const head = headOf(key.id);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.concat([head, Buffer.from(label)]));
  return Buffer.concat([head, nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealWith` made. Undefined when the key, the label or a byte differs. */
export function openWith(key: DataKey, label: string, sealed: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (dataKeyIdOf(bytes) !== key.id) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(5, 5 + NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.concat([headOf(key.id), Buffer.from(label)]));
  decipher.setAuthTag(bytes.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(5 + NONCE, -TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The data key that a sealed value names; undefined when it is not one of ours. */
export function dataKeyIdOf(sealed: Uint8Array): number | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  return bytes.length >= 5 + NONCE + TAG && bytes[0] === 1 ? bytes.readUInt32BE(1) : undefined;
}

function headOf(id: number): Buffer {
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeUInt32BE(id, 1);
  return head;
}
