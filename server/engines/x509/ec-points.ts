import { toHex } from "./hex";

interface Curve {
  p: bigint;
  b: bigint;
}

/** The short Weierstrass curves y² = x³ - 3x + b of NIST SP 800-186 section 3.2.1. */
const curves: Record<"P-256" | "P-384", Curve> = {
  "P-256": {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  "P-384": {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
};

const ed25519P = 2n ** 255n - 19n;
const order8Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

/** The y coordinates of the eight points whose order divides 8: with such a key, one signature fits many messages. */
const smallOrderY = new Set([0n, 1n, ed25519P - 1n, order8Y, ed25519P - order8Y]);

/** Whether affine coordinates, big-endian, are in range and on the curve (SP 800-56A section 5.6.2.3.4). */
export function isOnCurve(curve: "P-256" | "P-384", x: Uint8Array, y: Uint8Array): boolean {
  const { p, b } = curves[curve];
  const bigX = BigInt(`0x${toHex(x)}`);
  const bigY = BigInt(`0x${toHex(y)}`);
  if (bigX >= p || bigY >= p) return false;
  return (bigX * (((bigX * bigX) % p) - 3n) + b - bigY * bigY) % p === 0n;
}

/** Whether 32 octets are a canonical Ed25519 point that is not of small order (RFC 8032 section 5.1.3, RFC 8410). */
export function isSoundEd25519(octets: Uint8Array): boolean {
  const bigEndian = Uint8Array.from(octets).reverse();
  bigEndian[0] = (bigEndian[0] ?? 0) & 0x7f;
  const y = BigInt(`0x${toHex(bigEndian)}`);
  return y < ed25519P && !smallOrderY.has(y);
}
