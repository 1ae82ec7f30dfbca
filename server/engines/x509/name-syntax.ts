import { parseIp } from "./ip";

const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const atom = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/;
const uriCharacters = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;

/**
 * Whether a text is a host name in preferred name syntax (RFC 1034 section 3.5, RFC 1123 section 2.1), without a
 * trailing dot and not an IP address; with "wildcard", the leftmost label may be a whole `*` (RFC 9525 section 6.3).
 */
export function isDnsName(text: string, wildcard?: "wildcard"): boolean {
  if (text.length === 0 || text.length > 253) return false;
  const labels = text.split(".");
  if (wildcard !== undefined && labels[0] === "*") {
    return labels.length > 2 && labels.slice(1).every((part) => label.test(part)) && !isNumericHost(labels);
  }
  return labels.every((part) => label.test(part)) && !isNumericHost(labels);
}

/** A last label of digits only would be read as an IPv4 address (WHATWG URL, RFC 1123 section 2.1). */
function isNumericHost(labels: readonly string[]): boolean {
  return /^[0-9]+$/.test(labels.at(-1) ?? "");
}

/** Whether a text is a plain ASCII mailbox `local@host` (RFC 5280 section 4.2.1.6, RFC 5321 section 4.1.2 without quotes). */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at < 1 || at > 64) return false;
  return atom.test(text.slice(0, at)) && isDnsName(text.slice(at + 1));
}

/** The host of a URI with an authority, lower case, or null when there is none or a user is before it (RFC 3986 section 3.2.2). */
export function uriHost(text: string): string | null {
  const match = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(\[[0-9A-Fa-f:.]+\]|[^/?#:@[\]]*)(?::[0-9]*)?(?:[/?#].*)?$/.exec(text);
  const host = match?.[1];
  return host === undefined || host === "" ? null : host.toLowerCase();
}

/** Whether a text is an absolute URI whose authority, if it has one, names a host or an address (RFC 5280 section 4.2.1.6). */
export function isUri(text: string): boolean {
  if (text.length > 2048 || !uriCharacters.test(text) || /%(?![0-9A-Fa-f]{2})/.test(text)) return false;
  if (/^spiffe:/i.test(text)) return isSpiffeUri(text);
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:(.+)$/s.exec(text);
  if (scheme === null) return false;
  if (!(scheme[1] ?? "").startsWith("//")) return true;
  const host = uriHost(text);
  if (host === null) return false;
  return host.startsWith("[") ? parseIp(host.slice(1, -1)) !== null : isDnsName(host) || parseIp(host) !== null;
}

/**
 * Whether a text is a SPIFFE ID with a path: `spiffe://trust-domain/path`, lower-case trust domain, path segments of
 * letters, digits, dot, dash and underscore, no user, port, query or fragment (SPIFFE-ID sections 2.1 and 2.2).
 */
export function isSpiffeUri(text: string): boolean {
  if (text.length > 2048) return false;
  const match = /^spiffe:\/\/([a-z0-9._-]{1,255})((?:\/[A-Za-z0-9._-]+)+)$/.exec(text);
  if (match === null) return false;
  return (match[2] ?? "").split("/").every((segment) => segment !== "." && segment !== "..");
}

/** Whether a text is an `http` URI that a relying party can fetch a CRL or a certificate from (RFC 5280 section 4.2.1.13). */
export function isHttpUri(text: string): boolean {
  return /^http:\/\//.test(text) && isUri(text);
}
