import { z } from "zod";
import { checkPolicies } from "@/server/policies/check";
import {
  AskReviewInput,
  CheckInput,
  CheckResult,
  CompareInput,
  DraftDetail,
  DraftInput,
  EpochComparison,
  EpochSummary,
  KnownEntities,
  PolicyDetail,
  PolicyInput,
  PolicyList,
  Published,
  PublishInput,
  PublishSchemaInput,
  RollbackInput,
  SaveDraftInput,
  SchemaDetail,
  ShadowInput,
  Template,
} from "@/server/policies/contract";
import { discardDraft, saveDraft } from "@/server/policies/drafts";
import { compareEpochs, listEpochs } from "@/server/policies/epochs";
import { listKnown } from "@/server/policies/known";
import { getPolicy, listPolicies } from "@/server/policies/list";
import { publishDrafts, rollBack } from "@/server/policies/publish";
import { askReview, setShadow } from "@/server/policies/review";
import { getSchema, publishSchema } from "@/server/policies/schema";
import { listTemplates } from "@/server/policies/templates";
import { procedure, router } from "./trpc";

/** Policies: what decides who may do what, drafts of it, and its history. */
export const policies = router({
  list: procedure.output(PolicyList).query(({ ctx }) => listPolicies(ctx.verbs)),
  get: procedure
    .input(PolicyInput)
    .output(PolicyDetail)
    .query(({ ctx, input }) => getPolicy(ctx.verbs, input)),
  epochs: procedure.output(z.array(EpochSummary)).query(({ ctx }) => listEpochs(ctx.verbs)),
  compare: procedure
    .input(CompareInput)
    .output(EpochComparison)
    .query(({ ctx, input }) => compareEpochs(ctx.verbs, input)),
  known: procedure.output(KnownEntities).query(({ ctx }) => listKnown(ctx.verbs)),
  templates: procedure.output(z.array(Template)).query(({ ctx }) => listTemplates(ctx.verbs)),
  schema: procedure.output(SchemaDetail).query(({ ctx }) => getSchema(ctx.verbs)),

  saveDraft: procedure
    .input(SaveDraftInput)
    .output(DraftDetail)
    .mutation(({ ctx, input }) => saveDraft(ctx.verbs, input)),
  discardDraft: procedure
    .input(DraftInput)
    .output(PolicyInput)
    .mutation(({ ctx, input }) => discardDraft(ctx.verbs, input)),
  askReview: procedure
    .input(AskReviewInput)
    .output(DraftDetail)
    .mutation(({ ctx, input }) => askReview(ctx.verbs, input)),
  setShadow: procedure
    .input(ShadowInput)
    .output(DraftDetail)
    .mutation(({ ctx, input }) => setShadow(ctx.verbs, input)),
  check: procedure
    .input(CheckInput)
    .output(CheckResult)
    .mutation(({ ctx, input }) => checkPolicies(ctx.verbs, input)),
  publish: procedure
    .input(PublishInput)
    .output(Published)
    .mutation(({ ctx, input }) => publishDrafts(ctx.verbs, input)),
  rollBack: procedure
    .input(RollbackInput)
    .output(Published)
    .mutation(({ ctx, input }) => rollBack(ctx.verbs, input)),
  publishSchema: procedure
    .input(PublishSchemaInput)
    .output(Published)
    .mutation(({ ctx, input }) => publishSchema(ctx.verbs, input)),
});
