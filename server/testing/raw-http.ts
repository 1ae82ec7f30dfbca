import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";

/** What came back over plain HTTP. */
export interface RawReceived {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: unknown;
}

/** One request on a connection of its own. */
export function sendTo(
  port: number,
  method: string,
  path: string,
  { body, headers = {} }: { body?: string | Buffer; headers?: Record<string, string | undefined> } = {},
): Promise<RawReceived> {
  const sent = { ...(body !== undefined && { "content-type": "application/json" }), ...headers };
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  return new Promise((resolve, reject) => {
    const call = request({ port, host: "127.0.0.1", method, path, headers: given, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = /json/.test(response.headers["content-type"] ?? "") && text !== "";
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: isJson ? JSON.parse(text) : undefined,
        });
      });
    });
    let answered = false;
    call.on("response", () => {
      answered = true;
    });
    call.on("error", (error) => {
      if (!answered) reject(error);
    });
    call.end(body);
  });
}

/** Sends bytes as they are and returns everything that came until the connection closed. */
export function talkTo(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.from(bytes, "latin1")));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.on("close", () => resolve(text));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (text === "") reject(error);
    });
  });
}
