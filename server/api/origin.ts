import { hostnameOf } from "@/server/console/addresses";

/** What is asked of a request's headers. */
interface RequestHeaders {
  get(name: string): string | null;
}

/**
 * Whether a request that changes something was made by a page of this console: its host is one of ours, the browser
 * says `same-origin` (Fetch Metadata), and the origin it names (RFC 6454) is the host it was sent to. A request that says
 * neither is refused: every browser says one of them, and nothing else holds a session.
 *
 * @param allowedHosts host names without port; empty when the listener has checked the host already
 */
export function isSameOrigin(headers: RequestHeaders, allowedHosts: readonly string[] = []): boolean {
  const host = headers.get("host");
  const hostname = hostnameOf(host ?? undefined);
  if (host === null || hostname === undefined) return false;
  if (allowedHosts.length > 0 && !allowedHosts.includes(hostname)) return false;

  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site === null && origin === null) return false;
  if (site !== null && site !== "same-origin") return false;
  return origin === null || isOriginOf(origin, host);
}

/**
 * Whether the browser says that another site, or another port of this host, asked for this. For reads that leave a trace
 * under somebody's name; an address that was typed, or a program that says nothing, is nobody else's.
 */
export function isAskedByOthers(headers: RequestHeaders): boolean {
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}

function isOriginOf(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.protocol !== "http:" && url.protocol !== "https:") return false;
  return url.origin === origin.toLowerCase() && url.host === new URL(`${url.protocol}//${host}`).host;
}
