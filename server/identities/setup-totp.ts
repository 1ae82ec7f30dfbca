import type { z } from "zod";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { ConfirmSetupTotpInput, RecoveryCodes, TotpOffer } from "./contract";
import { SetupOutOfOrder } from "./errors";
import type { SetupHolder } from "./read-setup";
import { confirmOffer, keepSecondFactor, makeRecoveryCodes, offerTotp } from "./second-factor";
import { getHeldSetup } from "./setup-access";
import { findIdentityRow } from "./store";

/** Setup: offers the first admin an authenticator secret. @throws {SetupOutOfOrder} before there is an admin. */
export async function startSetupTotp(ctx: Context, { holder }: SetupHolder): Promise<TotpOffer> {
  await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  const admin = await getDraftAdmin(ctx.read, holder);
  return offerTotp(ctx, admin, admin.organisation);
}

/**
 * Setup: puts the first admin's authenticator in force and answers the recovery codes.
 *
 * @throws {SecondFactorCodeRefused} @throws {SecondFactorOfferEnded} @throws {SetupNotClaimed}
 */
export async function confirmSetupTotp(
  ctx: Context,
  input: z.infer<typeof ConfirmSetupTotpInput> & SetupHolder,
): Promise<z.infer<typeof RecoveryCodes>> {
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  const admin = await getDraftAdmin(ctx.read, input.holder);
  const totp = confirmOffer(ctx, admin.id, input.offer, input.code);
  const codes = makeRecoveryCodes(ctx, admin.id);

  return commit(permit, async (tx) => {
    await getDraftAdmin(tx, input.holder);
    await keepSecondFactor(tx, admin.id, totp, codes, ctx.now());
    return {
      value: { recoveryCodes: codes.shown },
      event: {
        kind: "second_factor.added",
        object: { type: "Identity", id: admin.id, name: admin.displayName },
        detail: { by: "totp" },
      },
    };
  });
}

async function getDraftAdmin(db: ReadDatabase, holder: string | undefined) {
  const { adminId, organisationName } = await getHeldSetup(db, holder);
  const admin = adminId === null ? undefined : await findIdentityRow(db, adminId);
  if (!admin || admin.email === null || organisationName === null) throw new SetupOutOfOrder("make the first admin");
  return { id: admin.id, email: admin.email, displayName: admin.displayName, organisation: organisationName };
}
