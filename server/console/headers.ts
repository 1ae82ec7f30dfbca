import type { IncomingHttpHeaders } from "node:http";
import { hostnameOf } from "./addresses";

/** Carries the address of the connection to the routes. Whatever a client sent under this name is gone. */
export const ADDRESS_HEADER = "x-swarm-address";

/** Request headers that only we, or a proxy that we do not have, may set. Next.js believes several of them. */
const NOT_FROM_CLIENTS = new RegExp(
  [
    "^(x-swarm-|x-forwarded-|x-middleware-|x-invoke-|x-now-|x-vercel-|x-prerender-|x-next-|content-security-policy)",
    "^(x-nonce|x-nextjs-data|x-matched-path|x-real-ip|forwarded|x-request-id|next-action|next-resume)$",
  ].join("|"),
);

/** What every answer carries, whatever produced it; the policy for scripts comes from `proxy.ts`, with its nonce. */
const ALWAYS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
  "x-dns-prefetch-control": "off",
};

/** Removes what a client may not say, in place, and adds what we know ourselves. */
export function replaceTrustedHeaders(headers: IncomingHttpHeaders, address: string, tls: boolean): void {
  for (const name of Object.keys(headers)) {
    if (NOT_FROM_CLIENTS.test(name)) delete headers[name];
  }
  headers[ADDRESS_HEADER] = address;
  headers["x-forwarded-for"] = address;
  headers["x-forwarded-proto"] = tls ? "https" : "http";
  headers["x-forwarded-host"] = headers.host;
}

/** The headers of every answer. HSTS (RFC 6797) under TLS, except for `localhost`, which belongs to other programs too. */
export function securityHeaders(host: string | undefined, tls: boolean): Readonly<Record<string, string>> {
  if (!tls || hostnameOf(host) === "localhost") return ALWAYS;
  return { ...ALWAYS, "strict-transport-security": "max-age=31536000" };
}
