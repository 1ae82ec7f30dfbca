import Link from "next/link";
import { cache, Suspense } from "react";
import { CertificateFields } from "@/components/certificates/certificate-fields";
import { ObjectHistory } from "@/components/audit/object-history";
import { ProofSection } from "@/components/certificates/proof-section";
import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { whyNot } from "@/components/shell/refusal";
import { Badge, Status } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy";
import { DefinitionList } from "@/components/ui/definition-list";
import { colonHex, formatBytes, formatCount, formatFull, plural } from "@/components/ui/format";
import { Lifeline } from "@/components/ui/lifeline";
import { Note } from "@/components/ui/note";
import { Columns, PageHead, Section } from "@/components/ui/page-head";
import { LinesSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { AuthorityDetail } from "@/server/certificates/authority-contract";
import { DownloadCrl } from "./download-crl";
import { KeyProtection } from "./key-protection";
import { PublishCrl } from "./publish-crl";
import { authorityHref, CRL_STATES, ROLES, VALIDITIES } from "./words";

const readAuthority = cache((authority: string) =>
  readPage(async (caller) => {
    const detail = await caller.authorities.get({ authority });
    const { authorities } = await caller.authorities.list();
    return { detail, parent: authorities.find(({ id }) => id === detail.parentId) };
  }),
);

/** The name in the title of the page. */
export async function authorityTitle(authority: string): Promise<string> {
  return (await readAuthority(authority)).value?.detail.name ?? "Not allowed";
}

/** One authority: what it may sign, its revocation list, and the proof. */
export async function AuthorityPage({ authority }: { readonly authority: string }) {
  const now = Date.now();
  const place = { label: "Authorities", href: "/authorities" };
  const read = await readAuthority(authority);
  if (read.refused) {
    return (
      <Page crumbs={[place, { label: "Not allowed" }]}>
        <Refused refused={read.refused} doing="see this authority" />
      </Page>
    );
  }

  const { detail, parent } = read.value;
  const permissions = await currentPermissions();
  const { word, tone } = VALIDITIES[detail.status];
  return (
    <Page crumbs={[place, { label: detail.name }]}>
      <PageHead
        title={detail.name}
        badge={<Badge tone={tone}>{word}</Badge>}
        lead={<CopyText text={detail.subject} label="Copy the subject" />}
        actions={
          <PublishCrl
            authority={detail.id}
            name={detail.name}
            disabledBecause={whyNot(permissions, "authority.publish_crl")}
          />
        }
      />
      {(!detail.crl || detail.crl.state === "late") && (
        <div className="pad pb-5">
          <Note tone="danger" title="Its revocation list is late.">
            Whoever checks it may refuse every certificate of {detail.name}. See that the gateway runs, or publish it
            now.
          </Note>
        </div>
      )}
      <Columns>
        <div className="grid content-start gap-7">
          <AuthorityFacts detail={detail} parent={parent} now={now} />
        </div>
        <div className="grid content-start gap-7">
          <CrlSection detail={detail} now={now} />
          <ProofSection name={detail.slug} pem={detail.pem} proof={detail.proof}>
            <DownloadCrl authority={detail.id} />
          </ProofSection>
        </div>
      </Columns>
      <div className="pad grid gap-7 pb-8">
        <CertificateFields fields={detail.fields} />
        <KeyProtection protection={detail.keyProtection} />
        <Suspense fallback={<LinesSkeleton lines={5} />}>
          <ObjectHistory objectId={detail.id} refused={whyNot(permissions, "audit.list")} now={now} />
        </Suspense>
      </div>
    </Page>
  );
}

type FactsProps = {
  readonly detail: AuthorityDetail;
  readonly parent: { readonly slug: string; readonly name: string } | undefined;
  readonly now: number;
};

function AuthorityFacts({ detail, parent, now }: FactsProps) {
  const { role, keyAlgorithm, notBefore, notAfter, pathLength, counts, profiles, constraints } = detail;
  return (
    <Section
      title="In words"
      end={
        <a className="link" href="#fields">
          All fields
        </a>
      }
    >
      <DefinitionList
        items={[
          { term: "What it does", detail: `${ROLES[role]}.${pathLength === 0 ? " No authority may follow it." : ""}` },
          {
            term: "Signed by",
            detail: parent ? (
              <Link className="link" href={authorityHref(parent)}>
                {parent.name}
              </Link>
            ) : (
              "Itself: it is what everybody trusts."
            ),
          },
          { term: "Key", detail: `${keyAlgorithm}; sealed, it never leaves this machine.` },
          {
            term: "Valid",
            detail: (
              <>
                {formatFull(notBefore)} to {formatFull(notAfter)}, <Time at={notAfter} now={now} form="relative" />
                <Lifeline start={notBefore} end={notAfter} now={now} />
              </>
            ),
          },
          role !== "root" && {
            term: "Certificates",
            detail: (
              <>
                <Link className="link" href={`/certificates?authority=${detail.id}`}>
                  {plural(counts.issued, "certificate")}
                </Link>
                , {formatCount(counts.valid)} valid now, {formatCount(counts.revoked)} revoked
              </>
            ),
          },
          profiles.length > 0 && {
            term: "Profiles",
            detail: profiles.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 && ", "}
                <Link className="link" href={`/profiles/${name}`}>
                  {name}
                </Link>
              </span>
            )),
          },
          ...constraints.map(({ label, values }) => ({
            term: label,
            detail: <span className="mono anywhere">{values.map((value) => value || "every one").join(", ")}</span>,
          })),
          { term: "Serial", detail: <CopyText text={colonHex(detail.serial)} label="Copy the serial" /> },
          {
            term: "Fingerprint",
            detail: (
              <>
                <span className="x3">SHA-256</span>{" "}
                <CopyText text={colonHex(detail.fingerprint)} label="Copy the fingerprint" />
              </>
            ),
          },
          {
            term: "Published at",
            detail: <CopyText text={detail.certificateUrl} label="Copy the address of the certificate" />,
          },
        ]}
      />
    </Section>
  );
}

function CrlSection({ detail, now }: { readonly detail: AuthorityDetail; readonly now: number }) {
  const { crl } = detail;
  if (!crl) {
    return (
      <Section title="Revocation list">
        <p className="topline x2 py-2">None is published yet.</p>
      </Section>
    );
  }
  const { word, tone } = CRL_STATES[crl.state];
  return (
    <Section title="Revocation list" end={<Status tone={tone}>{word}</Status>}>
      <DefinitionList
        items={[
          { term: "Number", detail: `${formatCount(crl.number)}, never lower than before` },
          { term: "Entries", detail: `${formatCount(crl.entryCount)}, ${formatBytes(crl.sizeBytes)}` },
          { term: "Signed", detail: <Time at={crl.thisUpdate} now={now} /> },
          {
            term: "Good until",
            detail: (
              <>
                <Time at={crl.nextUpdate} now={now} />
                <Lifeline
                  start={crl.thisUpdate}
                  end={crl.nextUpdate}
                  now={now}
                  tone={crl.state === "late" ? "danger" : undefined}
                />
              </>
            ),
          },
          { term: "Published at", detail: <CopyText text={crl.url} label="Copy the address of the list" /> },
        ]}
      />
    </Section>
  );
}
