import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { IdentitySummary, LockIdentityInput } from "./contract";
import { assertNotLastAdmin, assertNotRetired, getIdentityRow, resourceOf, summaryOf } from "./identity";
import { markSessionsEnded } from "./session-store";
import { setIdentityState } from "./store";

/**
 * Locks an identity: its sessions end, and sessions, certificates and sign-ins are refused from the next request on.
 * Certificates stay as they are, so that unlocking undoes it.
 *
 * @throws {LastAdmin} @throws {IdentityRetired} @throws {Missing}
 */
export async function lockIdentity(ctx: Context, input: z.infer<typeof LockIdentityInput>): Promise<IdentitySummary> {
  const { id, reason } = input;
  const permit = await authorize(ctx, "identity.lock", resourceOf(await getIdentityRow(ctx.read, id)));

  return commit(permit, async (tx) => {
    const row = await getIdentityRow(tx, id);
    assertNotRetired(row);
    await assertNotLastAdmin(ctx, tx, row);
    const at = ctx.now();
    await setIdentityState(tx, id, "locked", reason, at);
    const ended = await markSessionsEnded(tx, id, { at, by: ctx.actor.id, reason: "identity locked" });
    return {
      value: await summaryOf(ctx, tx, id),
      event: {
        kind: "identity.locked",
        detail: { reason, endedSessions: ended.length },
        before: { state: row.state },
        after: { state: "locked" },
      },
    };
  });
}
