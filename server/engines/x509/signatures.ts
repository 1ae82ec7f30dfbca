import { bigInteger, derNull, encode, sequence, tags } from "./der";
import { oid } from "./der-primitives";
import { type DerElement, readSingle } from "./der-reader";
import { assertNull, oidText, unsignedMagnitude } from "./der-values";
import { EncodingError, SignatureRefused } from "./errors";
import { toHex } from "./hex";
import type { KeyAlgorithm } from "./keys";

/** The kinds of keys that an authority may have. */
export type AuthorityKeyAlgorithm = "P-256" | "P-384" | "Ed25519";

/** The signature algorithms of authorities, one for each kind of key. */
export type AuthoritySignatureAlgorithm = "ecdsa-with-SHA256" | "ecdsa-with-SHA384" | "Ed25519";

/** Every signature algorithm that is accepted on a certification request. */
export type SignatureAlgorithm =
  | AuthoritySignatureAlgorithm
  | "ecdsa-with-SHA512"
  | "sha256WithRSAEncryption"
  | "sha384WithRSAEncryption"
  | "sha512WithRSAEncryption";

interface AlgorithmFacts {
  oid: string;
  hash: "sha256" | "sha384" | "sha512" | null;
  family: "ecdsa" | "ed25519" | "rsa";
}

const algorithms: Record<SignatureAlgorithm, AlgorithmFacts> = {
  "ecdsa-with-SHA256": { oid: "1.2.840.10045.4.3.2", hash: "sha256", family: "ecdsa" },
  "ecdsa-with-SHA384": { oid: "1.2.840.10045.4.3.3", hash: "sha384", family: "ecdsa" },
  "ecdsa-with-SHA512": { oid: "1.2.840.10045.4.3.4", hash: "sha512", family: "ecdsa" },
  Ed25519: { oid: "1.3.101.112", hash: null, family: "ed25519" },
  sha256WithRSAEncryption: { oid: "1.2.840.113549.1.1.11", hash: "sha256", family: "rsa" },
  sha384WithRSAEncryption: { oid: "1.2.840.113549.1.1.12", hash: "sha384", family: "rsa" },
  sha512WithRSAEncryption: { oid: "1.2.840.113549.1.1.13", hash: "sha512", family: "rsa" },
};

const names = Object.keys(algorithms) as SignatureAlgorithm[];
const nameOfOid = new Map(names.map((name) => [algorithms[name].oid, name]));
const weakOids = new Map([
  ["1.2.840.113549.1.1.2", "MD2 with RSA"],
  ["1.2.840.113549.1.1.4", "MD5 with RSA"],
  ["1.2.840.113549.1.1.5", "SHA-1 with RSA"],
  ["1.3.14.3.2.29", "SHA-1 with RSA"],
  ["1.2.840.113549.1.1.14", "SHA-224 with RSA"],
  ["1.2.840.10045.4.1", "ECDSA with SHA-1"],
  ["1.2.840.10045.4.3.1", "ECDSA with SHA-224"],
  ["1.2.840.10040.4.3", "DSA with SHA-1"],
]);

const encoded = new Map<SignatureAlgorithm, Uint8Array>();

/** The signature algorithm that an authority's key signs with. */
export function authoritySignatureAlgorithm(key: AuthorityKeyAlgorithm): AuthoritySignatureAlgorithm {
  switch (key) {
    case "P-256":
      return "ecdsa-with-SHA256";
    case "P-384":
      return "ecdsa-with-SHA384";
    case "Ed25519":
      return "Ed25519";
  }
}

/** The signature algorithm that a subject's key signs its own request with. */
export function requestSignatureAlgorithm(key: KeyAlgorithm): SignatureAlgorithm {
  return key === "P-256" || key === "P-384" || key === "Ed25519"
    ? authoritySignatureAlgorithm(key)
    : "sha256WithRSAEncryption";
}

