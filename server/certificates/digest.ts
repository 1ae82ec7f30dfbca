import { hash } from "node:crypto";

/** SHA-256. */
export function sha256(data: Uint8Array): Uint8Array {
  return hash("sha256", data, "buffer");
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: Uint8Array): string {
  return hash("sha256", data, "hex");
}

/** Bytes in lower-case hexadecimal. */
export function hexOf(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
}

/** A strong validator of HTTP (RFC 9110, 8.8.3) for some bytes. */
export function etagOf(data: Uint8Array): string {
  return `"${hash("sha256", data, "base64url").slice(0, 22)}"`;
}

/** A certificate in PEM (RFC 7468, 5.1); the same text as the engine writes, several times faster. */
export function certificatePem(der: Uint8Array): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString("base64");
  let lines = "-----BEGIN CERTIFICATE-----\n";
  for (let at = 0; at < base64.length; at += 64) lines += `${base64.slice(at, at + 64)}\n`;
  return `${lines}-----END CERTIFICATE-----\n`;
}
