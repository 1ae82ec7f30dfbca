import Link from "next/link";
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
  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption="Audit log, newest first" isStacked>
            <Cols widths={[150, 170, null, 130, 104]} />
            <thead>
              <tr>
                <Th>UTC</Th>
                <Th>Who</Th>
                <Th>What</Th>
                <Th className="m-hide">From</Th>
                <Th>Result</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <EventRow key={row.seq} row={row} address={address} now={now} />
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

function EventRow({
  row,
  address,
  now,
}: {
  readonly row: AuditRow;
  readonly address: AuditAddress;
  readonly now: number;
}) {
  const { who, did, what, outcome } = eventWords(row);
  return (
    <tr data-row className={address.open === row.seq ? "cur" : undefined}>
      <td className="a-when">
        <Time at={row.at} now={now} form="absolute" seconds />
      </td>
      <td className="cut">{who}</td>
      <td className="a-name">
        <Link
          className="cut max-phone:whitespace-normal"
          href={auditHref({ ...address, open: row.seq })}
          scroll={false}
        >
          <span className="w5 phone:hidden">{who} </span>
          <span className="x2">{did}</span> {what}
        </Link>
      </td>
      <td className="m-hide mono x2">{row.address ?? "this machine"}</td>
      <td className="a-status">
        <Status tone={outcome.tone}>{outcome.word}</Status>
      </td>
    </tr>
  );
}
