import { Status } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { colonHex, formatFull, shortenMiddle } from "@/components/ui/format";
import { Expiry } from "@/components/ui/lifeline";
import { NameCell } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { InventoryRow } from "@/server/certificates/inventory-contract";
import type { ColumnId } from "./columns";
import { KINDS, lifeTone, ownNames, reasonWords, STATUSES } from "./words";

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
  seen: { width: 76, drop: "drop-narrow", cell: "num" },
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
      return <Ends row={row} now={now} />;
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

/** When it ends over its lifeline; for a revoked one, when that was and why. */
function Ends({ row, now }: { readonly row: InventoryRow; readonly now: number }) {
  const { notBefore, notAfter, renewAfter, revokedAt, revocationReason, status } = row;
  if (revokedAt !== null) {
    return (
      <span title={`${formatFull(revokedAt)}: ${reasonWords(revocationReason)}`}>
        <span className="x3">Revoked</span> <Time at={revokedAt} now={now} form="absolute" />
      </span>
    );
  }
  return <Expiry start={notBefore} end={notAfter} renewAt={renewAfter} now={now} tone={lifeTone(status)} />;
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
