import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import type { EndSessionInput, SessionSummary } from "./contract";
import { deviceWords } from "./device-words";
import { summarizeSession } from "./session";
import { findSession, markSessionEnded } from "./session-store";

/** Ends a session: the very next request with it is refused. Ending one that has ended changes nothing. */
export async function endSession(ctx: Context, input: z.infer<typeof EndSessionInput>): Promise<SessionSummary> {
  const session = await findSession(ctx.read, input.sessionId);
  if (!session) throw new Missing("session", input.sessionId);
  const permit = await authorize(ctx, "session.end", {
    type: "Session",
    id: session.id,
    name: deviceWords(session.userAgent),
    ownerId: session.identityId,
  });
  if (session.endedAt !== null) return summarizeSession(ctx, session);

  const reason = session.id === ctx.actor.sessionId ? "signed out" : "ended by a person";
  return commit(permit, async (tx) => {
    await markSessionEnded(tx, session.id, { at: ctx.now(), by: ctx.actor.id, reason });
    return {
      value: summarizeSession(ctx, session),
      event: { kind: "session.ended", detail: { identityId: session.identityId, reason } },
    };
  });
}
