import Link from "next/link";
import { RowKeys } from "@/components/shell/row-keys";
import { Status } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { formatCount, type Instant, plural } from "@/components/ui/format";
import { NoMatch } from "@/components/ui/state";
import { Cols, Table, TableFoot, TableScroll, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { PolicySummary } from "@/server/policies/contract";
import { policyHref, type PolicyAddress } from "./policy-address";
import { DRAFTS, EFFECTS, ORIGINS, touchesWords } from "./words";

type Props = {
  readonly address: PolicyAddress;
  readonly shown: readonly PolicySummary[];
  readonly total: number;
  readonly now: Instant;
};

/** The policies that fit, one a row. */
export function PolicyTable({ address, shown, total, now }: Props) {
  if (shown.length === 0) return <Nothing address={address} total={total} />;
  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption="Policies" isStacked>
            <Cols
              widths={[null, 104, { width: 264, className: "drop-wide" }, { width: 168, className: "drop-mid" }, 132]}
            />
            <thead>
              <tr>
                <Th>Name</Th>
                <Th>Effect</Th>
                <Th className="drop-wide">Touches</Th>
                <Th className="drop-mid">Last decided</Th>
                <Th>Draft</Th>
              </tr>
            </thead>
            <tbody>
              {shown.map((policy) => (
                <Row key={policy.id} policy={policy} now={now} />
              ))}
            </tbody>
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot
        total={total}
        shown={shown.length < total ? formatCount(shown.length) : undefined}
        noun="policy"
        nounPlural="policies"
        hint="One that forbids wins over all that permit."
      />
    </>
  );
}

function Row({ policy, now }: { readonly policy: PolicySummary; readonly now: Instant }) {
  const { id, about, effect, origin, touches, decisions, lastDecidedAt, draft } = policy;
  const { word, tone, icon } = EFFECTS[effect];
  const { who, may, on } = touchesWords(touches);
  return (
    <tr data-row className="tall">
      <td className="name a-name wrap">
        <NameLink id={id} about={about} origin={origin} />
      </td>
      <td className="a-status">
        <Status tone={tone} icon={icon}>
          {word}
        </Status>
      </td>
      <td className="drop-wide wrap" title={`${who}, ${may}, on ${on}`}>
        <TwoLines first={capital(who)} second={`${may}, on ${on}`} />
      </td>
      <td className="drop-mid a-when">
        {lastDecidedAt ? (
          <>
            <span className="x3 phone:hidden">Last decided: </span>
            <TwoLines
              first={<Time at={lastDecidedAt} now={now} form="absolute" />}
              second={
                <>
                  <Time at={lastDecidedAt} now={now} form="relative" />, {plural(decisions, "time")}
                </>
              }
            />
          </>
        ) : (
          <span className="x3">{policy.version === null ? "Not in force yet" : "Never decided"}</span>
        )}
      </td>
      <td className={draft ? "a-more" : undefined}>{draft && <Draft draft={draft} now={now} />}</td>
    </tr>
  );
}

function NameLink({ id, about, origin }: Pick<PolicySummary, "id" | "about" | "origin">) {
  return (
    <Link className="row" href={policyHref(id)}>
      <Icon name="policy" className="x3" />
      <span className="min-w-0">
        <TwoLines
          first={
            <>
              {id}
              {origin !== "written" && <span className="x3"> {origin === "role" ? "of a role" : "built in"}</span>}
            </>
          }
          second={about || "It says nothing of itself."}
        />
      </span>
    </Link>
  );
}

type DraftProps = { readonly draft: NonNullable<PolicySummary["draft"]>; readonly now: Instant };

function Draft({ draft: { kind, by, updatedAt, isReviewAsked, shadowSince }, now }: DraftProps) {
  const word = isReviewAsked ? "Review asked" : shadowSince ? "Shadow" : DRAFTS[kind];
  return (
    <TwoLines
      first={
        <Status
          tone={isReviewAsked ? "warn" : kind === "removal" ? "danger" : "info"}
          icon={kind === "removal" ? "x" : "edit"}
        >
          {word}
        </Status>
      }
      second={
        <>
          {by.name}, <Time at={updatedAt} now={now} form="short" />
        </>
      }
    />
  );
}

function Nothing({ address, total }: { readonly address: PolicyAddress; readonly total: number }) {
  const why = [
    address.query && `“${address.query}” is in no name, comment or text`,
    address.effect && `it ${address.effect === "permit" ? "permits" : "forbids"}`,
    address.origin && `it is ${ORIGINS[address.origin]}`,
    address.show === "drafts" && "it has a draft",
    address.show === "idle" && "it decided nothing for 90 days",
  ].filter(Boolean);
  return (
    <NoMatch title="No policy fits" actions={<ButtonLink href="/policies">Show all policies</ButtonLink>}>
      The filters hide {formatCount(total)}: {why.join("; ")}.
    </NoMatch>
  );
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
