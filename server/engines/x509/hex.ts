import { EncodingError } from "./errors";

const digits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal of the octets. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index++) text += digits[bytes[index] ?? 0];
  return text;
}

/** The octets of a hexadecimal text of either case. @throws EncodingError when it is not hexadecimal. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) throw new EncodingError("not a hexadecimal text");
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** A serial number's octets as lower-case hexadecimal, 32 characters or more (RFC 5280 section 4.1.2.2). */
export function serialToHex(serial: Uint8Array): string {
  let start = 0;
  while (start < serial.length - 16 && serial[start] === 0) start++;
  return toHex(serial.subarray(start)).padStart(32, "0");
}

/** The octets of a serial number of up to 40 hexadecimal characters, at least 16 of them. @throws EncodingError */
export function serialFromHex(text: string): Uint8Array {
  if (text.length > 40) throw new EncodingError("a serial number has at most 40 hexadecimal characters");
  return fromHex(text.padStart(Math.max(32, text.length + (text.length % 2)), "0"));
}

/** A digest as upper-case pairs with colons, the form that `openssl x509 -fingerprint` prints. */
export function formatFingerprint(digest: Uint8Array): string {
  return Array.from(digest, (octet) => (digits[octet] ?? "").toUpperCase()).join(":");
}

/** Whether two octet strings are the same; not for secrets, it stops at the first difference. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}

/** The parts, one after the other, copied once. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
