import { changePassword } from "@/server/identities/change-password";
import { confirmTotp } from "@/server/identities/confirm-totp";
import {
  Account,
  ChangePasswordInput,
  ConfirmTotpInput,
  FreshProof,
  RecoveryCodes,
  TotpOffer,
} from "@/server/identities/contract";
import { readAccount } from "@/server/identities/read-account";
import { removeTotp } from "@/server/identities/remove-totp";
import { replaceRecoveryCodes } from "@/server/identities/replace-recovery-codes";
import { startTotp } from "@/server/identities/start-totp";
import { procedure, router } from "./trpc";

/** One's own account. */
export const account = router({
  read: procedure.output(Account).query(({ ctx }) => readAccount(ctx.verbs)),
  changePassword: procedure
    .input(ChangePasswordInput)
    .output(Account)
    .mutation(({ ctx, input }) => changePassword(ctx.verbs, input)),
  startTotp: procedure.output(TotpOffer).mutation(({ ctx }) => startTotp(ctx.verbs)),
  confirmTotp: procedure
    .input(ConfirmTotpInput)
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => confirmTotp(ctx.verbs, input)),
  removeTotp: procedure
    .input(FreshProof)
    .output(Account)
    .mutation(({ ctx, input }) => removeTotp(ctx.verbs, input)),
  replaceRecoveryCodes: procedure
    .input(FreshProof)
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => replaceRecoveryCodes(ctx.verbs, input)),
});
