import { z } from "zod";
import { ProfileInput } from "@/server/certificates/authority-contract";
import { Profile, RequestJudgement, TryRequestInput } from "@/server/certificates/contract";
import { getProfile, listProfiles } from "@/server/certificates/profiles";
import { tryRequest } from "@/server/certificates/try-request";
import { procedure, router } from "./trpc";

/** Profiles: what may be issued, and whether a request would be. */
export const profiles = router({
  list: procedure.output(z.array(Profile)).query(({ ctx }) => listProfiles(ctx.verbs)),
  get: procedure
    .input(ProfileInput)
    .output(Profile)
    .query(({ ctx, input }) => getProfile(ctx.verbs, input)),
  tryRequest: procedure
    .input(TryRequestInput)
    .output(RequestJudgement)
    .mutation(({ ctx, input }) => tryRequest(ctx.verbs, input)),
});
