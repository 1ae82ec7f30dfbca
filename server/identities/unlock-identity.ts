import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { IdentityReference, IdentitySummary } from "./contract";
import { assertNotRetired, getIdentityRow, resourceOf, summaryOf } from "./identity";
import { setIdentityState } from "./store";

/**
 * Unlocks an identity. Its sessions do not come back, and nothing that came of a stolen credential does: what is valid
 * of it is revoked, and the alert counts as looked at.
 *
 * @throws {IdentityRetired} @throws {Missing}
 */
export async function unlockIdentity(ctx: Context, input: z.infer<typeof IdentityReference>): Promise<IdentitySummary> {
  const permit = await authorize(ctx, "identity.unlock", resourceOf(await getIdentityRow(ctx.read, input.id)));

  return commit(permit, async (tx) => {
    const row = await getIdentityRow(tx, input.id);
    assertNotRetired(row);
    const at = ctx.now();
    if (row.state === "locked") await setIdentityState(tx, row.id, "active", null, at);
    const settled = await ctx.settleThefts(tx, { identityId: row.id, by: ctx.actor.name, at });
    return {
      value: await summaryOf(ctx, tx, row.id),
      event: {
        kind: "identity.unlocked",
        before: { state: row.state, reason: row.stateReason },
        after: { state: "active" },
      },
      also: settled,
    };
  });
}
