import Link from "next/link";
import { cx } from "@/components/ui/cx";
import { formatCount } from "@/components/ui/format";
import { ShareBar } from "@/components/ui/meter";
import { Section } from "@/components/ui/page-head";
import { Cols, Table, Th } from "@/components/ui/table";
import {
  type AuthorityCounts,
  type InventoryStatus,
  writeInventoryAddress,
} from "@/server/certificates/inventory-contract";

/** Columns that give way before the names do. */
const DROPPED = "m-hide max-[1360px]:hidden";
const SHARE = "m-hide max-[1260px]:mid:hidden";

const STATES: readonly { status: InventoryStatus; word: string; width: number; hot?: string; drop?: string }[] = [
  { status: "active", word: "On schedule", width: 84 },
  { status: "due", word: "Late", width: 44, hot: "da-x w5" },
  { status: "renewed", word: "Renewed", width: 72, drop: DROPPED },
  { status: "expired", word: "Ended", width: 68, drop: DROPPED },
  { status: "revoked", word: "Revoked", width: 68 },
];

/** Certificates by the authority that issued them and by state; each number leads to its certificates. */
export function ByAuthority({ counts }: { readonly counts: AuthorityCounts }) {
  const { authorities } = counts;
  const most = Math.max(1, ...authorities.map((authority) => authority.total));
  const total = authorities.reduce((sum, authority) => sum + authority.total, 0);
  return (
    <Section
      title="Certificates by issuer and state"
      end={
        <Link className="link" href="/certificates">
          All {formatCount(total)}
        </Link>
      }
    >
      <Table caption="Certificates by issuer and state" isInset isStill>
        <Cols
          widths={[
            112,
            { width: null, className: SHARE },
            ...STATES.map(({ width, drop }) => ({ width, className: drop ?? "" })),
            52,
          ]}
        />
        <thead>
          <tr>
            <Th>Issuer</Th>
            <Th isHidden className={SHARE}>
              Share
            </Th>
            {STATES.map(({ status, word, drop }) => (
              <Th key={status} isNumber className={drop}>
                {word}
              </Th>
            ))}
            <Th isNumber>Total</Th>
          </tr>
        </thead>
        <tbody>
          {authorities.map((authority) => (
            <tr key={authority.authorityId}>
              <td className="name">{authority.authorityName}</td>
              <td className={SHARE}>
                <ShareBar
                  max={most}
                  parts={[
                    { tone: "neutral", value: authority.counts.active + authority.counts.renewed },
                    { tone: "danger", value: authority.counts.due },
                  ]}
                />
              </td>
              {STATES.map(({ status, hot, drop }) => (
                <td key={status} className={cx("num", drop)}>
                  <Count value={authority.counts[status]} href={hrefOf(status, authority.authorityId)} hot={hot} />
                </td>
              ))}
              <td className="num w6">{formatCount(authority.total)}</td>
            </tr>
          ))}
          <tr>
            <td className="w6">All issuers</td>
            <td className={SHARE} />
            {STATES.map(({ status, drop }) => (
              <td key={status} className={cx("num w6", drop)}>
                {formatCount(authorities.reduce((sum, authority) => sum + authority.counts[status], 0))}
              </td>
            ))}
            <td className="num w6">{formatCount(total)}</td>
          </tr>
        </tbody>
      </Table>
    </Section>
  );
}

function Count({ value, href, hot }: { readonly value: number; readonly href: string; readonly hot?: string }) {
  if (value === 0) return <span className="x3">0</span>;
  return (
    <Link className={hot} href={href}>
      {formatCount(value)}
    </Link>
  );
}

function hrefOf(status: InventoryStatus, authorityId: string): string {
  return `/certificates${writeInventoryAddress({ filter: { status: [status], authority: [authorityId] } })}`;
}
