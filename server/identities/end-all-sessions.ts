import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { EndAllSessionsInput } from "./contract";
import { markSessionsEnded } from "./session-store";

/** Ends all of an identity's sessions; without one named, all of one's own except the one that asks. */
export async function endAllSessions(
  ctx: Context,
  input: z.infer<typeof EndAllSessionsInput>,
): Promise<{ ended: number }> {
  const ownerId = input.identityId ?? ctx.actor.id;
  const permit = await authorize(ctx, "session.end", { type: "Session", id: "*", ownerId });
  const kept = input.identityId === undefined ? ctx.actor.sessionId : undefined;

  return commit(permit, async (tx) => {
    const ending = { at: ctx.now(), by: ctx.actor.id, reason: "ended by a person" };
    const sessionIds = await markSessionsEnded(tx, ownerId, ending, kept);
    return {
      value: { ended: sessionIds.length },
      event: { kind: "session.all_ended", object: { type: "Identity", id: ownerId }, detail: { sessionIds } },
    };
  });
}
