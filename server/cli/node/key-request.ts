import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import type { GeneralName } from "@/server/engines/x509/general-names";
import { encodePem } from "@/server/engines/x509/pem";
import { writeRequest } from "@/server/engines/x509/request-writer";
import { type SignatureAlgorithm, signatureHash } from "@/server/engines/x509/signatures";
import { NodeError } from "./errors";

/** Keys that a node is offered to make. */
export const KEY_TYPES = ["p256", "p384", "ed25519", "rsa2048", "rsa3072", "rsa4096"] as const;
/** One of these, or RSA of another size that is accepted: 2048 to 4096 bits in whole octets. */
export type NodeKeyType = (typeof KEY_TYPES)[number] | `rsa${number}`;

/** Makes a private key, PKCS#8 PEM. It never leaves this machine. */
export async function makeKey(type: NodeKeyType): Promise<string> {
  const { privateKey } = await generate(type);
  return privateKey.export({ format: "pem", type: "pkcs8" }).toString();
}

/** A certificate request that proves possession of a key. Without names: the gateway knows whose it is. */
export async function requestFor(keyPem: string, names: readonly GeneralName[] = []): Promise<string> {
  const key = createPrivateKey(keyPem);
  const signatureAlgorithm = signatureOf(key);
  const request = await writeRequest({
    subject: [],
    names,
    spki: publicKeyOf(key),
    signatureAlgorithm,
    sign: async (tbs) => sign(signatureHash(signatureAlgorithm), tbs, key),
  });
  return encodePem("CERTIFICATE REQUEST", request);
}

/** SubjectPublicKeyInfo of a private key, DER. */
export function publicKeyOf(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: "der", type: "spki" });
}

/** The type of a key that is there, so that a renewal makes one of the same. */
export function typeOfKey(keyPem: string): NodeKeyType {
  const key = createPrivateKey(keyPem);
  const word = wordFor(key);
  const found = KEY_TYPES.find((type) => type === word);
  if (found) return found;
  const bits = key.asymmetricKeyType === "rsa" ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 0;
  if (bits >= 2048 && bits <= 4096 && bits % 8 === 0) return `rsa${bits}`;
  throw new NodeError("node.key_type", `key.pem is of another kind; use one of ${KEY_TYPES.join(", ")}`);
}

function wordFor(key: KeyObject): string {
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = key;
  if (kind === "rsa") return `rsa${details?.modulusLength}`;
  if (kind === "ec")
    return details?.namedCurve === "secp384r1" ? "p384" : details?.namedCurve === "prime256v1" ? "p256" : "";
  return kind ?? "";
}

function signatureOf(key: KeyObject): SignatureAlgorithm {
  switch (wordFor(key)) {
    case "p256":
      return "ecdsa-with-SHA256";
    case "p384":
      return "ecdsa-with-SHA384";
    case "ed25519":
      return "Ed25519";
    default:
      return "sha256WithRSAEncryption";
  }
}

const generateKeys = promisify(generateKeyPair);

function generate(type: NodeKeyType): Promise<{ privateKey: KeyObject }> {
  switch (type) {
    case "p256":
      return generateKeys("ec", { namedCurve: "prime256v1" });
    case "p384":
      return generateKeys("ec", { namedCurve: "secp384r1" });
    case "ed25519":
      return generateKeys("ed25519");
    default:
      return generateKeys("rsa", { modulusLength: Number(type.slice("rsa".length)) });
  }
}
