import type { IncomingHttpHeaders } from "node:http";
import type { Context } from "@/server/kernel/context";

/** What OpenSSL found out about the client's certificate during the handshake. It says nothing about revocation. */
export type Peer =
  | { readonly kind: "none" }
  /** It did not chain to our anchors; `why` is OpenSSL's word. */
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "chained"; readonly certificate: PeerCertificate };

/** A client certificate that chains to our anchors. Whether it is in force is asked on every request. */
export interface PeerCertificate {
  /** 32 lower-case hexadecimal digits. */
  readonly serial: string;
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly fingerprint: string;
}

/** One request, apart from the socket it came on. */
export interface Exchange {
  readonly method: string;
  /** The path alone, without a query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly peer: Peer;
  /** The context of whoever this turns out to be; anonymous until a certificate proved more. */
  readonly ctx: Context;
  /** Reads the body. @throws {HttpRefusal} when it is too long or did not arrive. */
  body(): Promise<Uint8Array>;
}

/** What goes back. For HEAD the server leaves `body` out, not the handler. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What a handler is given. */
export interface Asked {
  /** Whose actor is proven: the certificate's identity where the route needs one, anonymous otherwise. */
  readonly ctx: Context;
  readonly headers: IncomingHttpHeaders;
  /** The variable parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined for methods without one. */
  readonly body: unknown;
}

/** One line of the table of contents that a listener is. */
export interface Route {
  readonly method: "GET" | "POST";
  /** `{name}` stands for one part of lower-case letters, digits and hyphens. */
  readonly path: string;
  /** Without a certificate in force nothing else of the request is looked at. */
  readonly needsCertificate: boolean;
  /** Whether the request has a JSON body. */
  readonly takesBody: boolean;
  /** Whether an `X-Request-ID` of the sender's goes back in the place of ours (AuthZEN 10.1). */
  readonly echoesRequestId?: true;
  handle(asked: Asked): Promise<Answer>;
}

/** An answer in JSON. Nothing of the machine API may be stored by anybody on the way. */
export function json(status: number, value: unknown): Answer {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(value),
  };
}
