import { Worker } from "node:worker_threads";
import type { SignatureOutcome } from "./signature-checks";
import { NUMBERS_EACH, PACKED_CURVES, PACKED_DIGESTS, type PackedJobs } from "./signature-packing";

/** Outcomes come in chunks of so many, so that the other thread starts on the first while this one goes on. */
const CHUNK = 16;

/** What the thread runs. As text, because each of our bundlers treats the file of a worker in its own way. */
const SOURCE = `
const { parentPort } = require("node:worker_threads");
const { createPublicKey, sign, verify } = require("node:crypto");
const CURVES = ${JSON.stringify(PACKED_CURVES)};
const DIGESTS = ${JSON.stringify(PACKED_DIGESTS)};
const NONE = new Uint8Array();
const jwkOf = (curve, point) => {
  if (curve === "Ed25519") return { kty: "OKP", crv: curve, x: point.toString("base64url") };
  const middle = (point.length + 1) / 2;
  const text = (from, to) => point.subarray(from, to).toString("base64url");
  return { kty: "EC", crv: curve, x: text(1, middle), y: text(middle) };
};
const isGood = (curve, digest, key, data, signature) => {
  try {
    const publicKey = curve === null
      ? createPublicKey({ key, format: "der", type: "spki" })
      : createPublicKey({ key: jwkOf(curve, key), format: "jwk" });
    return verify(digest, data, publicKey, signature);
  } catch {
    return false;
  }
};
const post = (outcomes) => {
  const lengths = new Int32Array(outcomes.map((outcome) => outcome === null ? -1 : outcome.length));
  const bytes = new Uint8Array(outcomes.reduce((sum, outcome) => sum + (outcome === null ? 0 : outcome.length), 0));
  let at = 0;
  for (const outcome of outcomes) {
    if (outcome === null) continue;
    bytes.set(outcome, at);
    at += outcome.length;
  }
  parentPort.postMessage({ lengths, bytes }, [lengths.buffer, bytes.buffer]);
};
parentPort.on("message", ({ numbers, bytes, signers }) => {
  const all = Buffer.from(bytes.buffer);
  let at = 0;
  const take = (length) => all.subarray(at, (at += length));
  let outcomes = [];
  for (let i = 0; i < numbers.length; i += ${NUMBERS_EACH}) {
    const [curve, digest, keyLength, dataLength, signatureLength, signer, signDigest, signLength] =
      numbers.subarray(i, i + ${NUMBERS_EACH});
    const key = take(keyLength);
    const data = take(dataLength);
    const signature = take(signatureLength);
    const toSign = take(signLength);
    if (!isGood(CURVES[curve], DIGESTS[digest], key, data, signature)) outcomes.push(null);
    else outcomes.push(signer === 0 ? NONE : sign(DIGESTS[signDigest], toSign, signers[signer - 1]));
    if (outcomes.length < ${CHUNK} && i + ${NUMBERS_EACH} < numbers.length) continue;
    post(outcomes);
    outcomes = [];
  }
});
`;

interface Outcomes {
  /** Octets of each signature; -1 for a check that is bad. */
  readonly lengths: Int32Array;
  readonly bytes: Uint8Array;
}

interface Batch {
  readonly settle: readonly ((outcome: SignatureOutcome) => void)[];
  workElsewhere(from: number): void;
  settled: number;
}

/** A second thread that verifies and signs. It holds the process open only while somebody waits for it. */
export class VerifierThread {
  readonly #worker = new Worker(SOURCE, { eval: true, name: "verifier" });
  /** In the order they were sent, which is the order of the outcomes. */
  readonly #batches: Batch[] = [];

  constructor(onEnd: () => void) {
    this.#worker.unref();
    this.#worker.on("message", (outcomes: Outcomes) => this.#take(outcomes));
    const end = () => {
      onEnd();
      for (const batch of this.#batches.splice(0)) batch.workElsewhere(batch.settled);
    };
    this.#worker.on("error", end);
    this.#worker.on("exit", end);
  }

  /** Works, and settles in the same order. If the thread dies, `workElsewhere` does what is left from a job on. */
  work(jobs: PackedJobs, settle: Batch["settle"], workElsewhere: Batch["workElsewhere"]): void {
    this.#batches.push({ settle, workElsewhere, settled: 0 });
    this.#worker.ref();
    this.#worker.postMessage(jobs, [jobs.numbers.buffer, jobs.bytes.buffer]);
  }

  #take({ lengths, bytes }: Outcomes): void {
    const [batch] = this.#batches;
    if (!batch) return;
    let at = 0;
    for (const length of lengths) {
      const outcome = length < 0 ? null : bytes.subarray(at, at + length);
      if (outcome) at += length;
      batch.settle[batch.settled++]?.(outcome);
    }
    if (batch.settled >= batch.settle.length) this.#batches.shift();
    if (this.#batches.length === 0) this.#worker.unref();
  }
}
