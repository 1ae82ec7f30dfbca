import { availableParallelism } from "node:os";
import { generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { catchUpSearch } from "@/server/certificates/catch-up-search";
import { issueCertificate } from "@/server/certificates/issue";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { atLeast, informs, type Report } from "../lib/figures";
import { inFlight } from "../lib/flight";
import { type Ground, openGround } from "../lib/ground";
import { median, pinToOneCore, unpin } from "../lib/measure";

const BAR = 0.3;
const ROUNDS = 10;
const CERTIFICATES_A_ROUND = 1_600;
const IN_FLIGHT = 32;

/** Nodes that the certificates are issued to: a fleet that is there already. */
const FLEET = 800;

/** Issued before the clock starts: code is compiled, and the database's log is as long as it gets. */
const WARMING = 8 * FLEET;

/**
 * Durable issuance through the verb, 32 at once: requests are parsed, verified, judged, built, linted, signed and
 * committed with their audit entries, by a process that may use every core. Beside it what the cryptography alone would
 * allow on one core. In turns, so that both meet the same machine, and the median of the rounds. On one core too, for
 * what the second one is worth.
 */
export async function benchIssuance(report: Report): Promise<void> {
  const { ground, issue } = await openIssuance();
  try {
    report.note(`issuance on ${availableParallelism()} cores, its limit on one; the median of ${ROUNDS} rounds`);
    const onAll = await inTurns(issue);
    const core = pinToOneCore();
    report.note(
      core === null ? "not pinned: there is no taskset here" : `issuance and its limit on core ${core} alone`,
    );
    const onOne = await inTurns(issue);
    unpin();
    assertDurable(ground, WARMING + 2 * ROUNDS * CERTIFICATES_A_ROUND);

    const start = performance.now();
    const { indexed } = await catchUpSearch(ground.jobs);
    const indexing = ((performance.now() - start) / indexed) * 1e3;
    report.add(
      atLeast(BAR, "durable issuance", onAll.rate, onAll.limit, "/s"),
      atLeast(BAR, "durable issuance, one core", onOne.rate, onOne.limit, "/s"),
      informs("indexing one certificate for the search, afterwards", indexing, 1e6 / onAll.rate, "µs"),
    );
  } finally {
    unpin();
    ground.close();
  }
}

async function inTurns(issue: Issuance["issue"]): Promise<{ rate: number; limit: number }> {
  const [limits, rates]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    limits.push(cryptoLimit());
    rates.push(await issue());
  }
  return { rate: median(rates), limit: median(limits) };
}

/** A product that issues, warm. */
export interface Issuance {
  readonly ground: Ground;
  /** Issues a round of certificates. Answers how many a second. */
  issue(): Promise<number>;
}

/** Opens a product with a fleet, and issues until it is warm. Close its ground when the benchmark ends. */
export async function openIssuance(): Promise<Issuance> {
  const ground = await openGround();
  const requests = await Promise.all(Array.from({ length: FLEET }, async () => requestFor(await makeKey("p256"))));
  const issueSome = (count: number) =>
    inFlight(count, IN_FLIGHT, async (n) => {
      const csr = requests[n % FLEET];
      if (csr === undefined) throw new Error("there is a request for every node");
      await issueCertificate(ground.admin, { profile: "node", name: `gpu-${n % FLEET}`, csr });
    });
  await issueSome(WARMING);
  return { ground, issue: () => issueSome(CERTIFICATES_A_ROUND) };
}

/** How many P-256 verifications, each with a signature, one core does in a second. */
function cryptoLimit(): number {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const data = randomBytes(600);
  const signature = sign("sha256", data, privateKey);
  const times = 1_500;
  const start = performance.now();
  for (let n = 0; n < times; n += 1) sign("sha256", data, privateKey);
  for (let n = 0; n < times; n += 1) if (!verify("sha256", data, publicKey, signature)) throw new Error("it is good");
  return times / ((performance.now() - start) / 1_000);
}

/** What was counted is in the database, each with its entry. */
function assertDurable({ runtime }: Ground, expected: number): void {
  const row = runtime.database.read
    .statement(
      "SELECT (SELECT count(*) FROM certificates) AS certificates, (SELECT count(*) FROM audit_entries WHERE kind = 'certificate.issued') AS entries",
    )
    .get() as { certificates: number; entries: number };
  if (row.certificates !== expected || row.entries !== expected) {
    throw new Error(`${expected} were issued, but there are ${row.certificates} rows and ${row.entries} entries`);
  }
}
