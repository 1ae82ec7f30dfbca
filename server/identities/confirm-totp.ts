import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { ConfirmTotpInput, RecoveryCodes } from "./contract";
import { getOwnAccount } from "./own-account";
import { prove } from "./prove";
import { confirmOffer, keepSecondFactor, makeRecoveryCodes } from "./second-factor";

/**
 * Puts an offered authenticator in force, in place of an earlier one, and answers new recovery codes.
 *
 * @throws {SecondFactorCodeRefused} @throws {SecondFactorOfferEnded} @throws {ProofRefused} @throws {ProofSlowed}
 */
export async function confirmTotp(
  ctx: Context,
  input: z.infer<typeof ConfirmTotpInput>,
): Promise<z.infer<typeof RecoveryCodes>> {
  const own = await getOwnAccount(ctx);
  const permit = await authorize(ctx, "second_factor.manage", own.resource);
  const totp = confirmOffer(ctx, own.identity.id, input.offer, input.code);
  // After the offer: a refused first code must not tell whether the proof was right.
  const given = { password: input.password, code: input.currentCode };
  const proof = await prove(ctx, permit, own, given, "password and code");
  const codes = makeRecoveryCodes(ctx, own.identity.id);

  return commit(permit, async (tx) => {
    await proof.take(tx);
    await keepSecondFactor(tx, own.identity.id, totp, codes, ctx.now());
    return {
      value: { recoveryCodes: codes.shown },
      event: { kind: own.identity.hasTotp ? "second_factor.replaced" : "second_factor.added", detail: { by: "totp" } },
    };
  });
}
