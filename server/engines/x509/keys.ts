import { toBase64Url } from "./base64";
import { tags } from "./der";
import { type DerElement, type DerReader, readSingle } from "./der-reader";
import { assertNull, oidText, unsignedMagnitude, wholeBits } from "./der-values";
import { isOnCurve, isSoundEd25519 } from "./ec-points";
import { KeyRefused } from "./errors";
import { toHex } from "./hex";
import { keyOids } from "./oids";
import { modulusWeakness } from "./rsa-modulus";

/**
 * The kinds of subject keys that are known. An RSA key is of the last of these sizes that it reaches: RSA-2048 stands
 * for 2048 up to 3071 bits, so that a rule for a kind is a rule for a least strength.
 */
export const keyAlgorithms = ["P-256", "P-384", "Ed25519", "RSA-2048", "RSA-3072", "RSA-4096"] as const;

/** One of `keyAlgorithms`. */
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** A public key that passed every check: its kind, its strength in bits, its SPKI and the content of its BIT STRING. */
export interface PublicKeyInfo {
  algorithm: KeyAlgorithm;
  bits: number;
  spki: Uint8Array;
  subjectPublicKey: Uint8Array;
}

/** A synchronous SHA-256. */
export type Sha256 = (data: Uint8Array) => Uint8Array;

/** Reads and checks a `SubjectPublicKeyInfo` (RFC 5280 section 4.1.2.7, RFC 5480, RFC 8410, RFC 3279). @throws DerError, KeyRefused */
export function parsePublicKey(spki: Uint8Array): PublicKeyInfo {
  return readPublicKey(readSingle(spki, tags.sequence));
}

/** The same for an element inside a larger structure. @throws DerError, KeyRefused */
export function readPublicKey(element: DerElement): PublicKeyInfo {
  const reader = element.reader();
  const algorithm = reader.enter(tags.sequence);
  const oid = oidText(algorithm.read(tags.oid));
  const subjectPublicKey = wholeBits(reader.read(tags.bitString));
  reader.finish();
  const checked = checkKey(oid, algorithm, subjectPublicKey);
  return { algorithm: checked.algorithm, bits: checked.bits, spki: element.encoded, subjectPublicKey };
}

function checkKey(oid: string, parameters: DerReader, key: Uint8Array): { algorithm: KeyAlgorithm; bits: number } {
  switch (oid) {
    case keyOids.ecPublicKey:
      return checkEcKey(parameters, key);
    case keyOids.ed25519:
      return checkEd25519(parameters, key);
    case keyOids.rsaEncryption:
      return checkRsaKey(parameters, key);
    default:
      throw new KeyRefused("key.algorithm", `a key of type ${oid} is not accepted, use P-256, P-384, Ed25519 or RSA`);
  }
}

function checkEcKey(parameters: DerReader, key: Uint8Array): { algorithm: KeyAlgorithm; bits: number } {
  if (parameters.peekTag() !== tags.oid) throw new KeyRefused("key.curve", "the curve is not given by its name");
  const curveOid = oidText(parameters.read(tags.oid));
  parameters.finish();
  const algorithm = curveOid === keyOids.p256 ? "P-256" : curveOid === keyOids.p384 ? "P-384" : null;
  if (algorithm === null) throw new KeyRefused("key.curve", `curve ${curveOid} is not accepted, use P-256 or P-384`);
  const size = algorithm === "P-256" ? 32 : 48;
  if (key[0] !== 0x04) throw new KeyRefused("key.point_form", "the point is not in uncompressed form");
  if (key.length !== 1 + 2 * size) throw new KeyRefused("key.size", `the point does not have ${1 + 2 * size} octets`);
  if (!isOnCurve(algorithm, key.subarray(1, 1 + size), key.subarray(1 + size))) {
    throw new KeyRefused("key.point_not_on_curve", `the point is not on ${algorithm}`);
  }
  return { algorithm, bits: size * 8 };
}

