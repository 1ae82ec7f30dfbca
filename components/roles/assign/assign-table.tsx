"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { Fragment, useState } from "react";
import { RowKeys } from "@/components/shell/row-keys";
import { Avatar } from "@/components/ui/avatar";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Checkbox } from "@/components/ui/choice";
import { formatCount, type Instant, plural, toMs } from "@/components/ui/format";
import type { IconName } from "@/components/ui/icon";
import { Expiry } from "@/components/ui/lifeline";
import { SelectionBar } from "@/components/ui/selection-bar";
import { NoMatch } from "@/components/ui/state";
import { Cols, Table, TableFoot, TableScroll, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type GrantSummary, scopeInWords } from "@/server/roles/grant-contract";
import { type AssignAddress, assignHref } from "./assign-address";
import type { AssignGroup, AssignRow } from "./assign-rows";
import { EndDialog } from "./end-dialog";
import { ExtendDialog } from "./extend-dialog";

type Props = {
  readonly groups: readonly AssignGroup[];
  readonly address: AssignAddress;
  readonly now: Instant;
  readonly mayGive: "yes" | "no";
};

type Open = { readonly deed: "end" | "extend"; readonly grants: readonly GrantSummary[] };

/** Who can do what, until when: a line for each grant, with what can be done about it. */
export function AssignTable({ groups, address, now, mayGive }: Props) {
  const router = useRouter();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Open>();
  const rows = groups.flatMap((group) => group.rows);
  if (rows.length === 0) {
    return (
      <NoMatch
        title="Nothing of the kind"
        actions={<ButtonLink href={assignHref({ team: address.team })}>Show all of the team</ButtonLink>}
      >
        No grant of this team is like that.
      </NoMatch>
    );
  }
  const all = rows.flatMap(({ grant }) => (grant ? [grant.id] : []));
  // The form beside the list needs the room.
  const isWide = address.give === undefined;
  const grants = rows.flatMap(({ grant }) => (grant && chosen.has(grant.id) ? [grant] : []));

  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  }

  function done() {
    setOpen(undefined);
    setChosen(new Set());
    router.refresh();
  }

  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption="Who can do what, and until when" isStacked>
            <Cols
              widths={
                isWide
                  ? [44, 200, null, 176, { width: 104, className: "drop-wide" }, { width: 136, className: "drop-mid" }]
                  : [44, 190, null, 176]
              }
            />
            <thead>
              <tr>
                <th scope="col" className="c-cb">
                  {mayGive === "yes" && all.length > 0 && (
                    <Checkbox
                      aria-label={chosen.size === all.length ? "Choose none" : `Choose all ${all.length} grants`}
                      checked={chosen.size === all.length}
                      isMixed={chosen.size > 0 && chosen.size < all.length}
                      onChange={() => setChosen(new Set(chosen.size === all.length ? [] : all))}
                    />
                  )}
                </th>
                <Th>Who</Th>
                <Th>Can do now</Th>
                <Th>Until</Th>
                {isWide && (
                  <>
                    <Th className="drop-wide" isNumber>
                      Last used
                    </Th>
                    <Th className="drop-mid" isHidden>
                      Deeds
                    </Th>
                  </>
                )}
              </tr>
            </thead>
            {groups.map(({ title, rows: own, holders }) => (
              <tbody key={title}>
                <tr className="grpr">
                  <th colSpan={isWide ? 6 : 4} scope="rowgroup">
                    {title} <span className="x3 w4">{formatCount(holders)}</span>
                  </th>
                </tr>
                {own.map((row) => (
                  <Fragment key={row.key}>
                    <Row
                      {...{ row, address, now, mayGive }}
                      isChosen={row.grant !== null && chosen.has(row.grant.id)}
                      onToggle={toggle}
                      onOpen={(deed, grant) => setOpen({ deed, grants: [grant] })}
                    />
                  </Fragment>
                ))}
              </tbody>
            ))}
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot total={rows.filter(({ grant }) => grant).length} noun="grant" hint="What ends first comes first." />
      <SelectionBar count={chosen.size} onClear={() => setChosen(new Set())}>
        {grants.length === 1 && (
          <Button size="s" onClick={() => setOpen({ deed: "extend", grants })}>
            Extend
          </Button>
        )}
        <Button size="s" variant="danger" onClick={() => setOpen({ deed: "end", grants })}>
          End {plural(chosen.size, "grant")}…
        </Button>
      </SelectionBar>
      {open?.deed === "end" && <EndDialog grants={open.grants} onClose={() => setOpen(undefined)} onDone={done} />}
      {open?.deed === "extend" && open.grants[0] && (
        <ExtendDialog grant={open.grants[0]} now={now} onClose={() => setOpen(undefined)} onDone={done} />
      )}
    </>
  );
}

