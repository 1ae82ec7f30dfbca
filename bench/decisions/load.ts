import type { Pair } from "../lib/lane";
import { answerParent } from "./child";
import { type Client, CLIENTS, type Connection } from "./connection";

/** The argument with which the benchmark's own bundle runs as machines that ask. */
export const AS_LOAD = "--as-load";

/** Who asks what of whom, again and again. */
export interface Asked {
  readonly ask: string;
  readonly url: string;
  readonly ca: string;
  readonly machines: readonly {
    readonly pair: Pair;
    readonly connections: number;
    readonly bodies: readonly unknown[];
  }[];
}

/** So many requests, over connections that were used once before the clock starts and are kept alive. */
export interface Running {
  readonly run: string;
  readonly by: Client;
  readonly requests: number;
}

/** What became of a run. */
export interface RunResult {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** How often `"decision":true` and `"decision":false` stood in the answers, those of the first use too. */
  readonly allowed: number;
  readonly denied: number;
}

/** Machines that ask: in a process of their own, so that what they cost is not the gateway's. */
export function runLoad(): void {
  const known = new Map<string, Asked>();
  answerParent(async (message: Asked | Running) => {
    if ("ask" in message) {
      known.set(message.ask, message);
      return {};
    }
    const asked = known.get(message.run);
    if (!asked) throw new Error(`nobody said what ${message.run} is`);
    const connections = await connect(asked, message.by);
    try {
      return await run(connections, message.requests);
    } finally {
      for (const connection of connections) connection.close();
    }
  });
}

async function connect({ url, ca, machines }: Asked, by: Client): Promise<Connection[]> {
  const connections: Connection[] = [];
  for (const { pair, connections: count, bodies } of machines) {
    for (let at = 0; at < count; at++) {
      connections.push(await CLIENTS[by]({ url: new URL(url), ca, pair, bodies }));
    }
  }
  return connections;
}

async function run(connections: readonly Connection[], requests: number): Promise<RunResult> {
  const [times, bodies]: [number[], string[]] = [[], []];
  const ask = async (connection: Connection, at: number) => {
    const { status, body } = await connection.send(at);
    if (status !== 200) throw new Error(`a question was answered ${status}: ${body}`);
    bodies.push(body);
  };
  await Promise.all(connections.map((connection) => ask(connection, 0)));

  let next = 0;
  const start = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (next < requests) {
        const began = performance.now();
        await ask(connection, next++);
        times.push(performance.now() - began);
      }
    }),
  );
  const perSecond = requests / ((performance.now() - start) / 1_000);
  times.sort((a, b) => a - b);
  const count = (text: string) => bodies.reduce((sum, body) => sum + body.split(text).length - 1, 0);
  return {
    ...{ perSecond, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0 },
    ...{ allowed: count('"decision":true'), denied: count('"decision":false') },
  };
}
