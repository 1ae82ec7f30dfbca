import { createJoinToken } from "@/server/certificates/join-tokens";
import { readTrustAnchors } from "@/server/certificates/trust";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { atLeast, type Report } from "../lib/figures";
import { inFlight } from "../lib/flight";
import { startGatewayProcess } from "../lib/gateway";
import { type Ground, openGround } from "../lib/ground";
import { median } from "../lib/measure";
import { openIssuance } from "./issuance";
import { type Lane, openLane, postOf } from "../lib/lane";

const BAR = 0.5;
/** Enrolled before the clock starts: code is compiled, and the database's log is as long as it gets. */
const WARMING = 4_000;
const ROUNDS = 10;
const MACHINES_A_ROUND = 1_000;
const CONNECTIONS = 64;
const REQUESTS = 200;

/**
 * Enrolment over TLS: the gateway's process and the machines' on the same cores, each connection kept alive. Beside
 * issuance through the verb on the same cores, in turns, so that both meet the same machine.
 */
export async function benchEnrolment(report: Report): Promise<void> {
  const issuance = await openIssuance();
  const ground = await openGround();
  const gateway = await startGatewayProcess(ground, null);
  const lanes: Lane[] = [];
  try {
    const { pem } = await readTrustAnchors(ground.admin);
    const url = new URL("/v1/enroll", gateway.url);
    for (let count = 0; count < CONNECTIONS; count += 1) lanes.push(await openLane(url, pem));
    const posts = await writePosts(ground, url);

    await enrol(lanes, posts.splice(0, WARMING));
    const [issued, rates]: [number[], number[]] = [[], []];
    while (posts.length > 0) {
      issued.push(await issuance.issue());
      const start = performance.now();
      await enrol(lanes, posts.splice(0, MACHINES_A_ROUND));
      rates.push(MACHINES_A_ROUND / ((performance.now() - start) / 1_000));
    }
    report.note(`enrolment on the same cores, in turns with issuance through the verb; the median of ${ROUNDS} rounds`);
    report.add(
      atLeast(BAR, `enrolment over TLS, ${CONNECTIONS} connections kept alive`, median(rates), median(issued), "/s"),
    );
  } finally {
    for (const lane of lanes) lane.close();
    await gateway.stop();
    ground.close();
    issuance.ground.close();
  }
}

/** A request to enrol for each machine, each with a join token of its own. */
async function writePosts({ admin }: Ground, url: URL): Promise<Uint8Array[]> {
  const csrs = await Promise.all(Array.from({ length: REQUESTS }, async () => requestFor(await makeKey("p256"))));
  const posts: Uint8Array[] = [];
  await inFlight(WARMING + ROUNDS * MACHINES_A_ROUND, 64, async (n) => {
    const { token } = await createJoinToken(admin, { kind: "node", name: `gpu-${n}`, ttlMinutes: 60 });
    posts[n] = postOf(url, { token, csr: csrs[n % REQUESTS] });
  });
  return posts;
}

async function enrol(lanes: readonly Lane[], posts: readonly Uint8Array[]): Promise<void> {
  const waiting = posts.values();
  const one = async (lane: Lane) => {
    for (const post of waiting) {
      const { status, body } = await lane.send(post);
      if (status !== 201) throw new Error(`an enrolment was answered ${status}: ${body}`);
    }
  };
  await Promise.all(lanes.map(one));
}
