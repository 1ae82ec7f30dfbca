import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { problemOf } from "./problem";

interface Kind {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** What the HTTP parser found wrong, as a status and a code of ours. */
function kindOf(error: NodeJS.ErrnoException): Kind {
  switch (error.code) {
    case "HPE_HEADER_OVERFLOW":
      return { status: 431, code: "gateway.headers_too_long", detail: "the headers are too long" };
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return { status: 413, code: "gateway.body_too_long", detail: "the chunk extensions are too long" };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { status: 408, code: "gateway.too_slow", detail: "the request did not arrive in time" };
    default:
      return { status: 400, code: "gateway.malformed", detail: "this is not an HTTP/1.1 request" };
  }
}

/** Answers what never became a request, by hand, and closes the connection. */
export function refuseMalformed(
  error: NodeJS.ErrnoException,
  socket: Socket,
  inFlight: ServerResponse | undefined,
  requestId: string,
): void {
  const isMidAnswer = inFlight?.headersSent === true && !inFlight.writableFinished;
  if (error.code === "ECONNRESET" || !socket.writable || isMidAnswer) {
    socket.destroy();
    return;
  }
  endWith(socket, kindOf(error), requestId);
}

/** CONNECT asks for a tunnel, which never becomes a request either. */
export function refuseTunnel(socket: Duplex, requestId: string): void {
  socket.on("error", () => {});
  endWith(socket, { status: 405, code: "gateway.method_not_allowed", detail: "this is no proxy" }, requestId);
}

function endWith(socket: Duplex, { status, code, detail }: Kind, requestId: string): void {
  const body = JSON.stringify(problemOf(status, code, detail, requestId));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Bad Request"}`,
    "content-type: application/problem+json",
    "cache-control: no-store",
    `x-request-id: ${requestId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
    ...(status === 405 ? ["allow: GET, HEAD, POST"] : []),
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
