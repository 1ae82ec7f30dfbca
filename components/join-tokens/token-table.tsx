import Link from "next/link";
import { KINDS } from "@/components/certificates/words";
import { RowKeys } from "@/components/shell/row-keys";
import { Status } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { colonHex, formatCount, shortenMiddle } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { Expiry } from "@/components/ui/lifeline";
import { EmptyState, NoMatch } from "@/components/ui/state";
import { Cols, Table, TableFoot, TableScroll, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { JoinToken, JoinTokenPage } from "@/server/certificates/join-token-contract";
import { RevokeToken } from "./revoke-token";
import { type TokenAddress, tokensHref } from "./token-address";
import { TOKEN_STATES } from "./words";

type Props = {
  readonly address: TokenAddress;
  readonly page: JoinTokenPage;
  readonly now: number;
  readonly revokeRefused: string | undefined;
};

/** The tokens, newest first: whom they are for, what became of them, and who made them. */
export function TokenTable({ address, page, now, revokeRefused }: Props) {
  const { items, next, counts } = page;
  if (items.length === 0) return <Nothing address={address} />;
  const total = address.state ? counts[address.state] : counts.open + counts.used + counts.expired + counts.revoked;
  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption="Join tokens, newest first" isStacked>
            <Cols
              widths={[
                null,
                128,
                160,
                { width: 212, className: "drop-mid" },
                { width: 132, className: "drop-wide" },
                104,
              ]}
            />
            <thead>
              <tr>
                <Th>For</Th>
                <Th>State</Th>
                <Th>Ends</Th>
                <Th className="drop-mid">Used</Th>
                <Th className="drop-wide">Made</Th>
                <Th isHidden>Deeds</Th>
              </tr>
            </thead>
            <tbody>
              {items.map((token) => (
                <Row key={token.id} token={token} now={now} revokeRefused={revokeRefused} />
              ))}
            </tbody>
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot
        total={total}
        shown={next || address.after ? formatCount(items.length) : undefined}
        noun="join token"
        hint="The secret of a token is shown once, when it is made; only a hash of it is kept."
        end={
          <>
            {address.after && (
              <ButtonLink size="s" variant="quiet" href={tokensHref({ state: address.state })}>
                Newest
              </ButtonLink>
            )}
            {next && (
              <ButtonLink size="s" variant="quiet" href={tokensHref({ state: address.state, after: next })}>
                Older
              </ButtonLink>
            )}
          </>
        }
      />
    </>
  );
}

type RowProps = { readonly token: JoinToken; readonly now: number; readonly revokeRefused: string | undefined };

function Row({ token, now, revokeRefused }: RowProps) {
  const { id, kind, name, profile, state, createdAt, createdByName, expiresAt, usedAt, revokedAt, refusedBecause } =
    token;
  const { word, tone, icon } = TOKEN_STATES[state];
  const status = (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
  return (
    <tr data-row className="tall">
      <td className="name a-name wrap">
        <span className="row">
          <Icon name={KINDS[kind].icon} className="x3" />
          <span className="min-w-0">
            <TwoLines first={name} second={`${KINDS[kind].word}, profile ${profile.name}`} />
          </span>
        </span>
      </td>
      <td className="a-status">{refusedBecause ? <TwoLines first={status} second="Refused now" /> : status}</td>
      <td className="a-when">
        {state === "open" ? (
          <Expiry start={createdAt} end={expiresAt} now={now} />
        ) : (
          <span className="x3">
            {ENDED[state]} <Time at={revokedAt ?? usedAt ?? expiresAt} now={now} form="absolute" />
          </span>
        )}
      </td>
      <td className={state === "used" || refusedBecause ? "drop-mid a-more" : "drop-mid"}>
        <Use token={token} now={now} />
      </td>
      <td className="drop-wide">
        <TwoLines first={createdByName} second={<Time at={createdAt} now={now} form="relative" />} />
      </td>
      <td className={state === "open" ? "num a-more" : "num"}>
        {state === "open" && <RevokeToken id={id} kind={kind} name={name} disabledBecause={revokeRefused} />}
      </td>
    </tr>
  );
}

const ENDED = { used: "Used", expired: "Ended", revoked: "Revoked" } as const;

function Use({ token, now }: { readonly token: JoinToken; readonly now: number }) {
  const { usedAt, usedFrom, usedForSerial, refusedBecause } = token;
  if (refusedBecause) return <Status tone="warn">{refusedBecause}</Status>;
  if (!usedAt) return <span className="x3">Not used</span>;
  const certificate = usedForSerial ? (
    <>
      For{" "}
      <Link className="link mono" href={`/certificates/${usedForSerial}`}>
        {shortenMiddle(colonHex(usedForSerial))}
      </Link>
    </>
  ) : (
    "For a certificate"
  );
  return (
    <TwoLines
      first={certificate}
      second={
        <>
          <Time at={usedAt} now={now} form="relative" />
          {usedFrom && `, from ${usedFrom}`}
        </>
      }
    />
  );
}

function Nothing({ address }: { readonly address: TokenAddress }) {
  if (address.state || address.after) {
    const word = address.state ? TOKEN_STATES[address.state].word.toLowerCase() : "older";
    return (
      <NoMatch title="No join token fits" actions={<ButtonLink href="/join-tokens">Show all join tokens</ButtonLink>}>
        None of them is {word}.
      </NoMatch>
    );
  }
  return (
    <EmptyState title="No join tokens yet" icon="token">
      A join token lets one node or service make a key of its own and get its first certificate. Make one above: you get
      the command to run there.
    </EmptyState>
  );
}
