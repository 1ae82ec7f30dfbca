import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { IdentityReference, OneTimePassword } from "./contract";
import { makeOneTimePassword } from "./create-user";
import { putPassword } from "./credential-store";
import { NotAPerson, OwnAccount } from "./errors";
import { assertNotRetired, getIdentityRow, resourceOf } from "./identity";
import { hashPassword } from "./password";
import { markSessionsEnded } from "./session-store";

/**
 * Gives a person a one-time password in place of a forgotten one and ends their sessions. A second factor stays in
 * force. One's own is changed by `changePassword`, which asks for it.
 *
 * @throws {OwnAccount} @throws {NotAPerson} @throws {IdentityRetired} @throws {Missing}
 */
export async function resetPassword(
  ctx: Context,
  input: z.infer<typeof IdentityReference>,
): Promise<z.infer<typeof OneTimePassword>> {
  const row = await getIdentityRow(ctx.read, input.id);
  const permit = await authorize(ctx, "password.change", resourceOf(row));
  if (row.id === ctx.actor.id) throw new OwnAccount();
  if (row.kind !== "user") throw new NotAPerson(row.displayName);
  const oneTimePassword = makeOneTimePassword(ctx);
  const hash = await hashPassword(oneTimePassword, ctx.random(16));

  return commit(permit, async (tx) => {
    assertNotRetired(await getIdentityRow(tx, row.id));
    const at = ctx.now();
    await putPassword(tx, row.id, { hash, changedAt: at, mustChange: true });
    const ended = await markSessionsEnded(tx, row.id, { at, by: ctx.actor.id, reason: "password reset" });
    return {
      value: { oneTimePassword },
      event: { kind: "password.reset", detail: { endedSessions: ended.length } },
    };
  });
}
