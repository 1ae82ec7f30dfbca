import { Agent, request } from "node:https";
import { openLane, type Pair, postOf } from "../lib/lane";

/** A connection that is kept alive, over which a machine sends bodies one after the other. */
export interface Connection {
  /** Sends one of them, written before anything is timed; behind the last comes the first again. */
  send(at: number): Promise<Answered>;
  close(): void;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** To whom, by whom, and what. */
export interface Asking {
  readonly url: URL;
  readonly ca: string;
  readonly pair: Pair;
  readonly bodies: readonly unknown[];
}

/** How machines ask: with the client that Node comes with, or with nearly nothing, which shows what the server could do. */
export const CLIENTS = { "node:https": openClient, sockets: openSocket } as const;
export type Client = keyof typeof CLIENTS;

async function openClient({ url, ca, pair, bodies }: Asking): Promise<Connection> {
  const agent = new Agent({ ca, ...pair, keepAlive: true, maxSockets: 1 });
  const posts = bodies.map((body) => Buffer.from(JSON.stringify(body)));
  const send = (at: number) =>
    new Promise<Answered>((resolve, reject) => {
      const body = posts[at % posts.length] as Buffer;
      const headers = { "content-type": "application/json", "content-length": body.length };
      const sent = request(url, { agent, method: "POST", headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => (text += piece));
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}

async function openSocket({ url, ca, pair, bodies }: Asking): Promise<Connection> {
  const lane = await openLane(url, ca, pair);
  const posts = bodies.map((body) => postOf(url, body));
  return { send: (at) => lane.send(posts[at % posts.length] as Uint8Array), close: () => lane.close() };
}
