import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { IdentitySummary, RetireIdentityInput } from "./contract";
import { deletePassword, deleteSecondFactor } from "./credential-store";
import { assertNotLastAdmin, assertNotRetired, getIdentityRow, resourceOf, summaryOf } from "./identity";
import { markSessionsEnded } from "./session-store";
import { setIdentityState } from "./store";

/**
 * Retires an identity for good: its grants and sessions end, its certificates are revoked and its password and second factor are
 * deleted, in one commit. Its name stays taken, so that no other takes its place in old records.
 *
 * @throws {LastAdmin} @throws {IdentityRetired} @throws {Missing}
 */
export async function retireIdentity(
  ctx: Context,
  input: z.infer<typeof RetireIdentityInput>,
): Promise<IdentitySummary> {
  const { id, reason } = input;
  const permit = await authorize(ctx, "identity.retire", resourceOf(await getIdentityRow(ctx.read, id)));

  return commit(permit, async (tx) => {
    const row = await getIdentityRow(tx, id);
    assertNotRetired(row);
    await assertNotLastAdmin(ctx, tx, row);
    const at = ctx.now();
    await setIdentityState(tx, id, "retired", reason, at);
    const ended = await markSessionsEnded(tx, id, { at, by: ctx.actor.id, reason: "identity retired" });
    const settled = await ctx.settleThefts(tx, { identityId: id, by: ctx.actor.name, at });
    const by = { id: ctx.actor.id, name: ctx.actor.name };
    const endedGrants = await ctx.endGrantsOf(tx, { identityId: id, reason: "identity retired", by, at });
    const revokedSerials = await ctx.revokeCertificatesOf(tx, id, "cessationOfOperation", at);
    await deletePassword(tx, id);
    await deleteSecondFactor(tx, id);
    return {
      value: await summaryOf(ctx, tx, id),
      event: {
        kind: "identity.retired",
        detail: { reason, endedSessions: ended.length, endedGrants: endedGrants.length, revokedSerials },
        before: { state: row.state },
        after: { state: "retired" },
      },
      also: [...settled, ...endedGrants],
    };
  });
}
