import { Status } from "@/components/ui/badge";
import { formatInstant } from "@/components/ui/format";
import { ChainItem, ChainList } from "@/components/ui/lists";
import { Section } from "@/components/ui/page-head";
import type { CertificateDetail } from "@/server/certificates/contract";
import { KINDS, STATUSES } from "./words";

type Props = { readonly certificate: CertificateDetail; readonly now: number };

const LINK_STATUS = {
  valid: { word: "Valid", tone: "ok" },
  not_yet_valid: { word: "Not yet", tone: "warn" },
  expired: { word: "Ended", tone: "danger" },
  revoked: { word: "Revoked", tone: "danger" },
} as const;

/** Who vouches for a certificate, from the root down. */
export function CertificateChain({ certificate, now }: Props) {
  return (
    <Section title="Chain" aside="who vouches for it">
      <ChainList label="Chain of trust, from the root">
        {certificate.chain.toReversed().map((link) => {
          const isLeaf = link.role === "leaf";
          const ends = `ends ${formatInstant(link.notAfter, now, { year: "always" })}`;
          const { word, tone } = LINK_STATUS[link.status];
          const own = STATUSES[certificate.status];
          return (
            <ChainItem
              key={link.serial}
              icon={isLeaf ? KINDS[certificate.kind].icon : link.role === "root" ? "lock" : "ca"}
              title={link.name}
              href={link.authorityId ? `/authorities/${link.authorityId}` : undefined}
              detail={`${isLeaf ? "This certificate" : `${link.role === "root" ? "Root" : "Issues"}, ${link.keyAlgorithm}`}, ${ends}`}
              isCurrent={isLeaf}
              tone={isLeaf && certificate.status === "due" ? "danger" : undefined}
              status={
                isLeaf ? (
                  <Status tone={own.tone} icon={own.icon}>
                    {own.word}
                  </Status>
                ) : (
                  <Status tone={tone}>{word}</Status>
                )
              }
            />
          );
        })}
      </ChainList>
    </Section>
  );
}
