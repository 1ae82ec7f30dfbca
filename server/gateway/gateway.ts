import { createServer, type Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import { hostname } from "node:os";
import { listenerCredentials } from "@/server/certificates/listener";
import { readIssuers, readTrustAnchors } from "@/server/certificates/trust";
import type { Context } from "@/server/kernel/context";
import type { Settings } from "@/server/platform/env";
import { listenOn } from "@/server/platform/listen";
import { ANONYMOUS, originOfProcess, processActor, type Runtime } from "@/server/platform/composition";
import type { Service } from "./answer";
import { authenticatePeer } from "./authenticate";
import type { Route } from "./exchange";
import { attach, type Attached } from "./http";
import { DEFAULT_LIMITS, httpOptions, type Limits } from "./limits";
import { matcherOf } from "./match";
import { PKI_ROUTES } from "./pki";
import { HttpRefusal } from "./problem";
import { MACHINE_ROUTES } from "./routes";
import { createTlsServer, peerOf, useCredentials } from "./tls";

/** A running gateway. */
export interface Gateway {
  readonly machineUrl: string;
  readonly pkiUrl: string;
  /** Whether the authorities exist, and machines are answered. */
  isSetUp(): boolean;
  /**
   * Looks whether the authorities exist by now, and whether the listener's certificate is due; swaps it when it is.
   * Called on a clock.
   */
  refreshCredentials(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Takes both ports and answers. Before the first setup there are no authorities: then TLS handshakes fail and the PKI
 * port says 503, until `refreshCredentials` finds them.
 *
 * @throws {StartRefused} when a port cannot be taken.
 */
export async function startGateway(runtime: Runtime, limits: Limits = DEFAULT_LIMITS): Promise<Gateway> {
  const { settings } = runtime;
  const machines = createTlsServer(limits);
  const pki = createServer(httpOptions(limits));
  const credentials = new CredentialKeeper(runtime, machines);
  const attached = [
    attachRoutes(runtime, limits, machines, MACHINE_ROUTES),
    attachRoutes(runtime, limits, pki, whenSetUp(PKI_ROUTES, credentials)),
  ];
  machines.on("tlsClientError", (error) => runtime.logger.debug({ reason: error.message }, "a handshake failed"));

  await credentials.refresh();
  const ports = await takePorts(settings, machines, pki).catch(async (error: unknown) => {
    await closeAll(attached);
    throw error;
  });
  return {
    machineUrl: `https://${settings.gateway.names[0] ?? urlHost(settings.gateway.host)}:${ports.machines}`,
    pkiUrl: `http://${urlHost(settings.pki.host)}:${ports.pki}`,
    isSetUp: () => credentials.isSetUp,
    refreshCredentials: () => credentials.refresh(),
    close: () => closeAll(attached),
  };
}

/** The listener's certificate and whom it believes, looked after. */
class CredentialKeeper {
  isSetUp = false;
  #renewAt = 0;
  #serial = "";
  #running: Promise<void> | undefined;

  constructor(
    readonly runtime: Runtime,
    readonly server: HttpsServer,
  ) {}

  /** The clock and a request may ask at the same time: they get one look, and one certificate. */
  refresh(): Promise<void> {
    this.#running ??= this.#refresh().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #refresh(): Promise<void> {
    const ctx = systemContext(this.runtime, "gateway");
    if (!this.isSetUp && (await readIssuers(ctx)).ders.length === 0) return;
    if (ctx.now().getTime() < this.#renewAt) return;

    const { certificatePem, keyPem, serial, notAfter, renewAt } = await listenerCredentials(ctx, {
      listener: "gateway",
      names: listenerNames(this.runtime.settings),
    });
    if (serial !== this.#serial) {
      const [anchors, issuers] = await Promise.all([readTrustAnchors(ctx), readIssuers(ctx)]);
      useCredentials(this.server, {
        key: keyPem,
        chain: certificatePem,
        clientAuthorities: [anchors.pem, issuers.pem],
      });
      this.runtime.logger.info({ serial, notAfter }, "the gateway proves itself with this certificate");
    }
    this.#serial = serial;
    this.#renewAt = renewAt.getTime();
    this.isSetUp = true;
  }
}

/** A context of the process itself. */
export function systemContext(runtime: Runtime, name: string): Context {
  const nobody = runtime.contextFor(ANONYMOUS, originOfProcess("req_start"));
  return runtime.contextFor(processActor(name), originOfProcess(nobody.newId("req")));
}

function attachRoutes(
  runtime: Runtime,
  limits: Limits,
  server: HttpServer | HttpsServer,
  routes: readonly Route[],
): Attached {
  const ids = systemContext(runtime, "gateway");
  const service: Service = {
    match: matcherOf(routes),
    authenticate: authenticatePeer,
    onBug: (error, requestId) => runtime.logger.error({ err: error, requestId }, "a request failed inside"),
  };
  return attach(server, {
    service,
    limits,
    logger: runtime.logger,
    newRequestId: () => ids.newId("req"),
    anonymous: (origin) => runtime.contextFor(ANONYMOUS, origin),
    peerOf,
  });
}

/** The same routes, all but `/health` refused until there is something to serve; it may have come this very moment. */
function whenSetUp(routes: readonly Route[], credentials: CredentialKeeper): Route[] {
  return routes.map((route) => ({
    ...route,
    handle: async (asked) => {
      if (!credentials.isSetUp && route.path !== "/health") await credentials.refresh();
      if (credentials.isSetUp || route.path === "/health") return route.handle(asked);
      const later = { "retry-after": "5" };
      throw new HttpRefusal(503, "gateway.not_set_up", "the console is not set up yet: finish /setup first", later);
    },
  }));
}

async function closeAll(attached: readonly Attached[]): Promise<void> {
  await Promise.all(attached.map((one) => one.close()));
}

async function takePorts({ gateway, pki }: Settings, machineServer: HttpsServer, pkiServer: HttpServer) {
  return {
    machines: await listenOn(machineServer, {
      ...gateway,
      hostSetting: "SWARM_GATEWAY_HOST",
      portSetting: "SWARM_GATEWAY_PORT",
    }),
    pki: await listenOn(pkiServer, { ...pki, hostSetting: "SWARM_PKI_HOST", portSetting: "SWARM_PKI_PORT" }),
  };
}

/** The names that machines may reach the gateway by: those in the settings, its address, and this machine itself. */
function listenerNames({ gateway }: Settings): string[] {
  const own = isWildcard(gateway.host) ? [hostname().toLowerCase()] : [gateway.host];
  return [...new Set([...gateway.names, ...own, "localhost", "127.0.0.1", "::1"])];
}

function urlHost(host: string): string {
  if (isWildcard(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}
