import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { Account, FreshProof } from "./contract";
import { deleteSecondFactor } from "./credential-store";
import { SecondFactorMissing } from "./errors";
import { getOwnAccount } from "./own-account";
import { prove } from "./prove";
import { readAccount } from "./read-account";

/**
 * Removes one's own second factor, authenticator and recovery codes.
 *
 * @throws {SecondFactorMissing} @throws {ProofRefused} @throws {ProofSlowed}
 */
export async function removeTotp(ctx: Context, input: z.infer<typeof FreshProof>): Promise<Account> {
  const own = await getOwnAccount(ctx);
  const permit = await authorize(ctx, "second_factor.manage", own.resource);
  if (!own.identity.hasTotp) throw new SecondFactorMissing();
  const proof = await prove(ctx, permit, own, input, "password and code");

  await commit(permit, async (tx) => {
    await proof.take(tx);
    await deleteSecondFactor(tx, own.identity.id);
    return { value: undefined, event: { kind: "second_factor.removed", detail: { by: "its owner" } } };
  });
  return readAccount(ctx);
}
