import { X509Error } from "@/server/engines/x509/errors";
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
export function isSignedByItsKey({
  publicKey,
  signatureAlgorithm,
  tbs,
  signature,
}: CertificateRequest): Promise<boolean> {
  const { algorithm, subjectPublicKey, spki } = publicKey;
  const isElliptic = algorithm === "P-256" || algorithm === "P-384" || algorithm === "Ed25519";
  const key = isElliptic ? { curve: algorithm, point: subjectPublicKey } : { curve: null, spki };
  return checkSignature({ digest: signatureHash(signatureAlgorithm), key, data: tbs, signature });
}
