import { z } from "zod";
import {
  CountByTeamInput,
  CreatedUser,
  CreateMachineInput,
  CreateUserInput,
  IdentityConsequences,
  IdentityDetail,
  IdentityPage,
  IdentityReference,
  IdentitySummary,
  ListIdentitiesInput,
  LockIdentityInput,
  OneTimePassword,
  RetireIdentityInput,
  TeamCount,
  UpdateIdentityInput,
} from "@/server/identities/contract";
import { countByTeam } from "@/server/identities/count-by-team";
import { createMachine } from "@/server/identities/create-machine";
import { createUser } from "@/server/identities/create-user";
import { getIdentity } from "@/server/identities/get-identity";
import { ImportIdentitiesInput, ImportResult } from "@/server/identities/import-contract";
import { importIdentities } from "@/server/identities/import-identities";
import { listIdentities } from "@/server/identities/list-identities";
import { lockIdentity } from "@/server/identities/lock-identity";
import { readConsequences } from "@/server/identities/read-consequences";
import { resetPassword } from "@/server/identities/reset-password";
import { resetSecondFactor } from "@/server/identities/reset-second-factor";
import { retireIdentity } from "@/server/identities/retire-identity";
import { unlockIdentity } from "@/server/identities/unlock-identity";
import { updateIdentity } from "@/server/identities/update-identity";
import { procedure, router } from "./trpc";

/** People, services and nodes. */
export const identities = router({
  list: procedure
    .input(ListIdentitiesInput)
    .output(IdentityPage)
    .query(({ ctx, input }) => listIdentities(ctx.verbs, input)),
  countByTeam: procedure
    .input(CountByTeamInput)
    .output(z.array(TeamCount))
    .query(({ ctx, input }) => countByTeam(ctx.verbs, input)),
  get: procedure
    .input(IdentityReference)
    .output(IdentityDetail)
    .query(({ ctx, input }) => getIdentity(ctx.verbs, input)),
  consequences: procedure
    .input(IdentityReference)
    .output(IdentityConsequences)
    .query(({ ctx, input }) => readConsequences(ctx.verbs, input)),
  createUser: procedure
    .input(CreateUserInput)
    .output(CreatedUser)
    .mutation(({ ctx, input }) => createUser(ctx.verbs, input)),
  createMachine: procedure
    .input(CreateMachineInput)
    .output(IdentitySummary)
    .mutation(({ ctx, input }) => createMachine(ctx.verbs, input)),
  import: procedure
    .input(ImportIdentitiesInput)
    .output(ImportResult)
    .mutation(({ ctx, input }) => importIdentities(ctx.verbs, input)),
  update: procedure
    .input(UpdateIdentityInput)
    .output(IdentitySummary)
    .mutation(({ ctx, input }) => updateIdentity(ctx.verbs, input)),
  lock: procedure
    .input(LockIdentityInput)
    .output(IdentitySummary)
    .mutation(({ ctx, input }) => lockIdentity(ctx.verbs, input)),
  unlock: procedure
    .input(IdentityReference)
    .output(IdentitySummary)
    .mutation(({ ctx, input }) => unlockIdentity(ctx.verbs, input)),
  retire: procedure
    .input(RetireIdentityInput)
    .output(IdentitySummary)
    .mutation(({ ctx, input }) => retireIdentity(ctx.verbs, input)),
  resetPassword: procedure
    .input(IdentityReference)
    .output(OneTimePassword)
    .mutation(({ ctx, input }) => resetPassword(ctx.verbs, input)),
  resetSecondFactor: procedure
    .input(IdentityReference)
    .output(IdentitySummary)
    .mutation(({ ctx, input }) => resetSecondFactor(ctx.verbs, input)),
});
