import { z } from "zod";
import { PolicyInput, PolicySummary } from "@/server/policies/contract";
import { getPolicy, listPolicies } from "@/server/policies/list";
import { procedure, router } from "./trpc";

/** Policies: what decides who may do what here. */
export const policies = router({
  list: procedure.output(z.array(PolicySummary)).query(({ ctx }) => listPolicies(ctx.verbs)),
  get: procedure
    .input(PolicyInput)
    .output(PolicySummary)
    .query(({ ctx, input }) => getPolicy(ctx.verbs, input)),
});
