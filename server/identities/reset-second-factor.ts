import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { IdentityReference, IdentitySummary } from "./contract";
import { deleteSecondFactor } from "./credential-store";
import { NotAPerson, OwnAccount, SecondFactorMissing } from "./errors";
import { getIdentityRow, resourceOf, summaryOf } from "./identity";
import { markSessionsEnded } from "./session-store";

/**
 * Removes the second factor of somebody else who lost it, recovery codes too, and ends their sessions. One's own is
 * removed by `removeTotp`, which asks for it.
 *
 * @throws {OwnAccount} @throws {NotAPerson} @throws {SecondFactorMissing} @throws {Missing}
 */
export async function resetSecondFactor(
  ctx: Context,
  input: z.infer<typeof IdentityReference>,
): Promise<IdentitySummary> {
  const row = await getIdentityRow(ctx.read, input.id);
  const permit = await authorize(ctx, "second_factor.manage", resourceOf(row));
  if (row.kind !== "user") throw new NotAPerson(row.displayName);
  if (row.id === ctx.actor.id) throw new OwnAccount();
  if (!row.hasTotp) throw new SecondFactorMissing();

  return commit(permit, async (tx) => {
    await deleteSecondFactor(tx, row.id);
    const ending = { at: ctx.now(), by: ctx.actor.id, reason: "second factor reset" };
    const ended = await markSessionsEnded(tx, row.id, ending);
    return {
      value: await summaryOf(ctx, tx, row.id),
      event: { kind: "second_factor.removed", detail: { by: ctx.actor.name, endedSessions: ended.length } },
    };
  });
}
