import Link from "next/link";
import { EndsCell } from "@/components/certificates/ends-cell";
import { STATUSES } from "@/components/certificates/words";
import { Status } from "@/components/ui/badge";
import { colonHex, plural, shortenMiddle } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import { Cols, NameCell, Table, Th, TwoLines } from "@/components/ui/table";
import { serverCaller } from "@/server/api/caller";
import type { InventoryRow } from "@/server/certificates/inventory-contract";
import type { IdentityDetail } from "@/server/identities/contract";

const SHOWN = 5;

/** What an identity proves itself with: the certificates that need somebody first. */
export async function IdentityCertificates({
  identity,
  now,
}: {
  readonly identity: IdentityDetail;
  readonly now: number;
}) {
  const caller = await serverCaller();
  const { rows, next } = await caller.inventory.list({ filter: { identity: identity.id }, limit: SHOWN });
  const { validCertificates } = identity;
  return (
    <Section
      title="Certificates"
      aside={validCertificates === 0 ? "none valid" : plural(validCertificates, "valid", "valid")}
      end={
        rows.length > 0 && (
          <Link className="link" href={`/certificates?identity=${identity.id}`}>
            {next ? "All of them" : "In the inventory"}
          </Link>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="topline x3 py-2">{identity.kind === "user" ? "They never had one." : "It never had one."}</p>
      ) : (
        <Table caption={`Certificates of ${identity.displayName}`} isInset isStacked isStill>
          <Cols widths={[null, 110, 190]} />
          <thead>
            <tr>
              <Th>Serial</Th>
              <Th>Status</Th>
              <Th>Ends</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <CertificateRow key={row.serial} row={row} now={now} />
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}

function CertificateRow({ row, now }: { readonly row: InventoryRow; readonly now: number }) {
  const { word, tone, icon } = STATUSES[row.status];
  return (
    <tr className="tall">
      <td className="name a-name">
        <NameCell href={`/certificates/${row.serial}`} icon="cert">
          <TwoLines
            first={<span className="mono">{shortenMiddle(colonHex(row.serial))}</span>}
            second={`${row.profileName}, by ${row.authorityName}`}
          />
        </NameCell>
      </td>
      <td className="a-status">
        <Status tone={tone} icon={icon}>
          {word}
        </Status>
      </td>
      <td className="a-when">
        <EndsCell row={row} now={now} />
      </td>
    </tr>
  );
}
