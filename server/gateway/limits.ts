import type { ServerOptions } from "node:http";

/** What one client may ask of a listener. */
export interface Limits {
  /** From the connection, or the end of the last answer, to the end of the headers. */
  readonly headersTimeoutMs: number;
  /** From the first byte of a request to its last. */
  readonly requestTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  /** How often slow senders are looked for. */
  readonly checkIntervalMs: number;
  readonly maxConnections: number;
  readonly maxHeaderBytes: number;
  /** Requests that are worked on at once; more are told to come back. */
  readonly maxInFlight: number;
  /** How long requests in flight may take to finish when the process is told to stop. */
  readonly shutdownMs: number;
}

/** The limits in force. Tests shorten the times. */
export const DEFAULT_LIMITS: Limits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  handshakeTimeoutMs: 10_000,
  keepAliveTimeoutMs: 65_000,
  checkIntervalMs: 1_000,
  maxConnections: 8_192,
  maxHeaderBytes: 8_192,
  maxInFlight: 1_024,
  shutdownMs: 5_000,
};

/** The limits that Node's HTTP server takes when it is made. A missing Host is refused by us, in our own form. */
export function httpOptions({ checkIntervalMs, maxHeaderBytes }: Limits): ServerOptions {
  return {
    connectionsCheckingInterval: checkIntervalMs,
    maxHeaderSize: maxHeaderBytes,
    requireHostHeader: false,
    noDelay: true,
  };
}
