import Link from "next/link";
import { PolicyLinks } from "@/components/policies/trial/verdict";
import { epochsHref } from "@/components/policies/history/epochs-address";
import { DECISIONS } from "@/components/policies/words";
import { Status } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { Cols, Table, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { DecisionRow } from "@/server/policies/decision-contract";
import { type DecisionAddress, decisionsHref } from "./decision-address";
import { latencyWords } from "./decision-words";

type Props = { readonly address: DecisionAddress; readonly rows: readonly DecisionRow[]; readonly now: number };

/** Decisions, newest first; the open one is marked. */
export function DecisionTable({ address, rows, now }: Props) {
  const isAlone = address.open === undefined;
  const [wide, mid] = isAlone ? ["drop-wide", "drop-mid"] : ["hidden", "hidden"];
  const by = isAlone ? "drop-mid" : "drop-wide";
  return (
    <Table caption="Decisions, newest first" isStacked>
      <Cols
        widths={[
          ...[128, 92, null, 120, null],
          { width: 92, className: wide },
          { width: null, className: by },
          { width: 60, className: mid },
          { width: 76, className: wide },
        ]}
      />
      <thead>
        <tr>
          <Th>UTC</Th>
          <Th>Decision</Th>
          <Th>Subject</Th>
          <Th>Action</Th>
          <Th>Resource</Th>
          <Th className={wide}>Workload</Th>
          <Th className={by}>Decided by</Th>
          <Th className={mid} isNumber>
            Epoch
          </Th>
          <Th className={wide} isNumber>
            Took
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.seq} row={row} address={address} now={now} gives={{ wide, mid, by }} />
        ))}
      </tbody>
    </Table>
  );
}

type RowProps = {
  readonly row: DecisionRow;
  readonly address: DecisionAddress;
  readonly now: number;
  /** When columns give way. */
  readonly gives: { readonly wide: string; readonly mid: string; readonly by: string };
};

function Row({ row, address, now, gives: { wide, mid, by } }: RowProps) {
  const { seq, at, subject, asker, action, resource, workloadKind, epoch, latencyMicros } = row;
  const { word, tone, icon } = DECISIONS[row.decision];
  return (
    <tr data-row className={address.open === seq ? "cur" : undefined}>
      <td className="a-when">
        <Time at={at} now={now} form="absolute" seconds />
      </td>
      <td className="a-status">
        <Status tone={tone} icon={icon}>
          {word}
        </Status>
      </td>
      <td className="a-name wrap">
        <Link href={decisionsHref({ ...address, open: seq })} scroll={false}>
          <span className="w5">{subject.id}</span>
          <span className="two x2 phone:hidden">
            {action} on {resource.id}
          </span>
        </Link>
        {asker.name !== subject.id && <span className="two x3 hidden phone:block">asked by {asker.name}</span>}
      </td>
      <td className="wrap">{action}</td>
      <td className="wrap">
        {resource.id}
        <span className="two x3">{resource.type}</span>
      </td>
      <td className={cx(wide, "wrap")}>{workloadKind ?? <span className="x3">none</span>}</td>
      <td className={cx(by, "wrap")}>
        <DecidedBy row={row} />
      </td>
      <td className={cx(mid, "num")}>
        <EpochLink epoch={epoch} />
      </td>
      <td className={cx(wide, "num x3")}>{latencyWords(latencyMicros)}</td>
    </tr>
  );
}

/** The policies that decided; without one, why it was denied. */
export function DecidedBy({ row: { policies, reason } }: { readonly row: DecisionRow }) {
  if (policies.length > 0) return <PolicyLinks policies={policies} />;
  return <span className="x3">{reason ?? "no policy permits it"}</span>;
}

/** An epoch, leading to what it changed. */
export function EpochLink({ epoch }: { readonly epoch: number }) {
  const href = epoch > 0 ? epochsHref({ from: epoch - 1, to: epoch }) : "/policies/history";
  return (
    <Link className="link" href={href}>
      {epoch}
    </Link>
  );
}
