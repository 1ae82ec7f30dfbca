import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { ListSessionsInput, SessionSummary } from "./contract";
import { summarizeSession } from "./session";
import { listOpenSessions } from "./session-store";

/** Open sessions, the last used first: one's own, or an identity's for those who may see them. */
export async function listSessions(ctx: Context, input: z.infer<typeof ListSessionsInput>): Promise<SessionSummary[]> {
  const ownerId = input.identityId ?? ctx.actor.id;
  await authorize(ctx, "session.read", { type: "Session", id: "*", ownerId });
  const rows = await listOpenSessions(ctx.read, ownerId, ctx.now());
  return rows.map((row) => summarizeSession(ctx, row));
}
