import Link from "next/link";
import { Status } from "@/components/ui/badge";
import { colonHex, plural, shortenMiddle } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import { Cols, Table, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { CertificateDetail } from "@/server/certificates/contract";
import { type Generation, LifeChart } from "./life-chart";
import { STATUSES } from "./words";

type Props = { readonly certificate: CertificateDetail; readonly now: number };

/** The life of a certificate with those it renewed and those that renewed it: drawn, and as a table with links. */
export function CertificateLife({ certificate, now }: Props) {
  const { generations, olderGenerations } = certificate;
  const numbered = generations.map((generation, index) => ({
    ...generation,
    number: olderGenerations + index + 1,
    endedEarly: earlyEnd(certificate, generations[index + 1], generation),
  }));
  const count = olderGenerations + generations.length;
  const aside = count === 1 ? "one generation, never renewed" : plural(count, "generation");
  return (
    <Section title="Life" aside={aside}>
      <LifeChart generations={numbered} now={now} />
      {numbered.length > 1 && (
        <Table caption="Generations, the newest first" isInset isSmall isStill>
          <Cols
            widths={[
              100,
              null,
              { width: 140, className: "m-hide drop-narrow" },
              140,
              { width: 160, className: "m-hide drop-mid" },
              110,
            ]}
          />
          <thead>
            <tr>
              <Th>Generation</Th>
              <Th>Serial</Th>
              <Th className="m-hide drop-narrow">Issued</Th>
              <Th>Valid until</Th>
              <Th className="m-hide drop-mid">By</Th>
              <Th>Status</Th>
            </tr>
          </thead>
          <tbody>
            {numbered.toReversed().map((generation) => (
              <GenerationRow key={generation.serial} generation={generation} now={now} />
            ))}
          </tbody>
        </Table>
      )}
      {olderGenerations > 0 && (
        <p className="help">
          {plural(olderGenerations, "older generation")} not shown. Open the oldest one to see them.
        </p>
      )}
    </Section>
  );
}

function GenerationRow({ generation, now }: { readonly generation: Generation; readonly now: number }) {
  const { serial, number, isThis, issuedAt, issuedByName, notAfter, status } = generation;
  const { word, tone, icon } = STATUSES[status];
  const short = shortenMiddle(colonHex(serial));
  return (
    <tr aria-current={isThis ? "true" : undefined}>
      <td className={isThis ? "w5 x1" : undefined}>{isThis ? `${number}, this one` : number}</td>
      <td className="mono">
        {isThis ? (
          short
        ) : (
          <Link className="link" href={`/certificates/${serial}`} aria-label={`Generation ${number}, ${short}`}>
            {short}
          </Link>
        )}
      </td>
      <td className="m-hide drop-narrow">
        <Time at={issuedAt} now={now} form="absolute" />
      </td>
      <td>
        <Time at={notAfter} now={now} form="absolute" />
      </td>
      <td className="m-hide drop-mid">{issuedByName}</td>
      <td>
        <Status tone={tone} icon={icon}>
          {word}
        </Status>
      </td>
    </tr>
  );
}

/** When a generation stopped being used before its end: its successor was issued, or it was revoked. */
function earlyEnd(
  certificate: CertificateDetail,
  next: CertificateDetail["generations"][number] | undefined,
  generation: CertificateDetail["generations"][number],
): Date | null {
  if (next) return next.issuedAt;
  return generation.isThis ? certificate.revokedAt : null;
}
