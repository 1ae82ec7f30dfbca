import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { Account, ChangePasswordInput } from "./contract";
import { putPassword } from "./credential-store";
import { PasswordRefused } from "./errors";
import { getOwnAccount } from "./own-account";
import { hashPassword } from "./password";
import { passwordProblem } from "./password-rules";
import { prove } from "./prove";
import { readAccount } from "./read-account";
import { markSessionsEnded } from "./session-store";
import { findOrganisation } from "./store";

/**
 * Changes one's own password, for the current one, and ends one's other sessions.
 *
 * @throws {PasswordRefused} @throws {ProofRefused} @throws {ProofSlowed}
 */
export async function changePassword(ctx: Context, input: z.infer<typeof ChangePasswordInput>): Promise<Account> {
  const own = await getOwnAccount(ctx);
  const permit = await authorize(ctx, "password.change", own.resource);
  const organisation = await findOrganisation(ctx.read);
  const problem = passwordProblem(input.next, {
    email: own.identity.email,
    displayName: own.identity.displayName,
    organisation: organisation?.name,
    previous: input.current,
  });
  if (problem) throw new PasswordRefused(problem.problem, problem.message);

  // After the rules: a refused new password must not tell whether the current one was right.
  const proof = await prove(ctx, permit, own, { password: input.current }, "password");
  const hash = await hashPassword(input.next, ctx.random(16));

  await commit(permit, async (tx) => {
    const at = ctx.now();
    await proof.take(tx);
    await putPassword(tx, own.identity.id, { hash, changedAt: at, mustChange: false });
    const ending = { at, by: ctx.actor.id, reason: "password changed" };
    const ended = await markSessionsEnded(tx, own.identity.id, ending, ctx.actor.sessionId);
    return { value: undefined, event: { kind: "password.changed", detail: { endedSessions: ended.length } } };
  });
  return readAccount(ctx);
}
