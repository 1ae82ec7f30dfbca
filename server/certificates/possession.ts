import { X509Error } from "@/server/engines/x509/errors";
import { type CertificateRequest, parseRequestPem } from "@/server/engines/x509/request";
import { signatureHash } from "@/server/engines/x509/signatures";
import type { DomainError } from "@/server/kernel/errors";
import { checkSignature, type SignatureCheck } from "@/server/platform/signature-checks";
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

/** Refuses a request that is not to be signed. Who does not hold its key learns that alone. */
export async function refuse(request: CertificateRequest, refusal: DomainError): Promise<never> {
  await assertPossession(request);
  throw refusal;
}

/** Whether a request is signed by the key that it asks for. */
export function isSignedByItsKey(request: CertificateRequest): Promise<boolean> {
  return checkSignature(possessionOf(request));
}

/** What has to be good for a request to prove possession of its key. */
export function possessionOf({ publicKey, signatureAlgorithm, tbs, signature }: CertificateRequest): SignatureCheck {
  const { algorithm, subjectPublicKey, spki } = publicKey;
  const isElliptic = algorithm === "P-256" || algorithm === "P-384" || algorithm === "Ed25519";
  const key = isElliptic ? { curve: algorithm, point: subjectPublicKey } : { curve: null, spki };
  return { digest: signatureHash(signatureAlgorithm), key, data: tbs, signature };
}
