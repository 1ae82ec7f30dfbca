import { type Lane, openLane, type Pair, postOf } from "../lib/lane";
import { answerParent } from "./child";

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

/** So many requests, over connections that are opened before the clock starts and kept alive. */
export interface Running {
  readonly run: string;
  readonly requests: number;
}

/** What became of a run. */
export interface RunResult {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** How often `"decision":true` and `"decision":false` stood in the answers. */
  readonly allowed: number;
  readonly denied: number;
}

interface Connection {
  readonly lane: Lane;
  readonly posts: readonly Uint8Array[];
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
    const connections = await connect(asked);
    try {
      return await run(connections, message.requests);
    } finally {
      for (const { lane } of connections) lane.close();
    }
  });
}

async function connect({ url, ca, machines }: Asked): Promise<Connection[]> {
  const connections: Connection[] = [];
  for (const { pair, connections: count, bodies } of machines) {
    const posts = bodies.map((body) => postOf(new URL(url), body));
    for (let at = 0; at < count; at++) connections.push({ lane: await openLane(new URL(url), ca, pair), posts });
  }
  return connections;
}

async function run(connections: readonly Connection[], requests: number): Promise<RunResult> {
  const [times, bodies]: [number[], string[]] = [[], []];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    connections.map(async ({ lane, posts }) => {
      while (next < requests) {
        const post = posts[next++ % posts.length] as Uint8Array;
        const began = performance.now();
        const { status, body } = await lane.send(post);
        times.push(performance.now() - began);
        if (status !== 200) throw new Error(`a question was answered ${status}: ${body}`);
        bodies.push(body);
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
