import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { IdentityReference, IdentitySummary } from "./contract";
import { assertNotRetired, getIdentityRow, resourceOf, summaryOf } from "./identity";
import { setIdentityState } from "./store";

/** Unlocks an identity. Its sessions do not come back. @throws {IdentityRetired} @throws {Missing} */
export async function unlockIdentity(ctx: Context, input: z.infer<typeof IdentityReference>): Promise<IdentitySummary> {
  const permit = await authorize(ctx, "identity.unlock", resourceOf(await getIdentityRow(ctx.read, input.id)));

  return commit(permit, async (tx) => {
    const row = await getIdentityRow(tx, input.id);
    assertNotRetired(row);
    if (row.state === "locked") await setIdentityState(tx, row.id, "active", null, ctx.now());
    return {
      value: await summaryOf(ctx, tx, row.id),
      event: {
        kind: "identity.unlocked",
        before: { state: row.state, reason: row.stateReason },
        after: { state: "active" },
      },
    };
  });
}
