import { Fragment } from "react";
import { Status } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { colonHex, shortenMiddle } from "@/components/ui/format";
import { NameCell } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { InventoryRow } from "@/server/certificates/inventory-contract";
import { type Choice, type ColumnId, COLUMNS } from "./columns";
import { EndsCell } from "./ends-cell";
import { KINDS, ownNames, STATUSES } from "./words";

/** Width in pixels, and when a column gives way; null takes what is left. */
export const SHAPES: Readonly<
  Record<ColumnId, { readonly width: number | null; readonly drop?: string; readonly cell?: string }>
> = {
  name: { width: null, cell: "name a-name" },
  kind: { width: 74, drop: "drop-mid" },
  issuer: { width: 108, drop: "drop-wide" },
  names: { width: 148, drop: "max-[1430px]:hidden" },
  serial: { width: 104, drop: "drop-mid" },
  status: { width: 110, cell: "a-status" },
  ends: { width: 168, cell: "a-when" },
  seen: { width: 76, drop: "max-[1023px]:hidden", cell: "num" },
  profile: { width: 96 },
  key: { width: 88 },
  issued: { width: 116 },
  issuedBy: { width: 128 },
  fingerprint: { width: 132 },
};

type Props = { readonly column: ColumnId; readonly row: InventoryRow; readonly now: number };

/** One cell of the list. */
export function InventoryCell({ column, row, now }: Props) {
  const { drop, cell } = SHAPES[column];
  return <td className={cx(drop, cell)}>{content(column, row, now)}</td>;
}

type LinesProps = { readonly choice: Choice; readonly row: InventoryRow; readonly now: number };

/** What else a row says on a phone. */
export function InventoryLines({ choice, row, now }: LinesProps) {
  const lines = COLUMNS.filter((column) => !("isLocked" in column) && choice[column.id]);
  if (lines.length === 0) return null;
  return (
    <td className="a-more phone:hidden">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-12">
        {lines.map(({ id, label }) => (
          <Fragment key={id}>
            <dt className="x3">{label}</dt>
            <dd className="cut">{content(id, row, now)}</dd>
          </Fragment>
        ))}
      </dl>
    </td>
  );
}

function content(column: ColumnId, row: InventoryRow, now: number) {
  switch (column) {
    case "name":
      return (
        <NameCell href={`/certificates/${row.serial}`} icon={KINDS[row.kind].icon}>
          {row.name}
        </NameCell>
      );
    case "kind":
      return KINDS[row.kind].word;
    case "issuer":
      return <span title={row.authorityName}>{row.authorityName}</span>;
    case "names":
      return <Names sans={row.sans} />;
    case "serial":
      return <Hex value={row.serial} />;
    case "status": {
      const { word, tone, icon } = STATUSES[row.status];
      return (
        <Status tone={tone} icon={icon}>
          {word}
        </Status>
      );
    }
    case "ends":
      return <EndsCell row={row} now={now} />;
    case "seen":
      return row.lastSeenAt === null ? (
        <span className="x3">never</span>
      ) : (
        <Time at={row.lastSeenAt} now={now} form="short" />
      );
    case "profile":
      return row.profileName;
    case "key":
      return row.keyAlgorithm;
    case "issued":
      return <Time at={row.issuedAt} now={now} form="absolute" />;
    case "issuedBy":
      return row.issuedByName;
    case "fingerprint":
      return <Hex value={row.fingerprint} />;
  }
}

function Names({ sans }: { readonly sans: readonly string[] }) {
  const [first, ...others] = ownNames(sans);
  if (!first) return <span className="x3">SPIFFE ID only</span>;
  return (
    <span title={sans.join("\n")}>
      {first}
      {others.length > 0 && <span className="x3"> +{others.length}</span>}
    </span>
  );
}

function Hex({ value }: { readonly value: string }) {
  const whole = colonHex(value);
  return (
    <span className="mono" title={whole}>
      {shortenMiddle(whole)}
    </span>
  );
}
