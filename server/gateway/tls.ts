import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import { type SecureContextOptions, TLSSocket } from "node:tls";
import type { Peer } from "./exchange";
import { httpOptions, type Limits } from "./limits";

/** TLS 1.3 (RFC 8446) with one cipher suite, and nothing else. */
export const TLS_POLICY = {
  minVersion: "TLSv1.3",
  maxVersion: "TLSv1.3",
  ciphers: "TLS_AES_256_GCM_SHA384",
} as const satisfies SecureContextOptions;

/** What the listener proves itself with, and whom it believes. PEM. */
export interface Credentials {
  readonly key: string;
  /** Our certificate, then its intermediates. */
  readonly chain: string;
  /** Trust anchors, and the issuing authorities so that a client that sends its leaf alone is understood too. */
  readonly clientAuthorities: readonly string[];
}

/**
 * Makes the TLS listener. It has no certificate until `useCredentials`: the port is taken at once, and until the
 * authorities exist every handshake fails.
 */
export function createTlsServer(limits: Limits): Server {
  return createServer({
    ...TLS_POLICY,
    requestCert: true,
    /** A client without a certificate may enrol; OpenSSL's verdict is looked at on every request. */
    rejectUnauthorized: false,
    handshakeTimeout: limits.handshakeTimeoutMs,
    ...httpOptions(limits),
  });
}

/** Swaps certificate and key without a restart; open connections keep theirs. */
export function useCredentials(server: Server, { key, chain, clientAuthorities }: Credentials): void {
  server.setSecureContext({ ...TLS_POLICY, key, cert: chain, ca: [...clientAuthorities] });
}

const peers = new WeakMap<Socket, Peer>();

/**
 * What OpenSSL decided about the client's certificate, parsed once a connection. A resumed session without a
 * certificate counts as authorized in Node's eyes, so the certificate itself is asked for.
 */
export function peerOf(socket: Socket): Peer {
  let peer = peers.get(socket);
  if (!peer) {
    peer = readPeer(socket);
    peers.set(socket, peer);
  }
  return peer;
}

function readPeer(socket: Socket): Peer {
  if (!(socket instanceof TLSSocket)) return { kind: "none" };
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return { kind: "none" };
  if (!socket.authorized) return { kind: "refused", why: String(socket.authorizationError ?? "UNKNOWN") };
  return {
    kind: "chained",
    certificate: {
      serial: certificate.serialNumber.toLowerCase().padStart(32, "0"),
      fingerprint: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
    },
  };
}
