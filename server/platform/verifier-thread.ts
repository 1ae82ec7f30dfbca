import { Worker } from "node:worker_threads";
import type { SignatureOutcome } from "./signature-checks";
import { NUMBERS_EACH, PACKED_CURVES, PACKED_DIGESTS, type PackedJobs, POINT_OCTETS } from "./signature-packing";

/** What the thread runs. As text, because each of our bundlers treats the file of a worker in its own way. */
const SOURCE = `
const { parentPort } = require("node:worker_threads");
const { createPublicKey, KeyObject, sign, verify, webcrypto } = require("node:crypto");
const CURVES = ${JSON.stringify(PACKED_CURVES)};
const DIGESTS = ${JSON.stringify(PACKED_DIGESTS)};
const POINT_OCTETS = ${JSON.stringify(POINT_OCTETS)};
const NONE = new Uint8Array();
const keyOf = async (curve, key) => {
  if (curve === null) return createPublicKey({ key, format: "der", type: "spki" });
  if (curve === "Ed25519") return createPublicKey({ key: { kty: "OKP", crv: curve, x: key.toString("base64url") }, format: "jwk" });
  if (key.length !== POINT_OCTETS[curve] || key[0] !== 4) throw new Error("not an uncompressed point");
  return KeyObject.from(await webcrypto.subtle.importKey("raw", key, { name: "ECDSA", namedCurve: curve }, true, ["verify"]));
};
const isGood = async (curve, digest, key, data, signature) => {
  try {
    return verify(digest, data, await keyOf(curve, key), signature);
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
const work = async ({ numbers, bytes, signers }) => {
  const all = Buffer.from(bytes.buffer);
  let at = 0;
  const take = (length) => all.subarray(at, (at += length));
  const outcomes = [];
  for (let i = 0; i < numbers.length; i += ${NUMBERS_EACH}) {
    const [curve, digest, keyLength, dataLength, signatureLength, signer, signDigest, signLength] =
      numbers.subarray(i, i + ${NUMBERS_EACH});
    const key = take(keyLength);
    const data = take(dataLength);
    const signature = take(signatureLength);
    const toSign = take(signLength);
    if (!(await isGood(CURVES[curve], DIGESTS[digest], key, data, signature))) outcomes.push(null);
    else outcomes.push(signer === 0 ? NONE : sign(DIGESTS[signDigest], toSign, signers[signer - 1]));
  }
  post(outcomes);
};
let last = Promise.resolve();
parentPort.on("message", (jobs) => {
  last = last.then(() => work(jobs));
});
`;

interface Outcomes {
  /** Octets of each signature; -1 for a check that is bad. */
  readonly lengths: Int32Array;
  readonly bytes: Uint8Array;
}

interface Batch {
  readonly settle: readonly ((outcome: SignatureOutcome) => void)[];
  workElsewhere(): void;
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
      for (const batch of this.#batches.splice(0)) batch.workElsewhere();
    };
    this.#worker.on("error", end);
    this.#worker.on("exit", end);
  }

  /** Whether somebody waits for it. */
  get isBusy(): boolean {
    return this.#batches.length > 0;
  }

  /** Works, and settles all jobs at once; `workElsewhere` is called instead if the thread dies. */
  work(jobs: PackedJobs, settle: Batch["settle"], workElsewhere: Batch["workElsewhere"]): void {
    this.#batches.push({ settle, workElsewhere });
    this.#worker.ref();
    this.#worker.postMessage(jobs, [jobs.numbers.buffer, jobs.bytes.buffer]);
  }

  #take({ lengths, bytes }: Outcomes): void {
    const batch = this.#batches.shift();
    let at = 0;
    lengths.forEach((length, index) => {
      const begin = at;
      at += Math.max(0, length);
      batch?.settle[index]?.(length < 0 ? null : bytes.subarray(begin, at));
    });
    if (this.#batches.length === 0) this.#worker.unref();
  }
}
