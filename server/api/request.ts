import { randomUUID } from "node:crypto";
import { cache } from "react";
import { headers } from "next/headers";
import type { Origin } from "@/server/kernel/context";
import { ANONYMOUS, type Runtime } from "@/server/platform/composition";
import { processRuntime } from "@/server/platform/process-runtime";
import { currentSession } from "./auth";
import { nextCookies } from "./cookies";
import type { CallContext } from "./trpc";

/** The runtime of the console process. */
export function consoleRuntime(): Promise<Runtime> {
  return processRuntime("console");
}

/**
 * Where the request at hand came from. The address is what our own listener saw on the socket: it replaces whatever
 * the client sent under that header.
 */
export async function requestOrigin(): Promise<Origin> {
  const given = await headers();
  return {
    address: given.get("x-swarm-address"),
    userAgent: given.get("user-agent")?.slice(0, 400) ?? null,
    requestId: given.get("x-request-id") ?? `req_${randomUUID()}`,
  };
}

/** What procedures and pages are given: the signed-in actor, or nobody. Once a request. */
export const callContext = cache(async (): Promise<CallContext> => {
  // The request comes first: while building there is none, and that must be known before any data is opened.
  const origin = await requestOrigin();
  const [runtime, session] = await Promise.all([consoleRuntime(), currentSession()]);
  return {
    verbs: runtime.contextFor(session?.actor ?? ANONYMOUS, origin),
    logger: runtime.logger,
    cookies: nextCookies(),
  };
});
