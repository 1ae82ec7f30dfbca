import { Worker } from "node:worker_threads";
import { NUMBERS_EACH, PACKED_CURVES, PACKED_DIGESTS, type PackedChecks } from "./signature-packing";

/** Verdicts come in chunks of so many, so that the other thread starts on the first while this one goes on. */
const CHUNK = 16;

/** What the thread runs. As text, because each of our bundlers treats the file of a worker in its own way. */
const SOURCE = `
const { parentPort } = require("node:worker_threads");
const { createPublicKey, verify } = require("node:crypto");
const CURVES = ${JSON.stringify(PACKED_CURVES)};
const DIGESTS = ${JSON.stringify(PACKED_DIGESTS)};
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
    return verify(digest, data, publicKey, signature) ? 1 : 0;
  } catch {
    return 0;
  }
};
parentPort.on("message", ({ numbers, bytes }) => {
  const all = Buffer.from(bytes.buffer);
  let at = 0;
  const take = (length) => all.subarray(at, (at += length));
  let verdicts = [];
  for (let i = 0; i < numbers.length; i += ${NUMBERS_EACH}) {
    const key = take(numbers[i + 2]);
    const data = take(numbers[i + 3]);
    const signature = take(numbers[i + 4]);
    verdicts.push(isGood(CURVES[numbers[i]], DIGESTS[numbers[i + 1]], key, data, signature));
    if (verdicts.length < ${CHUNK} && i + ${NUMBERS_EACH} < numbers.length) continue;
    parentPort.postMessage(verdicts);
    verdicts = [];
  }
});
`;

interface Batch {
  readonly settle: readonly ((isGood: boolean) => void)[];
  verifyElsewhere(): void;
  settled: number;
}

/** A second thread that verifies signatures. It holds the process open only while somebody waits for it. */
export class VerifierThread {
  readonly #worker = new Worker(SOURCE, { eval: true, name: "verifier" });
  /** In the order they were sent, which is the order of the verdicts. */
  readonly #batches: Batch[] = [];

  constructor(onEnd: () => void) {
    this.#worker.unref();
    this.#worker.on("message", (verdicts: number[]) => this.#take(verdicts));
    const end = () => {
      onEnd();
      for (const batch of this.#batches.splice(0)) batch.verifyElsewhere();
    };
    this.#worker.on("error", end);
    this.#worker.on("exit", end);
  }

  /** Verifies, and settles in the same order; `verifyElsewhere` is called instead if the thread dies. */
  verify(checks: PackedChecks, settle: Batch["settle"], verifyElsewhere: () => void): void {
    this.#batches.push({ settle, verifyElsewhere, settled: 0 });
    this.#worker.ref();
    this.#worker.postMessage(checks, [checks.numbers.buffer, checks.bytes.buffer]);
  }

  #take(verdicts: readonly number[]): void {
    const [batch] = this.#batches;
    if (!batch) return;
    for (const verdict of verdicts) batch.settle[batch.settled++]?.(verdict === 1);
    if (batch.settled >= batch.settle.length) this.#batches.shift();
    if (this.#batches.length === 0) this.#worker.unref();
  }
}
