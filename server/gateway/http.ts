import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Context, Origin } from "@/server/kernel/context";
import type { Logger } from "@/server/platform/logger";
import { type Answered, answer, answerOf, type Service } from "./answer";
import { readBody } from "./body";
import type { Answer, Peer } from "./exchange";
import type { Limits } from "./limits";
import { problemOf } from "./problem";
import { refuseMalformed, refuseTunnel } from "./malformed";

/** What a listener needs besides its routes. */
export interface Listening {
  readonly service: Service;
  readonly limits: Limits;
  readonly logger: Logger;
  newRequestId(): string;
  anonymous(origin: Origin): Context;
  peerOf(socket: Socket): Peer;
}

/** A server that answers, and how it is stopped. */
export interface Attached {
  /** Lets requests in flight finish, for a while, and closes every connection. */
  close(): Promise<void>;
}

/** Bytes that are thrown away after a refusal, so that the sender reads the answer in place of a reset connection. */
const LINGER_BYTES = 1_048_576;
const LINGER_MS = 500;

/** Lets a server answer with a service, within its limits. */
export function attach(server: Server, listening: Listening): Attached {
  const { limits, logger } = listening;
  const state: State = { inFlight: 0, open: 0, isClosing: false };
  const current = new WeakMap<Socket, ServerResponse>();
  server.maxConnections = limits.maxConnections;
  server.keepAliveTimeout = limits.keepAliveTimeoutMs;
  server.headersTimeout = limits.headersTimeoutMs;
  server.requestTimeout = limits.requestTimeoutMs;

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    current.set(request.socket, response);
    state.open++;
    response.once("close", () => state.open--);
    void serve(listening, state, request, response).catch((error) => {
      logger.error({ err: error }, "a request could not be answered");
      response.destroy();
    });
  };
  server.on("request", onRequest);
  server.on("checkExpectation", onRequest);
  server.on("connect", (_request, socket) => refuseTunnel(socket, listening.newRequestId()));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    refuseMalformed(error, socket, current.get(socket), listening.newRequestId());
  });
  return { close: () => closeGently(server, state, limits.shutdownMs) };
}

interface State {
  /** Requests that are worked on. */
  inFlight: number;
  /** Answers that are not on their way as a whole. */
  open: number;
  isClosing: boolean;
}

async function serve(
  listening: Listening,
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const began = performance.now();
  const requestId = listening.newRequestId();
  const address = request.socket.remoteAddress ?? null;
  request.on("error", () => {});
  response.on("error", () => {});

  state.inFlight++;
  const answered = await (
    refuseEarly(listening.limits, state, request, requestId) ??
    answer(listening.service, {
      method: request.method ?? "",
      path: pathOf(request.url ?? "/"),
      headers: request.headers,
      peer: listening.peerOf(request.socket),
      ctx: listening.anonymous({ address, userAgent: userAgentOf(request), requestId }),
      body: () => readBody(request),
    })
  ).finally(() => {
    state.inFlight--;
  });

  send(request, response, answered.answer, { requestId, isClosing: state.isClosing });
  listening.logger.info(
    {
      requestId,
      address,
      method: request.method,
      route: answered.route,
      status: answered.answer.status,
      ...(answered.code !== null && { refusal: answered.code }),
      ...(answered.actorId !== null && { actor: answered.actorId }),
      ms: Math.round((performance.now() - began) * 100) / 100,
    },
    "request",
  );
}

/** What is refused whatever it asks for. */
function refuseEarly(
  limits: Limits,
  state: State,
  { headers, httpVersion }: IncomingMessage,
  requestId: string,
): Promise<Answered> | undefined {
  const refuse = async (status: number, code: string, detail: string, more: Record<string, string> = {}) => {
    const problem = problemOf(status, code, detail, requestId);
    return { answer: answerOf(problem, more), route: null, code, actorId: null };
  };
  if (state.inFlight > limits.maxInFlight) {
    return refuse(503, "gateway.too_busy", "too many requests at once; try again in a second", { "retry-after": "1" });
  }
  if (httpVersion === "1.1" && headers.host === undefined) {
    return refuse(400, "gateway.malformed", "an HTTP/1.1 request names its host");
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== "100-continue") {
    return refuse(417, "gateway.expectation_failed", "nothing but 100-continue can be expected here");
  }
  return undefined;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  given: Answer,
  { requestId, isClosing }: { requestId: string; isClosing: boolean },
): void {
  if (response.destroyed || !request.socket.writable) return;
  const isUnread = !request.complete && given.status >= 400;
  const headers: Record<string, string | number> = {
    "x-request-id": requestId,
    ...given.headers,
    "x-content-type-options": "nosniff",
  };
  if (given.status !== 304) headers["content-length"] = Buffer.byteLength(given.body);
  if (isUnread || isClosing) headers.connection = "close";

  response.writeHead(given.status, headers);
  const body = request.method === "HEAD" || given.status === 304 ? "" : given.body;
  if (!isUnread) {
    response.end(body);
    return;
  }
  response.write(body);
  linger(request, () => response.end());
}

/** Closing with unread bytes would reset the connection and take the answer with it (RFC 9112, 9.6). */
function linger(request: IncomingMessage, done: () => void): void {
  let left = LINGER_BYTES;
  const finish = () => {
    clearTimeout(timer);
    request.off("data", onData);
    request.pause();
    done();
  };
  const onData = (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) finish();
  };
  const timer = setTimeout(finish, LINGER_MS);
  request.on("data", onData);
  request.once("end", finish);
  request.once("close", finish);
}

async function closeGently(server: Server, state: State, shutdownMs: number): Promise<void> {
  state.isClosing = true;
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    const latest = performance.now() + shutdownMs;
    const timer = setInterval(() => {
      if (state.open === 0 || performance.now() > latest) server.closeAllConnections();
    }, 20);
    server.close(() => {
      clearInterval(timer);
      resolve();
    });
  });
}

/** The path of an origin-form or absolute-form target (RFC 9112, 3.2); anything else is no path of ours. */
function pathOf(target: string): string {
  const withoutOrigin = target.startsWith("/") ? target : target.replace(/^https?:\/\/[^/?#]*/i, "");
  const end = withoutOrigin.search(/[?#]/);
  return end < 0 ? withoutOrigin : withoutOrigin.slice(0, end);
}

function userAgentOf(request: IncomingMessage): string | null {
  return request.headers["user-agent"]?.slice(0, 200) ?? null;
}
