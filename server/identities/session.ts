import { createHash } from "node:crypto";
import type { Context } from "@/server/kernel/context";
import type { SessionSummary } from "./contract";
import { deviceWords } from "./device-words";
import { SESSION_LIMIT_MS, sessionEndsAt } from "./model";
import type { NewSession, SessionRow } from "./session-store";

/** A session that begins: the token for the browser, and the row that only knows its SHA-256. */
export interface MadeSession {
  readonly token: string;
  readonly row: NewSession;
}

/** Makes a session. The token is 256 random bits, new at every sign-in. */
export function makeSession(
  ctx: Context,
  { identityId, provedBy, isKnownDevice }: Pick<NewSession, "identityId" | "provedBy" | "isKnownDevice">,
): MadeSession {
  const token = Buffer.from(ctx.random(32)).toString("base64url");
  const createdAt = ctx.now();
  return {
    token,
    row: {
      id: ctx.newId("ses"),
      tokenHash: hashToken(token),
      identityId,
      provedBy,
      address: ctx.origin.address,
      userAgent: ctx.origin.userAgent?.slice(0, 400) ?? null,
      isKnownDevice,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + SESSION_LIMIT_MS),
    },
  };
}

/** What is kept of a token. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** A session as screens show it. */
export function summarizeSession(ctx: Context, row: SessionRow): SessionSummary {
  return {
    id: row.id,
    identity: { id: row.identityId, displayName: row.displayName, email: row.email },
    device: deviceWords(row.userAgent),
    address: row.address,
    provedBy: [...row.provedBy],
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    endsAt: sessionEndsAt(row),
    isCurrent: row.id === ctx.actor.sessionId,
  };
}
