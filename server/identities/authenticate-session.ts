import type { Actor, Context, Risk } from "@/server/kernel/context";
import { observe } from "@/server/kernel/permit";
import { isSessionOpen, proofsOf, sessionEndsAt, TOUCH_EVERY_MS } from "./model";
import { hashToken } from "./session";
import { findSessionByHash, markSessionUsed, type SessionRow } from "./session-store";

/** Who a token belongs to, and until when. */
export interface Authenticated {
  readonly actor: Actor;
  readonly email: string | null;
  readonly sessionId: string;
  /** When the session ends if it is not used again. */
  readonly endsAt: Date;
  /** When it ends in any case. */
  readonly expiresAt: Date;
}

/**
 * Says who sent a request, by the token in its cookie; undefined when the session has ended, ran out, or belongs to
 * somebody who is locked or retired. Asked anew on every request, so that an ending counts at once. This comes before
 * any permission: nobody is known yet who could be asked about.
 */
export async function authenticateSession(ctx: Context, token: string): Promise<Authenticated | undefined> {
  const session = await findSessionByHash(ctx.read, hashToken(token));
  const now = ctx.now();
  if (!session || session.state !== "active" || !isSessionOpen(session, now)) return undefined;

  let used = session;
  if (now.getTime() - session.lastUsedAt.getTime() >= TOUCH_EVERY_MS) {
    await observe(ctx, (tx) => markSessionUsed(tx, session, now, ctx.origin.address));
    used = { ...session, lastUsedAt: now };
  }
  const held = ctx.heldBy(ctx.read, { id: session.identityId, teamId: session.teamId }, now);
  return {
    actor: {
      kind: "user",
      id: session.identityId,
      name: session.displayName,
      roles: held.roles,
      scopes: held.scopes,
      teams: session.teamId === null ? [] : [session.teamId],
      provedBy: proofsOf(session.provedBy),
      risk: riskOf(session, ctx.origin.address),
      sessionId: session.id,
    },
    email: session.email,
    sessionId: session.id,
    endsAt: sessionEndsAt(used),
    expiresAt: session.expiresAt,
  };
}

/** What is suspicious about a request of a session that comes from an address. */
function riskOf(session: SessionRow, address: string | null): Risk[] {
  const risk: Risk[] = [];
  if (!session.isKnownDevice) risk.push("new_device");
  if (session.address !== address) risk.push("other_address");
  return risk;
}
