import { cache, Suspense } from "react";
import { ObjectHistory } from "@/components/audit/object-history";
import { readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { whyNot } from "@/components/shell/refusal";
import { Badge } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy";
import { formatRelative } from "@/components/ui/format";
import { Columns, PageHead } from "@/components/ui/page-head";
import { LinesSkeleton } from "@/components/ui/skeleton";
import type { CertificateDetail } from "@/server/certificates/contract";
import { CertificateChain } from "./certificate-chain";
import { CertificateFacts } from "./certificate-facts";
import { CertificateFields } from "./certificate-fields";
import { CertificateLife } from "./certificate-life";
import { CertificateNotes } from "./certificate-notes";
import { CertificateProof } from "./certificate-proof";
import { RevokeCertificate } from "./revoke-certificate";
import { KINDS, STATUSES } from "./words";

const readCertificate = cache((serial: string) =>
  readPage(async (caller) => {
    const certificate = await caller.certificates.get({ serial });
    const about = { id: serial, teamId: certificate.teamId, ownerId: certificate.identityId };
    const [chain, permissions] = await Promise.all([
      caller.certificates.download({ serial, form: "chain" }),
      caller.roles.permissions(about),
    ]);
    return { certificate, chain, permissions };
  }),
);

/** The name in the title of the page. */
export async function certificateTitle(serial: string): Promise<string> {
  const read = await readCertificate(serial);
  return read.value ? `${read.value.certificate.name}, certificate` : "Not allowed";
}

/** One certificate: what it is in words, its life, its chain, the proof, and what happened to it. */
export async function CertificatePage({ serial }: { readonly serial: string }) {
  const now = Date.now();
  const place = { label: "Certificates", href: "/certificates" };
  const read = await readCertificate(serial);
  if (read.refused) {
    return (
      <Page crumbs={[place, { label: "Not allowed" }]}>
        <Refused refused={read.refused} doing="see this certificate" />
      </Page>
    );
  }

  const { certificate, chain, permissions } = read.value;
  return (
    <Page crumbs={[place, { label: certificate.name }]}>
      <PageHead
        title={certificate.name}
        badge={<StatusBadge certificate={certificate} now={now} />}
        lead={
          certificate.spiffeId ? (
            <CopyText text={certificate.spiffeId} label="Copy the SPIFFE ID" />
          ) : (
            "It carries no SPIFFE ID."
          )
        }
        actions={
          <RevokeCertificate
            serial={certificate.serial}
            now={now}
            disabledBecause={whyNot(permissions, "certificate.revoke") ?? whyNotRevocable(certificate)}
          />
        }
      />
      <CertificateNotes certificate={certificate} now={now} alertRefused={whyNot(permissions, "identity.unlock")} />
      <div className="pad pb-6">
        <CertificateLife certificate={certificate} now={now} />
      </div>
      <Columns>
        <div className="grid content-start gap-7">
          <CertificateFacts certificate={certificate} now={now} />
        </div>
        <div className="grid content-start gap-7">
          <CertificateChain certificate={certificate} now={now} />
          <CertificateProof certificate={certificate} chain={chain} />
        </div>
      </Columns>
      <div className="pad grid gap-7 pb-8">
        <CertificateFields fields={certificate.fields} />
        <Suspense fallback={<LinesSkeleton lines={5} />}>
          <ObjectHistory objectId={certificate.serial} refused={whyNot(permissions, "audit.list")} now={now} />
        </Suspense>
      </div>
    </Page>
  );
}

function StatusBadge({ certificate, now }: { readonly certificate: CertificateDetail; readonly now: number }) {
  const { status, identity } = certificate;
  const { word, tone, icon } = STATUSES[status];
  const isLate = status === "due";
  // Valid as it may be: whoever asks the gateway is refused.
  if (identity.state !== "active" && status !== "revoked" && status !== "expired") {
    return (
      <Badge tone="danger" icon="lock">
        {KINDS[identity.kind].word} {identity.state}
      </Badge>
    );
  }
  return (
    <Badge tone={tone} icon={icon}>
      {isLate ? `Late, ends ${formatRelative(certificate.notAfter, now)}` : word}
    </Badge>
  );
}

function whyNotRevocable({ status }: CertificateDetail): string | undefined {
  if (status === "revoked") return "It is revoked already.";
  return status === "expired" ? "It has ended; there is nothing left to revoke." : undefined;
}