function checkEd25519(parameters: DerReader, key: Uint8Array): { algorithm: KeyAlgorithm; bits: number } {
  if (!parameters.isDone) throw new KeyRefused("key.parameters", "an Ed25519 key has no parameters");
  if (key.length !== 32) throw new KeyRefused("key.size", "an Ed25519 key has 32 octets");
  if (!isSoundEd25519(key)) throw new KeyRefused("key.point_not_on_curve", "the key is not a sound Ed25519 point");
  return { algorithm: "Ed25519", bits: 256 };
}

function checkRsaKey(parameters: DerReader, key: Uint8Array): { algorithm: KeyAlgorithm; bits: number } {
  if (parameters.peekTag() !== tags.null) throw new KeyRefused("key.parameters", "an RSA key has NULL parameters");
  assertNull(parameters.read(tags.null));
  parameters.finish();
  const reader = readSingle(key, tags.sequence).reader();
  const modulus = unsignedMagnitude(reader.read(tags.integer));
  const exponent = unsignedMagnitude(reader.read(tags.integer));
  reader.finish();
  const algorithm = rsaAlgorithm(bitLength(modulus));
  assertExponent(exponent);
  const weakness = modulusWeakness(BigInt(`0x${toHex(modulus)}`));
  if (weakness !== null) throw new KeyRefused("key.rsa_modulus", `the RSA key is weak: ${weakness}`);
  return { algorithm, bits: bitLength(modulus) };
}

function rsaAlgorithm(bits: number): KeyAlgorithm {
  if (bits < 2048 || bits > 4096 || bits % 8 !== 0) {
    throw new KeyRefused(
      "key.rsa_size",
      `an RSA key of ${bits} bits is not accepted, use 2048 to 4096 in whole octets`,
    );
  }
  if (bits < 3072) return "RSA-2048";
  return bits < 4096 ? "RSA-3072" : "RSA-4096";
}

/** A key by its kind and, for RSA, its very size: `RSA-2560`. */
export function keyName({ algorithm, bits }: Pick<PublicKeyInfo, "algorithm" | "bits">): string {
  return algorithm.startsWith("RSA") ? `RSA-${bits}` : algorithm;
}

/** Odd, at least 65537 (SP 800-89 section 5.3.3) and below 2^64, beyond which a verification becomes expensive. */
function assertExponent(exponent: Uint8Array): void {
  const value = exponent.length > 8 ? null : BigInt(`0x${toHex(exponent)}`);
  if (value === null || value < 65_537n || value % 2n === 0n) {
    throw new KeyRefused("key.rsa_exponent", "the RSA exponent must be odd, at least 65537 and below 2^64");
  }
}

function bitLength(magnitude: Uint8Array): number {
  return (magnitude.length - 1) * 8 + (32 - Math.clz32(magnitude[0] ?? 0));
}

/** The 160-bit key identifier: the leftmost bits of SHA-256 over the BIT STRING's content (RFC 7093 section 2, method 1). */
export function keyIdentifier(key: PublicKeyInfo, sha256: Sha256): Uint8Array {
  return sha256(key.subjectPublicKey).subarray(0, 20);
}

/** An elliptic public key as a JSON Web Key. */
export type EllipticJwk =
  | { kty: "EC"; crv: "P-256" | "P-384"; x: string; y: string }
  | { kty: "OKP"; crv: "Ed25519"; x: string };

/** The JSON Web Key of an elliptic key, which some libraries load faster than an SPKI; null for RSA (RFC 7518 section 6.2, RFC 8037 section 2). */
export function ellipticJwk(key: PublicKeyInfo): EllipticJwk | null {
  const { algorithm, subjectPublicKey } = key;
  if (algorithm === "Ed25519") return { kty: "OKP", crv: algorithm, x: toBase64Url(subjectPublicKey) };
  if (algorithm !== "P-256" && algorithm !== "P-384") return null;
  const middle = (subjectPublicKey.length + 1) / 2;
  return {
    kty: "EC",
    crv: algorithm,
    x: toBase64Url(subjectPublicKey.subarray(1, middle)),
    y: toBase64Url(subjectPublicKey.subarray(middle)),
  };
}
