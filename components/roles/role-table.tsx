import Link from "next/link";
import { RowKeys } from "@/components/shell/row-keys";
import { Status } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { formatCount, type Instant, listWords, plural } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { NoMatch } from "@/components/ui/state";
import { Cols, Table, TableFoot, TableScroll, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { RoleSummary } from "@/server/roles/contract";
import { countHolders, type RoleAddress, roleHref } from "./role-address";
import { holderWords } from "./words";

type Props = {
  readonly address: RoleAddress;
  readonly shown: readonly RoleSummary[];
  readonly total: number;
  readonly now: Instant;
};

/** The roles that fit, one a row. */
export function RoleTable({ address, shown, total, now }: Props) {
  if (shown.length === 0) return <Nothing address={address} total={total} />;
  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption="Roles" isStacked>
            <Cols
              widths={[
                null,
                188,
                { width: 208, className: "drop-narrow" },
                { width: 200, className: "drop-wide" },
                { width: 168, className: "drop-mid" },
              ]}
            />
            <thead>
              <tr>
                <Th>Role</Th>
                <Th>Held by</Th>
                <Th className="drop-narrow">Permits</Th>
                <Th className="drop-wide">Inherits</Th>
                <Th className="drop-mid">Changed</Th>
              </tr>
            </thead>
            <tbody>
              {shown.map((role) => (
                <Row key={role.name} role={role} now={now} />
              ))}
            </tbody>
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot
        total={total}
        shown={shown.length < total ? formatCount(shown.length) : undefined}
        noun="role"
        hint="A role permits nothing by itself: a grant gives it to somebody, within something, for a time."
      />
    </>
  );
}

function Row({ role, now }: { readonly role: RoleSummary; readonly now: Instant }) {
  const { name, title, origin, holders, inherits, version, changedAt, retiredAt } = role;
  return (
    <tr data-row className="tall">
      <td className="name a-name wrap">
        <Link className="row" href={roleHref(name)}>
          <Icon name="shield" className="x3" />
          <span className="min-w-0">
            <TwoLines
              first={
                <>
                  {title}
                  {origin === "built-in" && <span className="x3"> built in</span>}
                  {retiredAt && <span className="x3"> retired</span>}
                </>
              }
              second={<span className="mono">{name}</span>}
            />
          </span>
        </Link>
      </td>
      <td className="wrap a-more">
        <span className="x3 phone:hidden">Held by </span>
        {countHolders(role) > 0 ? holderWords(holders) : <span className="x3">nobody</span>}
      </td>
      <td className="drop-narrow a-when">
        <Permits role={role} />
      </td>
      <td className="drop-wide wrap">
        {inherits.length > 0 ? (
          <span className="mono t12">{listWords(inherits)}</span>
        ) : (
          <span className="x3">Nothing</span>
        )}
      </td>
      <td className="drop-mid">
        {changedAt ? (
          <TwoLines first={<Time at={changedAt} now={now} form="absolute" />} second={version} />
        ) : (
          <TwoLines first={<span className="x3">With the program</span>} second={version} />
        )}
      </td>
    </tr>
  );
}

function Permits({ role: { origin, actions, unused, retiredAt } }: { readonly role: RoleSummary }) {
  if (origin === "built-in") return <TwoLines first={<span className="x3">What its policies say</span>} second="" />;
  const first = actions === 0 ? <span className="x3">Nothing of its own</span> : plural(actions, "action");
  if (retiredAt !== null || unused === null || actions === 0) return first;
  return (
    <TwoLines
      first={first}
      second={
        unused > 0 ? (
          <Status tone="warn">
            {unused === actions ? "None" : formatCount(unused)} {unused === actions ? "used" : "unused"} in 90 days
          </Status>
        ) : (
          "All used in 90 days"
        )
      }
    />
  );
}

function Nothing({ address, total }: { readonly address: RoleAddress; readonly total: number }) {
  const why = [
    address.query && `“${address.query}” is in no name, title or description`,
    address.origin && `it is ${address.origin === "written" ? "written here" : "built in"}`,
    address.show === "unused" && "it permits what nobody used in 90 days",
    address.show === "unheld" && "nobody holds it",
    address.show === "retired" && "it is retired",
  ].filter(Boolean);
  return (
    <NoMatch title="No role fits" actions={<ButtonLink href="/roles">Show all roles</ButtonLink>}>
      The filters hide {formatCount(total)}: {why.join("; ")}.
    </NoMatch>
  );
}
