import { Agent } from "node:https";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { revokeCertificate } from "@/server/certificates/revoke";
import { readTrustAnchors } from "@/server/certificates/trust";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { call } from "../lib/call";
import { atMost, type Report } from "../lib/figures";
import { startGatewayProcess } from "../lib/gateway";
import { openGround } from "../lib/ground";
import { percentile } from "../lib/measure";

const BAR_MS = 50;
const ROUNDS = 40;

/**
 * How long a connection that is open still works after somebody orders, in another process, that its certificate be
 * revoked: from the order to the first answer that refuses. The machine asks without a pause.
 */
export async function benchRevocation(report: Report): Promise<void> {
  const ground = await openGround();
  const gateway = await startGatewayProcess(ground, null);
  try {
    const { pem: ca } = await readTrustAnchors(ground.admin);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await revokeOne(round, ca));
    report.note(`${ROUNDS} revocations by one process, refused by another`);
    report.add(atMost(1, "revocation to refusal on an open connection, p95", percentile(times, 0.95), BAR_MS, "ms"));
  } finally {
    await gateway.stop();
    ground.close();
  }

  async function revokeOne(round: number, ca: string): Promise<number> {
    const key = await makeKey("p256");
    const { token } = await createJoinToken(ground.admin, { kind: "node", name: `gpu-${round}` });
    const stranger = new Agent({ ca });
    const enrolled = await call(stranger, `${gateway.url}/v1/enroll`, { token, csr: await requestFor(key) });
    stranger.destroy();
    const { serial, certificate, chain } = enrolled.body;
    const agent = new Agent({ ca, key, cert: [certificate, chain].join("\n"), keepAlive: true, maxSockets: 1 });
    const ask = () => call(agent, `${gateway.url}/v1/whoami`);
    if ((await ask()).status !== 200) throw new Error("a new certificate is accepted");
    const [socket] = Object.values(agent.freeSockets).flat();

    const start = performance.now();
    const revoking = revokeCertificate(ground.admin, { serial: String(serial), reason: "keyCompromise" });
    while ((await ask()).status === 200) if (performance.now() - start > 10_000) throw new Error("it is never refused");
    const time = performance.now() - start;
    await revoking;
    if (Object.values(agent.freeSockets).flat()[0] !== socket) throw new Error("the connection was not kept open");
    agent.destroy();
    return time;
  }
}
