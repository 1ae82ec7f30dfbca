import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { FreshProof, RecoveryCodes } from "./contract";
import { putRecoveryCodes } from "./credential-store";
import { SecondFactorMissing } from "./errors";
import { getOwnAccount } from "./own-account";
import { prove } from "./prove";
import { makeRecoveryCodes } from "./second-factor";

/**
 * Makes new recovery codes; the earlier ones stop working.
 *
 * @throws {SecondFactorMissing} @throws {ProofRefused} @throws {ProofSlowed}
 */
export async function replaceRecoveryCodes(
  ctx: Context,
  input: z.infer<typeof FreshProof>,
): Promise<z.infer<typeof RecoveryCodes>> {
  const own = await getOwnAccount(ctx);
  const permit = await authorize(ctx, "second_factor.manage", own.resource);
  if (!own.identity.hasTotp) throw new SecondFactorMissing();
  const proof = await prove(ctx, permit, own, input, "password and code");
  const codes = makeRecoveryCodes(ctx, own.identity.id);

  return commit(permit, async (tx) => {
    await proof.take(tx);
    await putRecoveryCodes(tx, own.identity.id, codes.kept);
    return { value: { recoveryCodes: codes.shown }, event: { kind: "recovery_codes.replaced" } };
  });
}
