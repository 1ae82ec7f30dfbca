import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { readTrustAnchors } from "@/server/certificates/trust";
import { joinPem } from "@/server/cli/node/enroll";
import { makeKey, type NodeKeyType, requestFor } from "@/server/cli/node/key-request";
import { jobsOf } from "@/server/jobs/jobs";
import { Scheduler } from "@/server/jobs/scheduler";
import type { Runtime } from "@/server/platform/composition";
import { RUN_BEGAN, testWorld, type World, type WorldOptions } from "./world";
import { type Gateway, startGateway, systemContext } from "@/server/gateway/gateway";
import { DEFAULT_LIMITS, type Limits } from "@/server/gateway/limits";

/** A gateway on loopback with everything real behind it. */
export interface Site {
  readonly world: World;
  readonly gateway: Gateway;
  /** Trust anchors, PEM; empty before the setup. */
  readonly ca: string;
  stopJobs(): Promise<void>;
  close(): Promise<void>;
}

/** What a machine holds after enrolling. */
export interface Machine {
  readonly key: string;
  /** Leaf and intermediates. */
  readonly cert: string;
  readonly serial: string;
  readonly name: string;
}

/** An answer, its JSON parsed. */
export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly json: Record<string, unknown>;
}

/** Starts a site whose clock is the real one at first, because OpenSSL has no other. */
export async function startSite(
  options: WorldOptions & { limits?: Partial<Limits>; runtime?: (runtime: Runtime) => Runtime } = {},
): Promise<Site> {
  const { limits, runtime: changed = (runtime: Runtime) => runtime, ...wanted } = options;
  const world = await testWorld({
    hierarchy: true,
    startsAt: RUN_BEGAN,
    ...wanted,
    environment: { SWARM_GATEWAY_PORT: "0", SWARM_PKI_PORT: "0", ...wanted.environment },
  });
  const gateway = await startGateway(changed(world.runtime), { ...DEFAULT_LIMITS, ...limits });
  const scheduler = new Scheduler(world.runtime.logger);
  scheduler.start(
    jobsOf({ database: world.runtime.database, contextFor: (name) => systemContext(world.runtime, name) }),
  );
  return {
    world,
    gateway,
    ca: gateway.isSetUp() ? (await readTrustAnchors(world.ctx)).pem : "",
    stopJobs: () => scheduler.stop(),
    close: async () => {
      await scheduler.stop();
      await gateway.close();
      world.close();
    },
  };
}

/** How a call differs from a plain GET without a certificate. */
export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly pair?: { readonly key: string; readonly cert: string };
  readonly agent?: TlsAgent;
}

/** Asks the machines' port over TLS. Without an agent every call has a connection of its own. */
export function ask(site: Site, path: string, { method, body, headers, pair, agent }: Call = {}): Promise<Received> {
  const bytes = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const own = agent ?? new TlsAgent({ ca: site.ca, ...pair });
  return new Promise<Received>((resolve, reject) => {
    const sent = tlsRequest(
      new URL(path, site.gateway.machineUrl),
      {
        method: method ?? (bytes === undefined ? "GET" : "POST"),
        agent: own,
        headers: { ...(bytes !== undefined && { "content-type": "application/json" }), ...headers },
      },
      (response) => void receive(response).then(resolve, reject),
    );
    sent.on("error", reject);
    sent.end(bytes);
  }).finally(() => {
    if (!agent) own.destroy();
  });
}

/** Asks the PKI port over plain HTTP. */
export function fetchPki(site: Site, path: string, { method = "GET", headers = {} }: Call = {}): Promise<Received> {
  const agent = new Agent();
  return new Promise<Received>((resolve, reject) => {
    const sent = request(new URL(path, site.gateway.pkiUrl), { method, agent, headers }, (response) => {
      void receive(response).then(resolve, reject);
    });
    sent.on("error", reject);
    sent.end();
  }).finally(() => agent.destroy());
}

async function receive(response: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const isJson = /json/.test(response.headers["content-type"] ?? "") && bytes.length > 0;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes,
    json: isJson ? JSON.parse(bytes.toString()) : {},
  };
}

/** Makes a join token as an admin does. */
export async function tokenFor(site: Site, name: string): Promise<string> {
  return (await createJoinToken(site.world.ctx, { kind: "node", name })).token;
}

/** Enrols a node over TLS. */
export async function enrollMachine(site: Site, name: string, keyType: NodeKeyType = "p256"): Promise<Machine> {
  const key = await makeKey(keyType);
  const answer = await ask(site, "/v1/enroll", {
    body: { token: await tokenFor(site, name), csr: await requestFor(key) },
  });
  if (answer.status !== 201) throw new Error(`could not enrol: ${answer.bytes.toString()}`);
  const { certificate, chain, serial } = answer.json;
  return { key, cert: joinPem(String(certificate), String(chain)), serial: String(serial), name };
}
