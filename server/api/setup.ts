import { claimSetup } from "@/server/identities/claim-setup";
import {
  ClaimSetupInput,
  ConfirmSetupTotpInput,
  CreateAuthoritiesInput,
  CreateFirstAdminInput,
  NameOrganisationInput,
  RecoveryCodes,
  SetupDone,
  SetupState,
  TotpOffer,
} from "@/server/identities/contract";
import { createAuthorities } from "@/server/identities/create-authorities";
import { createFirstAdmin } from "@/server/identities/create-first-admin";
import { nameOrganisation } from "@/server/identities/name-organisation";
import { readSetup } from "@/server/identities/read-setup";
import { confirmSetupTotp, startSetupTotp } from "@/server/identities/setup-totp";
import { keepClaim, keepSession } from "./keep";
import { asNobody, procedure, router } from "./trpc";

/** A procedure of the browser that gave the setup code; whether it did is for the verb to say. */
const setupProcedure = procedure.use(async ({ ctx, next }) =>
  next({ ctx: { ...ctx, verbs: asNobody(ctx.verbs), holder: await ctx.cookies.get("__Host-swarm.setup") } }),
);

/** The first run. */
export const setup = router({
  read: setupProcedure.output(SetupState).query(({ ctx }) => readSetup(ctx.verbs, ctx)),
  claim: setupProcedure
    .input(ClaimSetupInput)
    .output(SetupState)
    .mutation(async ({ ctx, input }) => keepClaim(ctx.cookies, await claimSetup(ctx.verbs, input))),
  nameOrganisation: setupProcedure
    .input(NameOrganisationInput)
    .output(SetupState)
    .mutation(({ ctx, input }) => nameOrganisation(ctx.verbs, { ...input, holder: ctx.holder })),
  createFirstAdmin: setupProcedure
    .input(CreateFirstAdminInput)
    .output(SetupState)
    .mutation(({ ctx, input }) => createFirstAdmin(ctx.verbs, { ...input, holder: ctx.holder })),
  startTotp: setupProcedure.output(TotpOffer).mutation(({ ctx }) => startSetupTotp(ctx.verbs, ctx)),
  confirmTotp: setupProcedure
    .input(ConfirmSetupTotpInput)
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => confirmSetupTotp(ctx.verbs, { ...input, holder: ctx.holder })),
  createAuthorities: setupProcedure
    .input(CreateAuthoritiesInput)
    .output(SetupDone)
    .mutation(async ({ ctx, input }) => {
      const finished = await createAuthorities(ctx.verbs, { ...input, holder: ctx.holder });
      await keepSession(ctx.cookies, finished);
      await ctx.cookies.remove("__Host-swarm.setup");
      return finished.done;
    }),
});
