import { RowKeys } from "@/components/shell/row-keys";
import { Status, Tag } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { formatCount, type Instant } from "@/components/ui/format";
import { EmptyState, NoMatch } from "@/components/ui/state";
import { Cols, NameCell, Table, TableFoot, TableScroll, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { IdentityKind, IdentityPage, IdentitySummary } from "@/server/identities/contract";
import { identityHref, KINDS, roleWords, STATES } from "./kinds";
import { type ListAddress, listHref } from "./list-address";

type Props = {
  readonly kind: IdentityKind;
  readonly address: ListAddress;
  readonly page: IdentityPage;
  readonly now: Instant;
};

/** Widths, and which columns give way before a name is cut. */
const PEOPLE = [
  null,
  { width: 130, className: "drop-narrow" },
  { width: 124, className: "drop-wide" },
  130,
  100,
  { width: 176, className: "drop-mid" },
];
const MACHINES = [null, { width: 124, className: "drop-mid" }, { width: 250, className: "drop-wide" }, 100, 176];

/** The rows of a list, or what there is instead. */
export function IdentityTable({ kind, address, page, now }: Props) {
  const { place, title, one, many } = KINDS[kind];
  if (page.items.length === 0) return <Nothing kind={kind} address={address} />;
  const isPerson = kind === "user";
  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption={title} isStacked>
            <Cols widths={isPerson ? PEOPLE : MACHINES} />
            <thead>
              <tr>
                <Th>Name</Th>
                {isPerson && <Th className="drop-narrow">Role</Th>}
                <Th className={isPerson ? "drop-wide" : "drop-mid"}>Team</Th>
                {isPerson ? <Th>Second factor</Th> : <Th className="drop-wide">Labels</Th>}
                <Th>State</Th>
                <Th className={isPerson ? "drop-mid" : undefined}>Last seen</Th>
              </tr>
            </thead>
            <tbody>
              {page.items.map((identity) => (
                <Row key={identity.id} identity={identity} now={now} />
              ))}
            </tbody>
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot
        total={page.total}
        shown={page.nextCursor || address.cursor ? formatCount(page.items.length) : undefined}
        noun={one}
        nounPlural={many}
        hint="By name. Retired ones keep their names."
        end={
          <>
            {address.cursor && (
              <ButtonLink size="s" variant="quiet" href={listHref(place, { ...address, cursor: undefined })}>
                First page
              </ButtonLink>
            )}
            {page.nextCursor && (
              <ButtonLink size="s" variant="quiet" href={listHref(place, { ...address, cursor: page.nextCursor })}>
                Next page
              </ButtonLink>
            )}
          </>
        }
      />
    </>
  );
}

function Row({ identity, now }: { readonly identity: IdentitySummary; readonly now: Instant }) {
  const { kind, name, displayName, email, team, roles, hasSecondFactor, state, lastSeenAt, lastSeenAddress } = identity;
  const { word, tone } = STATES[state];
  const isPerson = kind === "user";
  return (
    <tr data-row className={isPerson ? "tall" : undefined}>
      <td className="name a-name">
        <NameCell href={identityHref(identity)} icon={KINDS[kind].icon}>
          {isPerson ? (
            <TwoLines first={displayName} second={email} />
          ) : (
            <>
              {displayName}
              {displayName !== name && <span className="mono x3"> {name}</span>}
            </>
          )}
        </NameCell>
      </td>
      {isPerson && <td className="drop-narrow wrap a-more">{roleWords(roles)}</td>}
      <td className={isPerson ? "drop-wide" : "drop-mid"}>{team?.name ?? <span className="x3">None</span>}</td>
      {isPerson ? (
        <td>
          <SecondFactor has={hasSecondFactor} isActive={state === "active"} />
        </td>
      ) : (
        <td className="drop-wide">
          <LabelTags labels={identity.labels} />
        </td>
      )}
      <td className="a-status">
        <Status tone={tone}>{word}</Status>
      </td>
      <td className={isPerson ? "drop-mid a-when" : "a-when"}>
        {lastSeenAt ? (
          <>
            <span className="x3 phone:hidden">Last seen: </span>
            <Time at={lastSeenAt} now={now} form="relative" />
            {lastSeenAddress && <span className="x3"> {lastSeenAddress}</span>}
          </>
        ) : (
          <span className="x3">
            <span className="phone:hidden">Last seen: </span>Never
          </span>
        )}
      </td>
    </tr>
  );
}

function SecondFactor({ has, isActive }: { readonly has: boolean | null; readonly isActive: boolean }) {
  if (has) return <Status tone="ok">Authenticator</Status>;
  return <Status tone={isActive ? "warn" : "neutral"}>None</Status>;
}

/** Labels as `key=value`, as far as there is room. */
function LabelTags({ labels }: { readonly labels: Readonly<Record<string, string>> }) {
  const entries = Object.entries(labels);
  if (entries.length === 0) return <span className="x3">None</span>;
  const [first, second, ...rest] = entries;
  return (
    <span className="row" title={entries.map(([key, value]) => `${key}=${value}`).join("\n")}>
      {[first, second].map((entry) => entry && <Tag key={entry[0]}>{`${entry[0]}=${entry[1]}`}</Tag>)}
      {rest.length > 0 && <span className="x3 t12">+{rest.length}</span>}
    </span>
  );
}

function Nothing({ kind, address }: { readonly kind: IdentityKind; readonly address: ListAddress }) {
  const { place, one, many } = KINDS[kind];
  if (address.query || address.state || address.teamId || address.cursor) {
    return (
      <NoMatch title={`No ${one} fits`} actions={<ButtonLink href={place}>Show all {many}</ButtonLink>}>
        {[
          address.query && `“${address.query}” is in no name, team or label`,
          address.state && `the state is ${STATES[address.state].word.toLowerCase()}`,
          address.teamId && "one team is chosen",
        ]
          .filter(Boolean)
          .join("; ")}
        .
      </NoMatch>
    );
  }
  return (
    <EmptyState title={`No ${many} yet`} icon={KINDS[kind].icon}>
      {kind === "node"
        ? "A node appears here when it enrols with a join token. Add one, and you get the command to run on it."
        : `Add the first ${one} above.`}
    </EmptyState>
  );
}
