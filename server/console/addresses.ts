import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { StartRefused } from "@/server/platform/listen";

/** How the console is served. */
export interface ConsoleSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly names: readonly string[];
}

/** True for names and addresses that never leave this machine: 127.0.0.0/8, ::1, localhost. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/**
 * Plain HTTP is for loopback alone: everything else would carry passwords and sessions in the clear.
 *
 * @throws {StartRefused} for any other host without TLS.
 */
export function assertServable({ host, tls }: ConsoleSettings): void {
  if (tls || isLoopback(host)) return;
  throw new StartRefused(
    `the console does not serve ${host} in the clear; set SWARM_CONSOLE_TLS=1 for TLS, or SWARM_CONSOLE_HOST to 127.0.0.1`,
  );
}

/**
 * Whether a Host header names this console. A foreign name that resolves to our address (DNS rebinding) does not; an
 * address does when it is the one the connection came in on, because addresses cannot be rebound.
 */
export function isOwnHost(hostHeader: string | undefined, settings: ConsoleSettings, localAddress: string): boolean {
  const name = hostnameOf(hostHeader);
  if (name === undefined) return false;
  if (name === bare(settings.host) || name === bare(localAddress)) return true;
  if (settings.names.some((own) => own.toLowerCase() === name)) return true;
  return isLoopback(name) && isLoopback(localAddress);
}

/** The host name in a Host header, lower case, without port and brackets; undefined when it is not one. */
export function hostnameOf(hostHeader: string | undefined): string | undefined {
  if (hostHeader === undefined || !/^[a-z0-9.:[\]-]{1,255}$/i.test(hostHeader)) return undefined;
  const url = URL.canParse(`http://${hostHeader}`) ? new URL(`http://${hostHeader}`) : undefined;
  return url === undefined || url.pathname !== "/" ? undefined : bare(url.hostname);
}

/** The names and addresses under which browsers may reach the console, for its certificate. */
export function certificateNames(settings: ConsoleSettings): string[] {
  const own = isWildcard(settings.host) ? [...machineName(), ...localAddresses()] : [settings.host];
  const loopback = isWildcard(settings.host) || isLoopback(settings.host) ? ["localhost", "127.0.0.1", "::1"] : [];
  return [...new Set([...settings.names, ...own, ...loopback].map(bare))];
}

/** The address for people to open. */
export function consoleUrl(settings: ConsoleSettings, port: number): string {
  const host = settings.names[0] ?? (isWildcard(settings.host) ? "localhost" : settings.host);
  return `${settings.tls ? "https" : "http"}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** The address without brackets, zone and IPv4-in-IPv6 form. */
export function bare(address: string): string {
  return address
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/%.*$/, "")
    .replace(/^::ffff:(?=\d+\.)/, "");
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** This machine's name where it can stand in a certificate. */
function machineName(): string[] {
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(hostname()) ? [hostname()] : [];
}

function localAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address);
}
