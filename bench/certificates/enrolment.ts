import { Agent } from "node:https";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { readTrustAnchors } from "@/server/certificates/trust";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { call } from "../lib/call";
import { atLeast, type Report } from "../lib/figures";
import { inFlight } from "../lib/flight";
import { startGatewayProcess } from "../lib/gateway";
import { openGround } from "../lib/ground";
import { pinToOneCore, unpin } from "../lib/measure";

const BAR = 0.5;
const WARMING = 400;
const MACHINES = 3_000;
const CONNECTIONS = 32;

/** Enrolment over TLS: a gateway on one core, machines on another, each connection kept alive. Beside issuance. */
export async function benchEnrolment(report: Report, issuanceRate: number): Promise<void> {
  const ground = await openGround();
  const gateway = await startGatewayProcess(ground, 0);
  const core = pinToOneCore(1);
  report.note(core === null ? "not pinned" : `the gateway on core 0 alone, the machines on core ${core}`);
  const { pem } = await readTrustAnchors(ground.admin);
  const agent = new Agent({ ca: pem, keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
  try {
    const requests = await Promise.all(Array.from({ length: 200 }, async () => requestFor(await makeKey("p256"))));
    const tokens: string[] = [];
    await inFlight(WARMING + MACHINES, 64, async (n) => {
      tokens[n] = (await createJoinToken(ground.admin, { kind: "node", name: `gpu-${n}`, ttlMinutes: 60 })).token;
    });
    const enrol = async (n: number) => {
      const answer = await call(agent, `${gateway.url}/v1/enroll`, { token: tokens[n], csr: requests[n % 200] });
      if (answer.status !== 201)
        throw new Error(`enrolment ${n} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    };
    await inFlight(WARMING, CONNECTIONS, enrol);
    const rate = await inFlight(MACHINES, CONNECTIONS, (n) => enrol(WARMING + n));
    report.add(atLeast(BAR, "enrolment over TLS, 32 connections kept alive", rate, issuanceRate, "/s"));
  } finally {
    agent.destroy();
    unpin();
    await gateway.stop();
    ground.close();
  }
}
