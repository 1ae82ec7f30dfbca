import {
  DecisionDetail,
  DecisionExplanation,
  DecisionInput,
  ListDecisionsInput,
  ListedDecisions,
} from "@/server/policies/decision-contract";
import { explainDecision, getDecision } from "@/server/policies/explain-decision";
import { listDecisions } from "@/server/policies/list-decisions";
import { procedure, router } from "./trpc";

/** What machines were told that they may do. */
export const decisions = router({
  list: procedure
    .input(ListDecisionsInput)
    .output(ListedDecisions)
    .query(({ ctx, input }) => listDecisions(ctx.verbs, input)),
  get: procedure
    .input(DecisionInput)
    .output(DecisionDetail)
    .query(({ ctx, input }) => getDecision(ctx.verbs, input)),
  explain: procedure
    .input(DecisionInput)
    .output(DecisionExplanation)
    .query(({ ctx, input }) => explainDecision(ctx.verbs, input)),
});
