import { listenerCredentials } from "@/server/certificates/listener";
import { readIssuers } from "@/server/certificates/trust";
import { newestDecision } from "@/server/policies/decision-read-store";
import { atLeast, informs, type Report } from "../lib/figures";
import { median } from "../lib/measure";
import { startChild } from "./child";
import type { Client } from "./connection";
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

type Name = "echo" | "single" | "batch";
type Runs = Readonly<Record<Name, RunResult>>;
type Round = Readonly<Record<Client, Runs>>;

/**
 * AuthZEN over mutual TLS, connections kept alive, every decision on disk before its answer. Beside a bare echo with the same
 * certificates, asked the same by the same process, in turns, so that both meet the same machine.
 */
export async function benchGateway(report: Report): Promise<void> {
  const swarm = await openSwarm(MACHINES, SERVERS);
  const [echo, load] = [await startChild(AS_ECHO, SERVERS), await startChild(AS_LOAD, ASKING)];
  try {
    const { url: echoUrl } = await echo.say<{ url: string }>(await credentialsFor(swarm));
    const ask = (name: Name, url: string, bodiesOf: (machine: string) => unknown[]) =>
      load.say<object>({
        ...{ ask: name, url, ca: swarm.ca },
        machines: swarm.machines.map(({ name: machine, pair }) => {
          return { pair, connections: CONNECTIONS_EACH, bodies: bodiesOf(machine) };
        }),
      } satisfies Asked);
    const run = (name: Name, by: Client, requests: number) =>
      load.say<RunResult>({ run: name, by, requests } satisfies Running);
    await ask("echo", `${echoUrl}/access/v1/evaluation`, singles);
    await ask("single", `${swarm.url}/access/v1/evaluation`, singles);
    await ask("batch", `${swarm.url}/access/v1/evaluations`, batches);

    for (const name of ["echo", "single"] as const) await run(name, "sockets", WARMING);
    await run("batch", "sockets", BATCHES);
    const rounds: Round[] = [];
    const before = newestDecision(swarm.ground.runtime.database.read);
    for (let round = 0; round < ROUNDS; round++) {
      const by = async (client: Client): Promise<Runs> => ({
        echo: await run("echo", client, SINGLES),
        single: await run("single", client, SINGLES),
        batch: await run("batch", client, BATCHES),
      });
      rounds.push({ "node:https": await by("node:https"), sockets: await by("sockets") });
    }
    assertLogged(newestDecision(swarm.ground.runtime.database.read) - before, rounds);
    const rate = (by: Client, name: Name) => median(rounds.map((round) => round[by][name].perSecond));
    const p99 = (by: Client, name: Name) => median(rounds.map((round) => round[by][name].p99Ms));
    report.note(
      `decisions over mTLS, ${MACHINES * CONNECTIONS_EACH} connections kept alive, in turns with an echo; medians of ${ROUNDS}`,
    );
    const [own, bare] = ["node:https", "sockets"] as const;
    report.add(
      atLeast(1, "decisions a second, one a request", rate(own, "single"), SINGLE_BAR, "/s"),
      atLeast(1, `decisions a second, ${BATCH} a request`, rate(own, "batch") * BATCH, BATCH_BAR, "/s"),
      atLeast(ECHO_SHARE, "one a request beside a bare node:https echo", rate(own, "single"), rate(own, "echo"), "/s"),
      informs("one a request, p99", p99(own, "single"), 50, "ms"),
      informs(`${BATCH} a request, p99`, p99(own, "batch"), 500, "ms"),
    );
    report.add(
      informs("one a request, asked by bytes on a socket", rate(bare, "single"), rate(bare, "echo"), "/s"),
      informs(`${BATCH} a request, asked so`, rate(bare, "batch") * BATCH, BATCH_BAR, "/s"),
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
function assertLogged(logged: number, rounds: readonly Round[]): void {
  const answered = rounds.flatMap((round) => Object.values(round).flatMap(({ single, batch }) => [single, batch]));
  const told = answered.reduce((sum, { allowed, denied }) => sum + allowed + denied, 0);
  if (logged !== told) throw new Error(`${told} decisions were told, and ${logged} are in the log`);
  if (answered.some(({ denied }) => denied > 0)) throw new Error("a question was denied that is allowed");
}
