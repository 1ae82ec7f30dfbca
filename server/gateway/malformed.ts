import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { problemOf } from "./problem";

/** What the HTTP parser found wrong, as a status and a code of ours. */
function kindOf(error: NodeJS.ErrnoException): { status: number; code: string; detail: string } {
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
  const { status, code, detail } = kindOf(error);
  const body = JSON.stringify(problemOf(status, code, detail, requestId));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Bad Request"}`,
    "content-type: application/problem+json",
    "cache-control: no-store",
    `x-request-id: ${requestId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
