import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { listenOn } from "@/server/platform/listen";
import { assertServable, bare, type ConsoleSettings, isOwnHost } from "./addresses";
import { replaceTrustedHeaders, securityHeaders } from "./headers";

/** What the TLS listener proves itself with: PKCS#8 and the chain, leaf first, both PEM. */
export interface ListenerCredentials {
  readonly key: string;
  readonly cert: string;
}

/** What answers once a request is let in: Next.js. */
export interface ConsoleApp {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** WebSockets, which only development has. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** The console's own listener in front of Next.js. */
export interface ConsoleListener {
  /** Answers the port. */
  listen(): Promise<number>;
  /** Swaps the certificate for new connections, without a restart. */
  useCredentials(credentials: ListenerCredentials): void;
  close(): Promise<void>;
}

/** A form, a CSR or a policy is far below it; whatever is larger is no request of ours. */
const LARGEST_BODY_BYTES = 1_048_576;
const FINISH_WITHIN_MS = 5_000;

const LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 2_000,
};

/** TLS 1.3 with AES-256-GCM and nothing else (RFC 8446, B.4). */
const TLS = { minVersion: "TLSv1.3", maxVersion: "TLSv1.3", ciphers: "TLS_AES_256_GCM_SHA384" } as const;

/**
 * Makes the listener: plain HTTP on loopback, or TLS 1.3 when credentials are given.
 *
 * @throws {StartRefused} when it would serve another host in the clear.
 */
export function createConsoleListener(
  settings: ConsoleSettings,
  app: ConsoleApp,
  credentials?: ListenerCredentials,
): ConsoleListener {
  assertServable(settings);
  const answer = (request: IncomingMessage, response: ServerResponse) => void serve(request, response, settings, app);
  const server = credentials
    ? https.createServer({ ...LIMITS, ...TLS, ...credentials }, answer)
    : http.createServer(LIMITS, answer);
  server.maxHeadersCount = 100;
  server.on("clientError", (_error, socket) => refuseSocket(socket, "400 Bad Request"));
  const { upgrade } = app;
  if (upgrade) {
    server.on("upgrade", (request, socket, head) => {
      if (isOwnHost(request.headers.host, settings, request.socket.localAddress ?? "")) upgrade(request, socket, head);
      else refuseSocket(socket, "421 Misdirected Request");
    });
  }

  return {
    listen: () =>
      listenOn(server, { ...settings, hostSetting: "SWARM_CONSOLE_HOST", portSetting: "SWARM_CONSOLE_PORT" }),
    useCredentials(next) {
      if (server instanceof https.Server) server.setSecureContext({ ...TLS, ...next });
    },
    close: () => closeGently(server),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  settings: ConsoleSettings,
  app: ConsoleApp,
): Promise<void> {
  const { headers, socket } = request;
  for (const [name, value] of Object.entries(securityHeaders(headers.host, settings.tls)))
    response.setHeader(name, value);
  const refusal = screen(request, settings);
  if (refusal) return refuse(response, ...refusal);

  replaceTrustedHeaders(headers, bare(socket.remoteAddress ?? ""), settings.tls);
  try {
    await app.handle(request, response);
  } catch {
    if (response.headersSent) response.destroy();
    else refuse(response, 500, "internal error");
  }
}

function screen(request: IncomingMessage, settings: ConsoleSettings): [number, string] | undefined {
  const { headers, socket } = request;
  if (!isOwnHost(headers.host, settings, socket.localAddress ?? "")) {
    return [421, "this console does not go by that name; SWARM_CONSOLE_NAMES adds one"];
  }
  if (headers["transfer-encoding"] !== undefined) return [411, "say the length of the body"];
  if (Number(headers["content-length"] ?? 0) > LARGEST_BODY_BYTES) return [413, "the body is larger than 1 MiB"];
  return undefined;
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(`${message}\n`);
}

function refuseSocket(socket: Duplex, status: string): void {
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  else socket.destroy();
}

function closeGently(server: http.Server | https.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS).unref();
  });
}
