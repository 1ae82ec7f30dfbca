import { createPublicKey, type JsonWebKey, KeyObject, sign, verify, webcrypto } from "node:crypto";
import { availableParallelism } from "node:os";
import { pack, POINT_OCTETS } from "./signature-packing";
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

/** Something to be signed. ECDSA signatures are DER. */
export interface Signing {
  readonly digest: "sha256" | "sha384" | null;
  /** A private key. */
  readonly key: KeyObject;
  readonly data: Uint8Array;
}

/** A check, and what is signed when it is good. */
export interface SignatureJob {
  readonly check: SignatureCheck;
  readonly signing: Signing | null;
}

/** What came of a job: null when the check is bad, else the signature that was made, empty where there was none to make. */
export type SignatureOutcome = Uint8Array | null;

interface Waiting extends SignatureJob {
  settle(outcome: SignatureOutcome): void;
  fail(error: unknown): void;
}

/** So many at once are worth waking another thread; one that is awake takes any. */
const WORTH_A_THREAD = 4;

/** So many are not kept waiting for more, so that the other thread works while this one goes on. */
const FULL = 8;

/**
 * Verifies a signature. What is asked for in one turn of the event loop is done together, on a second thread when it is
 * much: reading a key, verifying with it and signing costs as much as all else in an issuance.
 */
export async function checkSignature(check: SignatureCheck): Promise<boolean> {
  return (await begin(check, null)) !== null;
}

/** Signs when a check is good: one way to the second thread and back for both. Null when it is not, and nothing is signed. */
export function signOnProof(check: SignatureCheck, signing: Signing): Promise<Uint8Array | null> {
  return begin(check, signing);
}

/** Whether signatures are verified or made just now, after which there is something to write, as a rule. */
export function areSignaturesUnderWay(): boolean {
  return underWay > 0;
}

let underWay = 0;
let waiting: Waiting[] = [];
let thread: VerifierThread | null = null;

function begin(check: SignatureCheck, signing: Signing | null): Promise<SignatureOutcome> {
  underWay++;
  const done = new Promise<SignatureOutcome>((settle, fail) => {
    waiting.push({ check, signing, settle, fail });
    if (waiting.length === 1) setImmediate(workTogether);
    if (waiting.length === FULL) workTogether();
  });
  return done.finally(() => {
    underWay--;
  });
}

function workTogether(): void {
  const batch = waiting;
  waiting = [];
  if (batch.length === 0) return;
  const isWorthIt = batch.length >= WORTH_A_THREAD || thread?.isBusy === true;
  if (!isWorthIt || availableParallelism() < 2) return workHere(batch);
  thread ??= new VerifierThread(() => {
    thread = null;
  });
  thread.work(
    pack(batch),
    batch.map(({ settle }) => settle),
    () => workHere(batch),
  );
}

function workHere(batch: readonly Waiting[]): void {
  for (const job of batch) void outcomeOf(job).then(job.settle, job.fail);
}

async function outcomeOf({ check, signing }: SignatureJob): Promise<SignatureOutcome> {
  if (!(await isGood(check))) return null;
  return signing ? sign(signing.digest, signing.data, signing.key) : new Uint8Array();
}

async function isGood({ digest, key, data, signature }: SignatureCheck): Promise<boolean> {
  try {
    return verify(digest, data, await keyObjectOf(key), signature);
  } catch {
    return false;
  }
}

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