const ICONS: Readonly<Record<AssignRow["holder"]["kind"], IconName | undefined>> = {
  ...{ user: undefined, service: "service", node: "node", team: "team" },
};

type RowProps = {
  readonly row: AssignRow;
  readonly address: AssignAddress;
  readonly now: Instant;
  readonly mayGive: "yes" | "no";
  readonly isChosen: boolean;
  onToggle(id: string): void;
  onOpen(deed: Open["deed"], grant: GrantSummary): void;
};

function Row({ row, address, now, mayGive, isChosen, onToggle, onOpen }: RowProps) {
  const { holder, grant } = row;
  const give = `${holder.kind === "team" ? "team" : "identity"} ${holder.id}`;
  const isCurrent = address.give === give && row.isFirst === "first";
  return (
    <tr data-row className={isCurrent ? "tall cur" : "tall"}>
      <td className="c-cb">
        {grant && mayGive === "yes" && (
          <Checkbox
            aria-label={`Choose ${grant.role.title} of ${holder.name}`}
            checked={isChosen}
            onChange={() => onToggle(grant.id)}
          />
        )}
      </td>
      <td className="name a-name">
        <Link className="row name" href={mayGive === "yes" ? assignHref({ ...address, give }) : placeOf(holder)}>
          <Avatar name={holder.name} icon={ICONS[holder.kind]} />
          <span className="cut">
            <TwoLines first={holder.name} second={holder.detail || "\u00a0"} />
          </span>
        </Link>
      </td>
      <td className="a-more">
        {grant ? <What grant={grant} /> : <span className="x3 whitespace-normal">Nothing by a role of their own</span>}
      </td>
      <td className="a-when">{grant && <Until grant={grant} now={now} />}</td>
      {address.give === undefined && (
        <>
          <td className="num drop-wide">
            {grant &&
              (grant.lastUsedAt ? (
                <Time at={grant.lastUsedAt} now={now} form="short" />
              ) : (
                <span className="x3">never</span>
              ))}
          </td>
          <td className="drop-mid">
            {grant && mayGive === "yes" && (
              <span className="row">
                <Button
                  size="s"
                  variant="quiet"
                  onClick={() => onOpen("extend", grant)}
                  aria-label={`Extend ${grant.role.title} of ${holder.name}`}
                >
                  Extend
                </Button>
                <Button
                  size="s"
                  variant="quiet"
                  onClick={() => onOpen("end", grant)}
                  aria-label={`End ${grant.role.title} of ${holder.name}`}
                >
                  End…
                </Button>
              </span>
            )}
          </td>
        </>
      )}
    </tr>
  );
}

function What({ grant }: { readonly grant: GrantSummary }) {
  const { role, scope, state, reason, activationHours } = grant;
  return (
    <span className="grid gap-0.5 py-1 whitespace-normal">
      <span>
        {role.title} <span className="x3">on {scopeInWords(scope)}</span>{" "}
        {state === "waiting" && <Status tone="neutral">Not begun</Status>}
        {state === "eligible" && <Status tone="neutral">To activate, {activationHours} h</Status>}
        {state === "activated" && <Status tone="ok">Activated</Status>}
      </span>
      <span className="t12 x2">{reason}</span>
    </span>
  );
}

const HOUR = 3_600_000;

function Until({ grant, now }: { readonly grant: GrantSummary; readonly now: Instant }) {
  if (grant.endsAt === null) return <span className="x3">No end</span>;
  const left = grant.endsAt.getTime() - toMs(now);
  return <Expiry start={grant.startsAt} end={grant.endsAt} now={now} tone={left < 8 * HOUR ? "warn" : undefined} />;
}

const PLACES = { user: "people", service: "services", node: "nodes" } as const;

function placeOf({ kind, id }: AssignRow["holder"]): string {
  return kind === "team" ? assignHref({ team: id }) : `/${PLACES[kind]}/${id}`;
}
