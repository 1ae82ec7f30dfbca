import { connect, type TLSSocket } from "node:tls";

/** A TLS connection that is kept alive, over which requests go one after the other. */
export interface Lane {
  /** Sends a request that was written before and answers its status line and body. */
  send(request: Uint8Array): Promise<{ status: number; body: string }>;
  close(): void;
}

/** A POST of JSON as it goes over the wire. Written before anything is timed, so that the load costs the load little. */
export function postOf(url: URL, body: unknown): Uint8Array {
  const text = JSON.stringify(body);
  const head = `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n`;
  return Buffer.from(`${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

/** What a machine proves itself with, PEM. */
export interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** Connects. `node:https` would take as long to ask as the gateway does to answer, on cores that both share. */
export function openLane(url: URL, ca: string, pair?: Pair): Promise<Lane> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), ca, ...pair }, () => {
      socket.off("error", reject);
      resolve({ send: (request) => ask(socket, request), close: () => void socket.destroy() });
    });
    socket.once("error", reject);
  });
}

function ask(socket: TLSSocket, request: Uint8Array): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let text = "";
    const done = () => {
      socket.off("data", onData).off("error", onError).off("close", onClose);
    };
    const onError = (error: Error) => {
      done();
      reject(error);
    };
    const onClose = () => onError(new Error("the gateway closed the connection"));
    const onData = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(text) ?? [];
      if (length === undefined) return onError(new Error("the gateway did not say how long its answer is"));
      if (text.length < end + 4 + Number(length)) return;
      done();
      resolve({ status: Number(text.slice(9, 12)), body: text.slice(end + 4) });
    };
    if (socket.destroyed) return onClose();
    socket.on("data", onData).on("error", onError).on("close", onClose);
    socket.write(request);
  });
}
