import type { JsonWebKey } from "node:crypto";
import { X509Error } from "@/server/engines/x509/errors";
import type { PublicKeyInfo } from "@/server/engines/x509/keys";
import { type CertificateRequest, parseRequestPem } from "@/server/engines/x509/request";
import { signatureHash } from "@/server/engines/x509/signatures";
import { checkSignature } from "@/server/platform/signature-checks";
import { ProofOfPossessionFailed, RequestUnreadable } from "./errors";

/** Reads a request. @throws {RequestUnreadable} for anything that is not one, and for weak keys and hashes. */
export function readRequest(pem: string): CertificateRequest {
  try {
    return parseRequestPem(pem);
  } catch (error) {
    if (error instanceof X509Error) throw new RequestUnreadable(error.code, error.message);
    throw error;
  }
}

/**
 * Verifies that a request is signed by the key that it asks for (RFC 2986, 4.2).
 *
 * @throws {ProofOfPossessionFailed}
 */
export async function assertPossession(request: CertificateRequest): Promise<void> {
  if (!(await isSignedByItsKey(request))) throw new ProofOfPossessionFailed();
}

/** Whether a request is signed by the key that it asks for. */
export function isSignedByItsKey(request: CertificateRequest): Promise<boolean> {
  const jwk = jwkOf(request.publicKey);
  return checkSignature({
    digest: signatureHash(request.signatureAlgorithm),
    key: jwk ? { jwk } : { spki: request.publicKey.spki },
    data: request.tbs,
    signature: request.signature,
  });
}

function jwkOf({ algorithm, subjectPublicKey }: PublicKeyInfo): JsonWebKey | null {
  if (algorithm === "Ed25519") return { kty: "OKP", crv: "Ed25519", x: base64url(subjectPublicKey) };
  if (algorithm !== "P-256" && algorithm !== "P-384") return null;
  const middle = (subjectPublicKey.length + 1) / 2;
  return {
    kty: "EC",
    crv: algorithm,
    x: base64url(subjectPublicKey.subarray(1, middle)),
    y: base64url(subjectPublicKey.subarray(middle)),
  };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
}
