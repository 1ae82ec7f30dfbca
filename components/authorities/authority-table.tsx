import Link from "next/link";
import { RowKeys } from "@/components/shell/row-keys";
import { Status } from "@/components/ui/badge";
import { formatCount, plural } from "@/components/ui/format";
import { Expiry } from "@/components/ui/lifeline";
import { Section } from "@/components/ui/page-head";
import { Cols, NameCell, Table, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuthoritySummary } from "@/server/certificates/authority-contract";
import { PublishCrl } from "./publish-crl";
import { authorityHref, CRL_STATES, ROLES } from "./words";

type Props = {
  readonly authorities: readonly AuthoritySummary[];
  readonly now: number;
  readonly publishRefused: string | undefined;
};

/** Every authority with its certificate's life, what it issued and its revocation list. */
export function AuthorityTable({ authorities, now, publishRefused }: Props) {
  return (
    <Section title="Authorities" aside="the root first">
      <RowKeys>
        <Table caption="Authorities" isInset isStacked>
          <Cols
            widths={[
              null,
              { width: 96, className: "drop-wide" },
              172,
              { width: 150, className: "drop-mid" },
              { width: 266, className: "max-narrow:w-30" },
              { width: 132, className: "drop-mid" },
            ]}
          />
          <thead>
            <tr>
              <Th>Name</Th>
              <Th className="drop-wide">Key</Th>
              <Th>Ends</Th>
              <Th className="drop-mid">Certificates</Th>
              <Th>Revocation list</Th>
              <Th className="drop-mid" isHidden>
                Deeds
              </Th>
            </tr>
          </thead>
          <tbody>
            {authorities.map((authority) => (
              <Row key={authority.id} authority={authority} now={now} publishRefused={publishRefused} />
            ))}
          </tbody>
        </Table>
      </RowKeys>
    </Section>
  );
}

type RowProps = {
  readonly authority: AuthoritySummary;
  readonly now: number;
  readonly publishRefused: string | undefined;
};

function Row({ authority, now, publishRefused }: RowProps) {
  const { id, role, parentId, keyAlgorithm, notBefore, notAfter, counts, crl, status } = authority;
  return (
    <tr data-row className="tall">
      <td className="name a-name">
        <span className={parentId ? "block pl-5" : "block"}>
          <NameCell href={authorityHref(authority)} icon={role === "root" ? "lock" : "ca"}>
            <TwoLines first={authority.name} second={ROLES[role]} />
          </NameCell>
        </span>
      </td>
      <td className="drop-wide">{keyAlgorithm.replace(/ \(.*\)$/, "")}</td>
      <td className="a-when">
        <Expiry start={notBefore} end={notAfter} now={now} tone={status === "expired" ? "danger" : undefined} />
      </td>
      <td className="drop-mid">
        {role === "root" ? (
          <span className="x3">authorities only</span>
        ) : (
          <Link className="link" href={`/certificates?authority=${id}`}>
            {formatCount(counts.valid)} valid of {formatCount(counts.issued)}
          </Link>
        )}
      </td>
      <td className="a-status">
        {crl ? (
          <>
            <span className="two">
              <Status tone={CRL_STATES[crl.state].tone}>
                <span className="m-only">List: </span>
                {CRL_STATES[crl.state].word}
              </Status>
            </span>
            <span className="two max-narrow:hidden">
              Number {formatCount(crl.number)}, {plural(crl.entryCount, "entry", "entries")}, next{" "}
              <Time at={crl.nextUpdate} now={now} form="relative" />
            </span>
          </>
        ) : (
          <Status tone="danger">None yet</Status>
        )}
      </td>
      <td className="drop-mid num">
        <PublishCrl authority={id} name={authority.name} disabledBecause={publishRefused} isSmall />
      </td>
    </tr>
  );
}
