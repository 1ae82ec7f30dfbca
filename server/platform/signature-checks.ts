import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { availableParallelism } from "node:os";
import { type PackedChecks, pack } from "./signature-packing";
import { VerifierThread } from "./verifier-thread";

/** The public key of a check: a point of a curve (uncompressed, or 32 octets of Ed25519), or a SubjectPublicKeyInfo. */
export type CheckedKey =
  | { readonly curve: "P-256" | "P-384" | "Ed25519"; readonly point: Uint8Array }
  | { readonly curve: null; readonly spki: Uint8Array };

/** A signature to be verified. */
export interface SignatureCheck {
  /** What `node:crypto` calls the digest; null where the algorithm has its own. */
  readonly digest: "sha256" | "sha384" | "sha512" | null;
  readonly key: CheckedKey;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

interface Waiting {
  readonly check: SignatureCheck;
  settle(isGood: boolean): void;
}

/** So many at once are worth another thread. */
const WORTH_A_THREAD = 4;

/**
 * Verifies a signature. What is asked for in one turn of the event loop is verified together, on a second thread when it
 * is much: reading a key and verifying with it costs as much as all else in an issuance.
 */
export function checkSignature(check: SignatureCheck): Promise<boolean> {
  return new Promise((settle) => {
    waiting.push({ check, settle });
    if (waiting.length === 1) setImmediate(verifyTogether);
  });
}

let waiting: Waiting[] = [];
let thread: VerifierThread | null = null;

function verifyTogether(): void {
  const batch = waiting;
  waiting = [];
  if (batch.length < WORTH_A_THREAD || availableParallelism() < 2) return verifyHere(batch);
  thread ??= new VerifierThread(() => {
    thread = null;
  });
  const packed: PackedChecks = pack(batch.map(({ check }) => check));
  thread.verify(
    packed,
    batch.map(({ settle }) => settle),
    () => verifyHere(batch),
  );
}

function verifyHere(batch: readonly Waiting[]): void {
  for (const { check, settle } of batch) settle(isGood(check));
}

/** Elliptic keys go in as JWK: OpenSSL 3 reads one in half the time that it takes for a SubjectPublicKeyInfo. */
function isGood({ digest, key, data, signature }: SignatureCheck): boolean {
  try {
    const publicKey =
      key.curve === null
        ? createPublicKey({ key: Buffer.from(key.spki), format: "der", type: "spki" })
        : createPublicKey({ key: jwkOf(key.curve, key.point), format: "jwk" });
    return verify(digest, data, publicKey, signature);
  } catch {
    return false;
  }
}

function jwkOf(curve: "P-256" | "P-384" | "Ed25519", point: Uint8Array): JsonWebKey {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  if (curve === "Ed25519") return { kty: "OKP", crv: curve, x: text(point) };
  const middle = (point.length + 1) / 2;
  return { kty: "EC", crv: curve, x: text(point.subarray(1, middle)), y: text(point.subarray(middle)) };
}
