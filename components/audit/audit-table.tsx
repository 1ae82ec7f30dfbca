import Link from "next/link";
import { cx } from "@/components/ui/cx";
import { formatCount } from "@/components/ui/format";
import { RowKeys } from "@/components/shell/row-keys";
import { Status } from "@/components/ui/badge";
import { Cols, PageLinks, Table, TableFoot, TableScroll, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditPage, AuditRow } from "@/server/audit/contract";
import { type AuditAddress, auditHref } from "./audit-address";
import { eventWords } from "./event-words";

type Props = { readonly address: AuditAddress; readonly page: AuditPage; readonly now: number };

/** The log, newest first; the open entry is marked. */
export function AuditTable({ address, page, now }: Props) {
  const { rows, next, total } = page;
  const from = address.open === undefined ? "m-hide drop-wide" : "hidden";
  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption="Audit log, newest first" isStacked>
            <Cols widths={[142, 150, null, { width: 124, className: from }, 100]} />
            <thead>
              <tr>
                <Th>UTC</Th>
                <Th>Who</Th>
                <Th>What</Th>
                <Th className={from}>From</Th>
                <Th>Result</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <EventRow key={row.seq} row={row} address={address} now={now} from={from} />
              ))}
            </tbody>
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot
        total={total.count}
        shown={formatCount(rows.length)}
        noun="event"
        hint={total.isExact ? undefined : "There are more than 10,000. Narrow the search for an exact number."}
        end={
          <PageLinks
            previousHref={address.before ? auditHref({ filter: address.filter }) : undefined}
            nextHref={next ? auditHref({ filter: address.filter, before: next }) : undefined}
          />
        }
      />
    </>
  );
}

type RowProps = {
  readonly row: AuditRow;
  readonly address: AuditAddress;
  readonly now: number;
  /** When the column of the sender gives way. */
  readonly from: string;
};

function EventRow({ row, address, now, from }: RowProps) {
  const { who, did, what, outcome } = eventWords(row);
  return (
    <tr data-row className={address.open === row.seq ? "cur" : undefined}>
      <td className="a-when">
        <Time at={row.at} now={now} form="absolute" seconds />
      </td>
      <td className="cut">{who}</td>
      <td className="a-name wrap">
        <Link href={auditHref({ ...address, open: row.seq })} scroll={false}>
          <span className="w5 phone:hidden">{who} </span>
          <span className="x2">{did}</span> {what}
        </Link>
      </td>
      <td className={cx(from, "mono x2")}>{row.address ?? "this machine"}</td>
      <td className="a-status">
        <Status tone={outcome.tone}>{outcome.word}</Status>
      </td>
    </tr>
  );
}
