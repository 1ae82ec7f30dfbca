import { readPage, Refused } from "@/components/shell/guard";
import { sentence } from "@/components/rpc/failure";
import { ButtonLink } from "@/components/ui/button-link";
import { Pane, PanelLayout } from "@/components/ui/facets";
import { formatDuration, plural } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Tabs } from "@/components/ui/tabs";
import type { IdentityDetail } from "@/server/identities/contract";
import { type AssignPage, type GrantSummary, scopeInWords } from "@/server/roles/grant-contract";
import { type AssignAddress, assignHref } from "./assign-address";
import { countsOf, groupsOf, UNUSED_DAYS } from "./assign-rows";
import { AssignTable } from "./assign-table";
import { GivePanel } from "./give-panel";
import { NothingAssigned } from "./nothing-assigned";
import { TeamChoice } from "./team-choice";

/** The home of a team lead: what ends soon, who can do what, and the form that gives access. */
export async function AssignAccess({ address }: { readonly address: AssignAddress }) {
  const now = Date.now();
  const read = await readPage(async (caller) => {
    const page = await caller.grants.assignments({ teamId: address.team });
    const known = address.give === undefined ? [] : (await caller.policies.known()).entities;
    const id = /^identity (\S+)$/.exec(address.give ?? "")?.[1];
    const isThere = id === undefined || page.rows.some(({ holder }) => holder.id === id);
    // Somebody of another team, or of none, whose page led here.
    const other = isThere ? undefined : await caller.identities.get({ id });
    return { page, known, other };
  });
  if (read.refused) return <Refused refused={read.refused} doing="see who can do what" />;
  const { page, known, other } = read.value;
  const { team } = page;
  if (!team && !other) return <NothingAssigned />;

  const counts = countsOf(page, now);
  const whole = { ...address, team: team?.id };
  const tab = (show: AssignAddress["show"]) => ({
    ...{ href: assignHref({ ...whole, show }), count: counts[show], isCurrent: address.show === show },
  });
  const panel = address.give !== undefined && (
    <GivePanel
      key={address.give}
      {...{ team, address: whole, now }}
      holders={[...holdersOf(page), ...(other ? [holderOf(other)] : [])]}
      give={address.give}
      objects={known.filter(({ type }) => !NO_OBJECTS.has(type)).map(({ type, id }) => ({ type, id }))}
    />
  );
  return (
    <>
      <PageHead
        title={nowLine(page, now)}
        lead={leadLine(page, counts.all)}
        actions={
          page.refused === null &&
          address.give === undefined && (
            <ButtonLink variant="main" icon="key" href={assignHref({ ...whole, give: "new" })}>
              Give access
            </ButtonLink>
          )
        }
      />
      <PanelLayout panel={panel}>
        <Pane>
          <Tabs
            label="Show"
            items={[
              { ...tab("all"), label: "All" },
              { ...tab("today"), label: "Ends within a day", countTone: "warn" },
              { ...tab("unused"), label: `Not used for ${UNUSED_DAYS} d` },
              { ...tab("none"), label: "Nothing of their own" },
            ]}
            end={<TeamChoice teams={page.teams} address={whole} />}
          />
          {page.refused !== null && (
            <Note tone="info">{sentence(`You see who can do what, and give nothing here: ${page.refused}`)}</Note>
          )}
          {team && <FromAbove grants={page.fromAbove} team={team.name} />}
          <AssignTable
            groups={groupsOf(page, address.show, now)}
            {...{ address: whole, now }}
            mayGive={page.refused === null ? "yes" : "no"}
          />
        </Pane>
      </PanelLayout>
    </>
  );
}

/** Types of what is known that no grant reaches by itself. */
const NO_OBJECTS = new Set(["User", "Service", "Node", "Role", "Team", "Pool"]);

/** Whom something can be given to: everybody of the team one by one, and the team as a whole. */
function holdersOf({ rows, team }: AssignPage) {
  const people = rows.map(({ holder }) => holder).filter(({ kind }) => kind !== "team");
  const whole = team ? [{ kind: "team" as const, id: team.id, name: team.name, detail: "Everybody in the team" }] : [];
  return [...people, ...whole];
}

function holderOf({ kind, id, name, displayName, team }: IdentityDetail) {
  const detail = [displayName === name ? null : name, team?.name ?? "in no team"].filter(Boolean).join(", ");
  return { kind, id, name: displayName, detail };
}

/** What everybody of the team holds by the teams above it. */
function FromAbove({ grants, team }: { readonly grants: readonly GrantSummary[]; readonly team: string }) {
  if (grants.length === 0) return null;
  const told = grants.map(
    ({ role, scope, holder }) => `${role.title} on ${scopeInWords(scope)}, by team ${holder.name}`,
  );
  return (
    <Note tone="info">
      Everybody in {team} has besides: {told.slice(0, 5).join("; ")}
      {told.length > 5 && `; and ${told.length - 5} more`}.
    </Note>
  );
}

/** What needs a person now, counted and timed. */
function nowLine({ rows, team }: AssignPage, now: number): string {
  const ending = rows
    .flatMap(({ grants }) => grants)
    .filter(({ endsAt }) => endsAt !== null)
    .toSorted((a, b) => (a.endsAt?.getTime() ?? 0) - (b.endsAt?.getTime() ?? 0));
  const [first] = ending;
  const left = (first?.endsAt?.getTime() ?? Infinity) - now;
  if (first && left < DAY) return `${first.holder.name} loses ${first.role.title} in ${formatDuration(left)}.`;
  const holders = rows.filter(({ grants }) => grants.length > 0).length;
  if (holders === 0) return `Nobody in ${team?.name} holds a role yet.`;
  return `Nothing of team ${team?.name} ends today.`;
}

const DAY = 86_400_000;

function leadLine({ rows, members, team }: AssignPage, grants: number): string {
  const shown = rows.filter(({ holder }) => holder.kind !== "team").length;
  const more = members > shown ? ` The first ${shown} of them are shown.` : "";
  return `${plural(grants, "grant")} for ${plural(members, "member")} of ${team?.name} and the teams within it. Each ends by itself.${more}`;
}
