import { findGains } from "@/server/policies/gains";
import { GainsInput, GainsPage, ReplayInput, ReplayPage } from "@/server/policies/impact-contract";
import { replayDecisions } from "@/server/policies/replay";
import { procedure, router } from "./trpc";

/** What drafts would change: the log decided again, and what everybody would gain and lose. Both a page at a time. */
export const policyImpact = router({
  replay: procedure
    .input(ReplayInput)
    .output(ReplayPage)
    .mutation(({ ctx, input }) => replayDecisions(ctx.verbs, input)),
  gains: procedure
    .input(GainsInput)
    .output(GainsPage)
    .mutation(({ ctx, input }) => findGains(ctx.verbs, input)),
});
