import type { Context } from "@/server/kernel/context";
import { assertJson, parseJson } from "./body";
import type { Answer, Exchange } from "./exchange";
import type { Matcher } from "./match";
import { type Problem, refusalOf } from "./problem";

/** Establishes who holds a certificate; throws when it is not in force. Asked on every request, not once a connection. */
export type Authenticate = (exchange: Exchange) => Promise<Context>;

/** What a listener answers with, apart from its sockets. */
export interface Service {
  readonly match: Matcher;
  readonly authenticate: Authenticate;
  /** Told about what no caller may see: bugs. */
  onBug(error: unknown, requestId: string): void;
}

/** An answer, and for the log which route gave it and with which code it refused. */
export interface Answered {
  readonly answer: Answer;
  readonly route: string | null;
  readonly code: string | null;
  /** Who was established, null when nobody was. */
  readonly actorId: string | null;
}

/** Answers one request: finds its route, proves its sender, reads its body, asks its handler. Never throws. */
export async function answer(service: Service, exchange: Exchange): Promise<Answered> {
  let path: string | null = null;
  let actorId: string | null = null;
  let echo: Answer["headers"] = {};
  try {
    const { route, params } = service.match(exchange.method, exchange.path);
    path = route.path;
    if (route.echoesRequestId) echo = echoOf(exchange.headers);
    const ctx = route.needsCertificate ? await service.authenticate(exchange) : exchange.ctx;
    if (route.needsCertificate) actorId = ctx.actor.id;
    if (route.takesBody) assertJson(exchange.headers);
    const body = route.takesBody ? parseJson(await exchange.body()) : undefined;
    const given = await route.handle({ ctx, headers: exchange.headers, params, body });
    return { answer: withHeaders(given, echo), route: path, code: null, actorId };
  } catch (error) {
    const { problem, headers, isBug } = refusalOf(error, exchange.ctx.origin.requestId);
    if (isBug) service.onBug(error, problem.requestId);
    return { answer: answerOf(problem, { ...headers, ...echo }), route: path, code: problem.code, actorId };
  }
}

/** What a sender calls its request, when that can stand in a header. */
function echoOf(headers: Exchange["headers"]): Answer["headers"] {
  const requestId = headers["x-request-id"];
  return typeof requestId === "string" && /^[\x21-\x7e]{1,200}$/.test(requestId) ? { "x-request-id": requestId } : {};
}

function withHeaders(given: Answer, more: Answer["headers"]): Answer {
  return more["x-request-id"] === undefined ? given : { ...given, headers: { ...given.headers, ...more } };
}

/** A problem as it goes over the wire. */
export function answerOf(problem: Problem, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status: problem.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(problem),
  };
}
