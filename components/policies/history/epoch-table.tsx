import Link from "next/link";
import { RowKeys } from "@/components/shell/row-keys";
import { Status, Tag } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy";
import { type Instant, plural, shortenMiddle } from "@/components/ui/format";
import { Cols, Table, TableFoot, TableScroll, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { EpochSummary } from "@/server/policies/contract";
import { epochsHref } from "./epochs-address";
import { RollBack } from "./roll-back";

type Props = {
  readonly epochs: readonly EpochSummary[];
  readonly now: Instant;
  readonly rollBackRefused: string | undefined;
};

/** The epochs, the newest first. */
export function EpochTable({ epochs, now, rollBackRefused }: Props) {
  const inForce = epochs.find((epoch) => epoch.isInForce);
  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption="Epochs, the newest first" isStacked>
            <Cols
              widths={[
                null,
                { width: 200, className: "drop-mid" },
                184,
                { width: 152, className: "drop-wide" },
                { width: 112, className: "drop-mid" },
                172,
              ]}
            />
            <thead>
              <tr>
                <Th>Epoch</Th>
                <Th className="drop-mid">Changed</Th>
                <Th>When</Th>
                <Th className="drop-wide">Digest</Th>
                <Th className="drop-mid">State</Th>
                <Th isHidden>Deeds</Th>
              </tr>
            </thead>
            <tbody>
              {epochs.map((epoch) => (
                <Row key={epoch.number} {...{ epoch, inForce, now, rollBackRefused }} />
              ))}
            </tbody>
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot total={epochs.length} noun="epoch" hint="An epoch is never changed: rolling back makes a new one." />
    </>
  );
}

type RowProps = {
  readonly epoch: EpochSummary;
  readonly inForce: EpochSummary | undefined;
  readonly now: Instant;
  readonly rollBackRefused: string | undefined;
};

function Row({ epoch, inForce, now, rollBackRefused }: RowProps) {
  const { number, kind, restores, note, at, by, proposedBy, digest, isInForce } = epoch;
  const who = proposedBy ? `${by.name}, written by ${proposedBy.name}` : by.name;
  return (
    <tr data-row className="tall ep__r">
      <td className="name a-name wrap">
        <Link href={epochsHref({ from: Math.max(0, number - 1), to: number })}>
          <span className="min-w-0">
            <TwoLines
              first={
                <>
                  Epoch {number}
                  {kind === "rolled_back" && <span className="x3"> as epoch {restores} was</span>}
                </>
              }
              second={<span className="whitespace-normal">{note}</span>}
            />
          </span>
        </Link>
      </td>
      <td className="drop-mid wrap">
        <Changes epoch={epoch} />
      </td>
      <td className="a-when">
        <TwoLines
          first={at ? <Time at={at} now={now} form="absolute" /> : "From the start"}
          second={
            <>
              {who}
              {at && (
                <>
                  , <Time at={at} now={now} form="relative" />
                </>
              )}
            </>
          }
        />
      </td>
      <td className="drop-wide">
        <CopyText text={digest} shown={shortenMiddle(digest)} label={`Copy the digest of epoch ${number}`} />
      </td>
      <td className="drop-mid a-status">
        {isInForce ? <Status tone="ok">In force</Status> : <Status tone="neutral">Replaced</Status>}
      </td>
      <td className="num a-more">
        {!isInForce && inForce && (
          <RollBack
            to={number}
            inForce={inForce.number}
            disabledBecause={
              rollBackRefused ?? (digest === inForce.digest ? "What is in force is the same." : undefined)
            }
          />
        )}
      </td>
    </tr>
  );
}

function Changes({ epoch: { added, changed, removed, isSchemaChanged } }: { readonly epoch: EpochSummary }) {
  const words = [
    { word: "added", names: added },
    { word: "changed", names: changed },
    { word: "removed", names: removed },
  ].filter(({ names }) => names.length > 0);
  if (words.length === 0 && !isSchemaChanged) return <span className="x3">Nothing</span>;
  return (
    <span
      className="flex flex-wrap gap-1"
      title={words.map(({ word, names }) => `${word}: ${names.join(", ")}`).join("\n")}
    >
      {words.map(({ word, names }) => (
        <Tag key={word}>
          {names.length === 1 ? `${word} ${names[0]}` : `${plural(names.length, "policy", "policies")} ${word}`}
        </Tag>
      ))}
      {isSchemaChanged && <Tag>schema</Tag>}
    </span>
  );
}
