import type { IncomingHttpHeaders } from "node:http";
import type { Answer } from "./exchange";

/** A representation that others may keep for a while. */
export interface Cacheable {
  readonly type: string;
  /** With or without its quotes. */
  readonly etag: string;
  readonly maxAgeSeconds: number;
  readonly lastModified?: Date;
  readonly body: string | Uint8Array;
}

/** Answers with a representation, or 304 when the client holds it already (RFC 9110, 13.1.2 and 15.4.5). */
export function cacheable(headers: IncomingHttpHeaders, given: Cacheable): Answer {
  const etag = given.etag.startsWith('"') ? given.etag : `"${given.etag}"`;
  const kept: Record<string, string> = {
    etag,
    "cache-control": `public, max-age=${given.maxAgeSeconds}, must-revalidate`,
    ...(given.lastModified && { "last-modified": given.lastModified.toUTCString() }),
  };
  if (isHeld(headers["if-none-match"], etag)) return { status: 304, headers: kept, body: "" };
  return { status: 200, headers: { ...kept, "content-type": given.type }, body: given.body };
}

function isHeld(condition: string | undefined, etag: string): boolean {
  if (condition === undefined) return false;
  if (condition.trim() === "*") return true;
  return condition.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
