import { Alert, ResolveAlertInput } from "@/server/certificates/alert-contract";
import {
  CertificateDetail,
  CertificateSummary,
  Download,
  DownloadInput,
  IssueCertificateInput,
  IssuedCertificate,
  IssuePreview,
  RevocationConsequences,
  RevokeCertificateInput,
  SerialInput,
} from "@/server/certificates/contract";
import { resolveAlert } from "@/server/certificates/alerts";
import { readAttention } from "@/server/certificates/attention";
import { Attention } from "@/server/certificates/attention-contract";
import { downloadCertificate } from "@/server/certificates/download";
import { getCertificate } from "@/server/certificates/get";
import { issueCertificate } from "@/server/certificates/issue";
import { previewIssue } from "@/server/certificates/preview-issue";
import { previewRevocation } from "@/server/certificates/preview-revocation";
import { revokeCertificate } from "@/server/certificates/revoke";
import { procedure, router } from "./trpc";

/** Certificates: the deeds and one certificate's page. Lists are in `inventory`. */
export const certificates = router({
  attention: procedure.output(Attention).query(({ ctx }) => readAttention(ctx.verbs)),
  preview: procedure
    .input(IssueCertificateInput)
    .output(IssuePreview)
    .mutation(({ ctx, input }) => previewIssue(ctx.verbs, input)),
  issue: procedure
    .input(IssueCertificateInput)
    .output(IssuedCertificate)
    .mutation(({ ctx, input }) => issueCertificate(ctx.verbs, input)),
  get: procedure
    .input(SerialInput)
    .output(CertificateDetail)
    .query(({ ctx, input }) => getCertificate(ctx.verbs, input)),
  download: procedure
    .input(DownloadInput)
    .output(Download)
    .query(({ ctx, input }) => downloadCertificate(ctx.verbs, input)),
  revocationConsequences: procedure
    .input(SerialInput)
    .output(RevocationConsequences)
    .query(({ ctx, input }) => previewRevocation(ctx.verbs, input)),
  revoke: procedure
    .input(RevokeCertificateInput)
    .output(CertificateSummary)
    .mutation(({ ctx, input }) => revokeCertificate(ctx.verbs, input)),
  resolveAlert: procedure
    .input(ResolveAlertInput)
    .output(Alert)
    .mutation(({ ctx, input }) => resolveAlert(ctx.verbs, input)),
});
