import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import type { Origin } from "@/server/kernel/context";
import type { Runtime } from "@/server/platform/composition";
import { processRuntime } from "@/server/platform/process-runtime";

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
