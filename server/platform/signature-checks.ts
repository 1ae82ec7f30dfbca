import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** A signature to be verified. Elliptic keys come as JWK: OpenSSL 3 reads one in half the time of a SubjectPublicKeyInfo. */
export interface SignatureCheck {
  /** What `node:crypto` calls the digest; null where the algorithm has its own. */
  readonly digest: string | null;
  readonly key: { readonly jwk: JsonWebKey } | { readonly spki: Uint8Array };
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

interface Waiting {
  readonly check: SignatureCheck;
  settle(isGood: boolean): void;
}

/** So many at once are worth another thread; its answers come in chunks, so that this thread starts on the first. */
const WORTH_A_THREAD = 4;
const CHUNK = 16;

/**
 * Verifies a signature. What is asked for in one turn of the event loop is verified together, on a second thread when it
 * is much: reading a key and verifying with it costs more than all else in an issuance.
 */
export function checkSignature(check: SignatureCheck): Promise<boolean> {
  return new Promise((settle) => {
    waiting.push({ check, settle });
    if (waiting.length === 1) setImmediate(verifyTogether);
  });
}

let waiting: Waiting[] = [];

function verifyTogether(): void {
  const batch = waiting;
  waiting = [];
  const thread = batch.length >= WORTH_A_THREAD ? verifierThread() : null;
  if (thread) thread.verify(batch);
  else for (const { check, settle } of batch) settle(isGood(check));
}

function isGood({ digest, key, data, signature }: SignatureCheck): boolean {
  try {
    const publicKey =
      "jwk" in key
        ? createPublicKey({ key: key.jwk, format: "jwk" })
        : createPublicKey({ key: Buffer.from(key.spki), format: "der", type: "spki" });
    return verify(digest, data, publicKey, signature);
  } catch {
    return false;
  }
}

let thread: VerifierThread | null = null;

function verifierThread(): VerifierThread | null {
  if (availableParallelism() < 2) return null;
  thread ??= new VerifierThread(() => {
    thread = null;
  });
  return thread;
}

/** The same as `isGood`. As text, because each of our bundlers treats the file of a worker in its own way. */
const SOURCE = `
const { parentPort } = require("node:worker_threads");
const { createPublicKey, verify } = require("node:crypto");
function isGood({ digest, key, data, signature }) {
  try {
    const publicKey = key.jwk
      ? createPublicKey({ key: key.jwk, format: "jwk" })
      : createPublicKey({ key: Buffer.from(key.spki), format: "der", type: "spki" });
    return verify(digest, data, publicKey, signature);
  } catch {
    return false;
  }
}
parentPort.on("message", ({ first, checks }) => {
  for (let at = 0; at < checks.length; at += ${CHUNK}) {
    parentPort.postMessage({ first: first + at, verdicts: checks.slice(at, at + ${CHUNK}).map(isGood) });
  }
});
`;

/** A second thread that verifies. If it dies, what it had is verified here. */
class VerifierThread {
  readonly #worker = new Worker(SOURCE, { eval: true, name: "signature-checks" });
  readonly #sent = new Map<number, Waiting>();
  #next = 0;

  constructor(onEnd: () => void) {
    this.#worker.unref();
    this.#worker.on("message", ({ first, verdicts }: { first: number; verdicts: boolean[] }) => {
      verdicts.forEach((verdict, index) => this.#settle(first + index, verdict));
      if (this.#sent.size === 0) this.#worker.unref();
    });
    const end = () => {
      onEnd();
      for (const [id, { check }] of this.#sent) this.#settle(id, isGood(check));
    };
    this.#worker.on("error", end);
    this.#worker.on("exit", end);
  }

  verify(batch: readonly Waiting[]): void {
    const first = this.#next;
    this.#next += batch.length;
    batch.forEach((one, index) => {
      this.#sent.set(first + index, one);
    });
    this.#worker.ref();
    this.#worker.postMessage({ first, checks: batch.map(({ check }) => compact(check)) });
  }

  #settle(id: number, verdict: boolean): void {
    this.#sent.get(id)?.settle(verdict);
    this.#sent.delete(id);
  }
}

/** Views are cloned with the whole buffer behind them; copies of their own bytes are small. */
function compact({ digest, key, data, signature }: SignatureCheck): SignatureCheck {
  const ownKey = "jwk" in key ? key : { spki: Uint8Array.from(key.spki) };
  return { digest, key: ownKey, data: Uint8Array.from(data), signature: Uint8Array.from(signature) };
}
