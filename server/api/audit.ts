import {
  AuditDetail,
  AuditFacets,
  AuditFilter,
  AuditHistogram,
  AuditHistogramInput,
  AuditPage,
  GetAuditInput,
  ListAuditInput,
} from "@/server/audit/contract";
import { getAuditEntry } from "@/server/audit/get";
import { listAudit } from "@/server/audit/list";
import { auditFacets, auditHistogram } from "@/server/audit/summarize";
import { procedure, router } from "./trpc";

/** The audit log, for those who may read it. */
export const audit = router({
  list: procedure
    .input(ListAuditInput)
    .output(AuditPage)
    .query(({ ctx, input }) => listAudit(ctx.verbs, input)),
  get: procedure
    .input(GetAuditInput)
    .output(AuditDetail)
    .query(({ ctx, input }) => getAuditEntry(ctx.verbs, input)),
  histogram: procedure
    .input(AuditHistogramInput)
    .output(AuditHistogram)
    .query(({ ctx, input }) => auditHistogram(ctx.verbs, input)),
  facets: procedure
    .input(AuditFilter)
    .output(AuditFacets)
    .query(({ ctx, input }) => auditFacets(ctx.verbs, input)),
});
