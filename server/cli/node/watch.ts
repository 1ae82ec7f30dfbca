import { leafOf, type MachineAnswer } from "./answer";
import { GatewayRefused, NodeError } from "./errors";
import { readPair } from "./files";
import { type RenewOptions, renewNode } from "./renew";

/** What a watch tells while it runs. */
export interface Watching {
  onWaiting(until: Date): void;
  onRenewed(answer: MachineAnswer): void;
  onFailed(error: Error, retryAt: Date): void;
  now(): number;
  /** From 0 to 1. */
  random(): number;
}

/** The share of a lifetime by which machines that enrolled together come apart. */
const JITTER = 0.05;
const FIRST_RETRY_MS = 1_000;
const SLOWEST_RETRY_MS = 300_000;
/** Waits are cut, so that a machine that slept sees the time when it wakes. */
const LONGEST_WAIT_MS = 30_000;

/** Two thirds of the lifetime, and up to 5 % of it later. */
export function renewalTime({ notBefore, notAfter }: { notBefore: number; notAfter: number }, random: number): number {
  const lifetime = notAfter - notBefore;
  return notBefore + (lifetime * 2) / 3 + lifetime * JITTER * random;
}

/** How long to wait after so many failures in a row; never past the end of the certificate. */
export function retryDelay(failures: number, leftMs: number, random: number): number {
  const backoff = Math.min(SLOWEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 16));
  return Math.max(0, Math.min(backoff * (0.5 + random / 2), leftMs));
}

/**
 * Renews at two thirds of each lifetime until `signal` aborts. A renewal that has begun is finished first.
 *
 * @throws {NodeError} when the certificate has expired, {GatewayRefused} when it was revoked: only enrolling helps then.
 */
export async function watchNode(options: RenewOptions & { signal: AbortSignal }, watching: Watching): Promise<void> {
  const { dir, gateway, signal } = options;
  let failures = 0;
  let at = await nextRenewal(dir, watching);
  watching.onWaiting(new Date(at));
  while (await waitUntil(at, watching, signal)) {
    try {
      const answer = await renewNode({ dir, gateway });
      failures = 0;
      watching.onRenewed(answer);
      at = await nextRenewal(dir, watching);
      watching.onWaiting(new Date(at));
    } catch (error) {
      if (!(error instanceof Error) || isFinal(error)) throw error;
      failures++;
      const left = (await endOf(dir)) - watching.now();
      if (left <= 0)
        throw new NodeError("node.expired", "the certificate has expired; enrol again with a new join token");
      at = watching.now() + retryDelay(failures, left, watching.random());
      watching.onFailed(error, new Date(at));
    }
  }
}

function isFinal(error: Error): boolean {
  if (error instanceof NodeError) return error.code !== "node.gateway_unreachable";
  return error instanceof GatewayRefused && error.code === "certificate.revoked";
}

async function nextRenewal(dir: string, { random }: Watching): Promise<number> {
  const leaf = leafOf((await readPair(dir)).cert);
  return renewalTime({ notBefore: Date.parse(leaf.validFrom), notAfter: Date.parse(leaf.validTo) }, random());
}

async function endOf(dir: string): Promise<number> {
  return Date.parse(leafOf((await readPair(dir)).cert).validTo);
}

/** False when the watch was ended meanwhile. */
async function waitUntil(at: number, { now }: Watching, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted && now() < at) {
    await new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.min(LONGEST_WAIT_MS, at - now()));
      signal.addEventListener("abort", finish);
    });
  }
  return !signal.aborted;
}