/** The digest of an algorithm, in the words of WebCrypto's and Node's signing calls; null for Ed25519, which has its own. */
export function signatureHash(algorithm: SignatureAlgorithm): "sha256" | "sha384" | "sha512" | null {
  return algorithms[algorithm].hash;
}

/** `AlgorithmIdentifier`: no parameters for ECDSA and Ed25519, NULL for RSA (RFC 5758 section 3.2, RFC 8410 section 3, RFC 4055 section 5). */
export function encodeSignatureAlgorithm(algorithm: SignatureAlgorithm): Uint8Array {
  const known = encoded.get(algorithm);
  if (known !== undefined) return known;
  const { oid: dotted, family } = algorithms[algorithm];
  const der = encode(sequence(family === "rsa" ? [oid(dotted), derNull] : [oid(dotted)]));
  encoded.set(algorithm, der);
  return der;
}

/** The name of an `AlgorithmIdentifier`. @throws DerError, SignatureRefused when it is weak, unknown or has other parameters. */
export function readSignatureAlgorithm(element: DerElement): SignatureAlgorithm {
  const reader = element.reader();
  const dotted = oidText(reader.read(tags.oid));
  const weak = weakOids.get(dotted);
  if (weak !== undefined)
    throw new SignatureRefused("signature.weak_hash", `${weak} is too weak, use SHA-256 or better`);
  const name = nameOfOid.get(dotted);
  if (name === undefined)
    throw new SignatureRefused("signature.algorithm", `signature algorithm ${dotted} is not accepted`);
  if (algorithms[name].family === "rsa") {
    if (reader.peekTag() !== tags.null)
      throw new SignatureRefused("signature.parameters", `${name} has NULL parameters`);
    assertNull(reader.read(tags.null));
  }
  if (!reader.isDone) throw new SignatureRefused("signature.parameters", `${name} has no parameters of this kind`);
  return name;
}

/** A signature algorithm in words for any certificate: its name here, or its object identifier. @throws DerError */
export function describeSignatureAlgorithm(element: DerElement): string {
  const dotted = oidText(element.reader().read(tags.oid));
  return nameOfOid.get(dotted) ?? weakOids.get(dotted) ?? dotted;
}

/** Asserts that a key of this kind can have made a signature of this algorithm. @throws SignatureRefused */
export function assertSignatureFitsKey(algorithm: SignatureAlgorithm, key: KeyAlgorithm): void {
  const family = key === "Ed25519" ? "ed25519" : key.startsWith("RSA") ? "rsa" : "ecdsa";
  if (algorithms[algorithm].family !== family) {
    throw new SignatureRefused("signature.key_mismatch", `a ${key} key cannot have signed with ${algorithm}`);
  }
}

/** `Ecdsa-Sig-Value` of the `r || s` that WebCrypto returns (RFC 3279 section 2.2.3). @throws EncodingError */
export function ecdsaRawToDer(raw: Uint8Array): Uint8Array {
  if (raw.length === 0 || raw.length % 2 !== 0)
    throw new EncodingError("a raw signature has two halves of the same length");
  const half = raw.length / 2;
  return encode(sequence([bigInteger(toBigInt(raw.subarray(0, half))), bigInteger(toBigInt(raw.subarray(half)))]));
}

/** The `r || s` of an `Ecdsa-Sig-Value`, each padded to the size of the curve. @throws DerError, SignatureRefused */
export function ecdsaDerToRaw(der: Uint8Array, coordinateBytes: number): Uint8Array {
  const reader = readSingle(der, tags.sequence).reader();
  const raw = new Uint8Array(coordinateBytes * 2);
  for (const end of [coordinateBytes, coordinateBytes * 2]) {
    const part = unsignedMagnitude(reader.read(tags.integer));
    if (part.length > coordinateBytes) throw new SignatureRefused("signature.encoding", "the signature is too long");
    raw.set(part, end - part.length);
  }
  reader.finish();
  return raw;
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}
