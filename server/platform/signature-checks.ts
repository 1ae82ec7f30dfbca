import { createPublicKey, type JsonWebKey, KeyObject, verify, webcrypto } from "node:crypto";
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
  for (const { check, settle } of batch) void isGood(check).then(settle);
}

async function isGood({ digest, key, data, signature }: SignatureCheck): Promise<boolean> {
  try {
    return verify(digest, data, await keyObjectOf(key), signature);
  } catch {
    return false;
  }
}

/** How long an uncompressed point is (SEC 1, 2.3.3). Nothing else is taken: the point at infinity is one octet. */
const POINT_OCTETS = { "P-256": 65, "P-384": 97 } as const;

/**
 * Points go in as they are, through WebCrypto: OpenSSL then asks whether they lie on the curve, which is all there is to
 * ask on curves of prime order. For a JWK it also multiplies them with the order, and a SubjectPublicKeyInfo costs more.
 */
async function keyObjectOf(key: CheckedKey): Promise<KeyObject> {
  if (key.curve === null) return createPublicKey({ key: Buffer.from(key.spki), format: "der", type: "spki" });
  if (key.curve === "Ed25519") return createPublicKey({ key: jwkOf(key.point), format: "jwk" });
  if (key.point.length !== POINT_OCTETS[key.curve] || key.point[0] !== 4) throw new Error("not an uncompressed point");
  const algorithm = { name: "ECDSA", namedCurve: key.curve };
  return KeyObject.from(await webcrypto.subtle.importKey("raw", key.point, algorithm, true, ["verify"]));
}

function jwkOf(point: Uint8Array): JsonWebKey {
  return { kty: "OKP", crv: "Ed25519", x: Buffer.from(point).toString("base64url") };
}
