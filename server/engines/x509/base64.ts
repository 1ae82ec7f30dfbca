const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = new Int8Array(128).fill(-1);
for (let index = 0; index < alphabet.length; index++) values[alphabet.charCodeAt(index)] = index;

/** Base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let offset = 0; offset < bytes.length; offset += 3) {
    const left = bytes.length - offset;
    const group = ((bytes[offset] ?? 0) << 16) | ((bytes[offset + 1] ?? 0) << 8) | (bytes[offset + 2] ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += left > 1 ? alphabet.charAt((group >> 6) & 63) : "=";
    text += left > 2 ? alphabet.charAt(group & 63) : "=";
  }
  return text;
}

/** Base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
}

/** The octets of padded base64, blanks and line ends anywhere; null when a character, the padding or a spare bit is wrong. */
export function fromBase64(text: string): Uint8Array | null {
  const compact = text.replace(/[\t-\r ]+/g, "");
  const digits = compact.endsWith("==")
    ? compact.length - 2
    : compact.endsWith("=")
      ? compact.length - 1
      : compact.length;
  if (compact.length % 4 !== 0) return null;
  const bytes = new Uint8Array((digits * 3) >> 2);
  let length = 0;
  for (let index = 0; index < digits; index += 4) {
    const group =
      (digitAt(compact, index, digits) << 18) |
      (digitAt(compact, index + 1, digits) << 12) |
      (digitAt(compact, index + 2, digits) << 6) |
      digitAt(compact, index + 3, digits);
    if (group < 0) return null;
    // Octets behind the end of the array, which stand for padding, are dropped by it.
    bytes[length++] = group >> 16;
    bytes[length++] = (group >> 8) & 0xff;
    bytes[length++] = group & 0xff;
    const spare = index + 4 - digits;
    if (spare > 0 && (group & (spare === 1 ? 0xff : 0xffff)) !== 0) return null;
  }
  return bytes;
}

/** The value of one digit, 0 behind the last one; -1 when it is none, which stays negative through every shift. */
function digitAt(text: string, index: number, digits: number): number {
  if (index >= digits) return 0;
  const code = text.charCodeAt(index);
  return code < 128 ? (values[code] ?? -1) : -1;
}
