import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { countOldFailures, deleteOldFailures } from "./credential-store";
import { FAILURES_FORGOTTEN_MS, SESSIONS_KEPT_MS } from "./model";
import { countOldSessions, deleteOldSessions } from "./session-store";

/** Forgets failures that no longer count and sessions that ended long ago. Writes nothing when there are none. */
export async function forgetOldSignIns(ctx: Context): Promise<{ failures: number; sessions: number }> {
  const permit = await authorize(ctx, "housekeeping.run", { type: "Organisation", id: "*" });
  const now = ctx.now().getTime();
  const quietSince = new Date(now - FAILURES_FORGOTTEN_MS);
  const endedBefore = new Date(now - SESSIONS_KEPT_MS);
  const failures = await countOldFailures(ctx.read, quietSince);
  const sessions = await countOldSessions(ctx.read, endedBefore);
  if (failures + sessions === 0) return { failures, sessions };

  return commit(permit, async (tx) => {
    await deleteOldFailures(tx, quietSince);
    await deleteOldSessions(tx, endedBefore);
    return { value: { failures, sessions }, event: { kind: "sign_ins.forgotten", detail: { failures, sessions } } };
  });
}
