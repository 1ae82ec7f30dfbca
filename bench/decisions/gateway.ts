import { listenerCredentials } from "@/server/certificates/listener";
import { readIssuers } from "@/server/certificates/trust";
import { newestDecision } from "@/server/policies/decision-read-store";
import { atLeast, informs, type Report } from "../lib/figures";
import { median } from "../lib/measure";
import { startChild } from "./child";
import { AS_ECHO, type EchoCredentials } from "./echo";
import { AS_LOAD, type Asked, type Running, type RunResult } from "./load";
import { COMPUTES, openSwarm, partOf, questionOf, type Swarm } from "./swarm";

const [SINGLE_BAR, BATCH_BAR, ECHO_SHARE] = [3_000, 15_000, 0.4];
const [MACHINES, CONNECTIONS_EACH] = [16, 4];
const BATCH = 50;
const ROUNDS = 7;
const [WARMING, SINGLES, BATCHES] = [12_000, 6_000, 600];
/** Servers on one core, those who ask on the other. */
const [SERVERS, ASKING] = [0, 1];

/**
 * AuthZEN over mutual TLS, connections kept alive, every decision on disk before its answer. Beside a bare echo with the same
 * certificates, asked the same by the same process, in turns, so that both meet the same machine.
 */
export async function benchGateway(report: Report): Promise<void> {
  const swarm = await openSwarm(MACHINES, SERVERS);
  const [echo, load] = [await startChild(AS_ECHO, SERVERS), await startChild(AS_LOAD, ASKING)];
  try {
    const { url: echoUrl } = await echo.say<{ url: string }>(await credentialsFor(swarm));
    const ask = (name: string, url: string, bodiesOf: (machine: string) => unknown[]) =>
      load.say<object>({
        ...{ ask: name, url, ca: swarm.ca },
        machines: swarm.machines.map(({ name: machine, pair }) => {
          return { pair, connections: CONNECTIONS_EACH, bodies: bodiesOf(machine) };
        }),
      } satisfies Asked);
    const run = (name: string, requests: number) => load.say<RunResult>({ run: name, requests } satisfies Running);
    await ask("echo", `${echoUrl}/access/v1/evaluation`, singles);
    await ask("single", `${swarm.url}/access/v1/evaluation`, singles);
    await ask("batch", `${swarm.url}/access/v1/evaluations`, batches);

    for (const name of ["echo", "single"]) await run(name, WARMING);
    await run("batch", BATCHES);
    const rounds: { readonly echo: RunResult; readonly single: RunResult; readonly batch: RunResult }[] = [];
    const before = newestDecision(swarm.ground.runtime.database.read);
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({
        echo: await run("echo", SINGLES),
        single: await run("single", SINGLES),
        batch: await run("batch", BATCHES),
      });
    }
    assertLogged(newestDecision(swarm.ground.runtime.database.read) - before, rounds);
    const rate = (name: "echo" | "single" | "batch") => median(rounds.map((round) => round[name].perSecond));
    const connections = MACHINES * CONNECTIONS_EACH;
    report.note(
      `decisions over mTLS, ${connections} connections kept alive, in turns with an echo; medians of ${ROUNDS}`,
    );
    report.add(
      atLeast(1, "decisions a second, one a request", rate("single"), SINGLE_BAR, "/s"),
      atLeast(1, `decisions a second, ${BATCH} a request`, rate("batch") * BATCH, BATCH_BAR, "/s"),
      atLeast(ECHO_SHARE, "one a request beside a bare node:https echo", rate("single"), rate("echo"), "/s"),
      informs("one a request, p99", median(rounds.map(({ single }) => single.p99Ms)), 50, "ms"),
      informs(`${BATCH} a request, p99`, median(rounds.map(({ batch }) => batch.p99Ms)), 500, "ms"),
    );
  } finally {
    await load.stop();
    await echo.stop();
    await swarm.close();
  }
}

function singles(machine: string): unknown[] {
  return Array.from({ length: COMPUTES * 4 }, (_, at) => questionOf(machine, at));
}

function batches(machine: string): unknown[] {
  return Array.from({ length: 16 }, (_, at) => {
    const evaluations = Array.from({ length: BATCH }, (_, inner) => partOf(at * BATCH + inner));
    return { subject: { type: "Node", id: machine }, evaluations };
  });
}

/** The gateway's own. */
async function credentialsFor({ ground, ca }: Swarm): Promise<EchoCredentials> {
  const names = ["127.0.0.1", "localhost", "::1"];
  const { certificatePem, keyPem } = await listenerCredentials(ground.jobs, { listener: "console", names });
  const issuers = await readIssuers(ground.admin);
  return { key: keyPem, cert: certificatePem, ca: [ca, issuers.pem] };
}

/** Every answer that was given is in the log. */
function assertLogged(
  logged: number,
  rounds: readonly { readonly single: RunResult; readonly batch: RunResult }[],
): void {
  const answered = rounds.flatMap(({ single, batch }) => [single, batch]);
  const told = answered.reduce((sum, { allowed, denied }) => sum + allowed + denied, 0);
  if (logged !== told) throw new Error(`${told} decisions were told, and ${logged} are in the log`);
  if (answered.some(({ denied }) => denied > 0)) throw new Error("a question was denied that is allowed");
}
