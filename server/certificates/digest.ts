import { hash } from "node:crypto";

/** SHA-256. */
export function sha256(data: Uint8Array): Uint8Array {
  return hash("sha256", data, "buffer");
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: Uint8Array): string {
  return hash("sha256", data, "hex");
}

/** A strong validator of HTTP (RFC 9110, 8.8.3) for some bytes. */
export function etagOf(data: Uint8Array): string {
  return `"${hash("sha256", data, "base64url").slice(0, 22)}"`;
}
