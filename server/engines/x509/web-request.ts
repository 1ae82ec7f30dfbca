import type { GeneralName } from "./general-names";
import type { KeyAlgorithm } from "./keys";
import type { NameAttribute } from "./names";
import { encodePem } from "./pem";
import { writeRequest } from "./request-writer";
import { ecdsaRawToDer, requestSignatureAlgorithm } from "./signatures";

/** What to make a key and a request for. */
export interface KeyAndRequestInput {
  algorithm: KeyAlgorithm;
  subject: readonly NameAttribute[];
  names?: readonly GeneralName[];
}

/** A request and the private key behind it, which was made here and is nowhere else. */
export interface KeyAndRequest {
  request: Uint8Array;
  requestPem: string;
  /** PKCS#8 (RFC 5958), not encrypted. */
  privateKeyPem: string;
  spki: Uint8Array;
}

/** The part of WebCrypto that is needed. */
export type Subtle = Pick<SubtleCrypto, "generateKey" | "exportKey" | "sign">;

type KeyParameters = EcKeyGenParams | RsaHashedKeyGenParams | { name: "Ed25519" };
type SigningParameters = EcdsaParams | { name: "RSASSA-PKCS1-v1_5" } | { name: "Ed25519" };

/**
 * Makes a key with WebCrypto and a request signed with it (RFC 2986); meant for the browser, so that only the request
 * leaves it. @throws NameRefused, and what WebCrypto throws where it does not know the algorithm
 */
export async function createKeyAndRequest(
  input: KeyAndRequestInput,
  subtle: Subtle = globalThis.crypto.subtle,
): Promise<KeyAndRequest> {
  const { key, signing } = parameters(input.algorithm);
  const pair = await subtle.generateKey(key, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError("WebCrypto returned a secret key where a key pair was asked for");
  const spki = new Uint8Array(await subtle.exportKey("spki", pair.publicKey));
  const privateKey = new Uint8Array(await subtle.exportKey("pkcs8", pair.privateKey));
  const request = await writeRequest({
    subject: input.subject,
    names: input.names,
    spki,
    signatureAlgorithm: requestSignatureAlgorithm(input.algorithm),
    sign: async (tbs) => {
      const signature = new Uint8Array(await subtle.sign(signing, pair.privateKey, Uint8Array.from(tbs)));
      return signing.name === "ECDSA" ? ecdsaRawToDer(signature) : signature;
    },
  });
  return {
    request,
    requestPem: encodePem("CERTIFICATE REQUEST", request),
    privateKeyPem: encodePem("PRIVATE KEY", privateKey),
    spki,
  };
}

function parameters(algorithm: KeyAlgorithm): { key: KeyParameters; signing: SigningParameters } {
  switch (algorithm) {
    case "P-256":
      return { key: { name: "ECDSA", namedCurve: "P-256" }, signing: { name: "ECDSA", hash: "SHA-256" } };
    case "P-384":
      return { key: { name: "ECDSA", namedCurve: "P-384" }, signing: { name: "ECDSA", hash: "SHA-384" } };
    case "Ed25519":
      return { key: { name: "Ed25519" }, signing: { name: "Ed25519" } };
    case "RSA-2048":
      return rsaParameters(2048);
    case "RSA-3072":
      return rsaParameters(3072);
    case "RSA-4096":
      return rsaParameters(4096);
  }
}

function rsaParameters(modulusLength: number): { key: RsaHashedKeyGenParams; signing: { name: "RSASSA-PKCS1-v1_5" } } {
  const name = "RSASSA-PKCS1-v1_5";
  return {
    key: { name, modulusLength, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" },
    signing: { name },
  };
}
