import Link from "next/link";
import { identityHref } from "@/components/identities/kinds";
import { Status } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/format";
import { Icon, type IconName } from "@/components/ui/icon";
import { Expiry } from "@/components/ui/lifeline";
import { EmptyState } from "@/components/ui/state";
import { Cols, Table, TableFoot, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { type GrantPage, type GrantState, type GrantSummary, scopeInWords } from "@/server/roles/grant-contract";

type Props = { readonly grants: GrantPage; readonly now: number };

/** Who holds a role, within what, and for how long still. */
export function HoldersView({ grants: { items, total }, now }: Props) {
  if (items.length === 0) {
    return (
      <EmptyState title="Nobody holds it" icon="person">
        A grant gives it to a person, a service, a node or a whole team, within something, for a time.
      </EmptyState>
    );
  }
  return (
    <>
      <Table caption="Who holds it" isStacked isStill>
        <Cols
          widths={[
            null,
            { width: 190, className: "drop-narrow" },
            { width: 120, className: "drop-mid" },
            200,
            { width: 240, className: "drop-wide" },
            { width: 168, className: "drop-mid" },
          ]}
        />
        <thead>
          <tr>
            <Th>Who</Th>
            <Th className="drop-narrow">Within</Th>
            <Th className="drop-mid">State</Th>
            <Th>Until</Th>
            <Th className="drop-wide">For</Th>
            <Th className="drop-mid">Since</Th>
          </tr>
        </thead>
        <tbody>
          {items.map((grant) => (
            <Row key={grant.id} grant={grant} now={now} />
          ))}
        </tbody>
      </Table>
      <TableFoot
        total={total}
        shown={items.length < total ? `1–${formatCount(items.length)}` : undefined}
        noun="grant"
        hint="Bar: share of the time that is over."
      />
    </>
  );
}

function Row({ grant, now }: { readonly grant: GrantSummary; readonly now: number }) {
  const { holder, scope, state, startsAt, endsAt, activatedUntil, reason, createdBy } = grant;
  const { word, tone } = STATES[state];
  return (
    <tr className="tall">
      <td className="name a-name wrap">
        <Link className="row" href={placeOf(holder)}>
          <Icon name={ICONS[holder.kind]} className="x3" />
          <span className="min-w-0">
            <TwoLines first={holder.name} second={aboutOf(grant)} />
          </span>
        </Link>
      </td>
      <td className="drop-narrow wrap a-more">{scopeInWords(scope)}</td>
      <td className="drop-mid a-status">
        <Status tone={tone}>{word}</Status>
      </td>
      <td className="a-when">
        {endsAt ? (
          <Expiry start={startsAt} end={endsAt} now={now} tone={toneOf(endsAt, now)} />
        ) : (
          <span className="x2">No end</span>
        )}
        {activatedUntil && (
          <span className="block t12 x3">
            active until <Time at={activatedUntil} now={now} form="absolute" />
          </span>
        )}
      </td>
      <td className="drop-wide wrap">{reason}</td>
      <td className="drop-mid">
        <TwoLines first={<Time at={startsAt} now={now} form="absolute" />} second={`by ${createdBy.name}`} />
      </td>
    </tr>
  );
}

const ICONS: Readonly<Record<GrantSummary["holder"]["kind"], IconName>> = {
  ...{ user: "person", service: "service", node: "node", team: "team" },
};

const STATES: Readonly<Record<GrantState, { readonly word: string; readonly tone: Tone }>> = {
  waiting: { word: "Not yet", tone: "neutral" },
  active: { word: "In force", tone: "ok" },
  eligible: { word: "Eligible", tone: "neutral" },
  activated: { word: "Activated", tone: "info" },
  ended: { word: "Ended", tone: "neutral" },
};

function placeOf({ kind, id }: GrantSummary["holder"]): string {
  return kind === "team" ? "/teams" : identityHref({ kind, id });
}

function aboutOf({ holder: { kind, team } }: GrantSummary): string {
  if (kind === "team") return "everybody in the team";
  return team ? `of ${team.name}` : "of no team";
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Red for what ends today, so that somebody sees it while there is time. */
function toneOf(endsAt: Date, now: number): Tone | undefined {
  const left = endsAt.getTime() - now;
  if (left < DAY_MS) return "danger";
  return left < 3 * DAY_MS ? "warn" : undefined;
}
