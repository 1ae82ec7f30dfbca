import Link from "next/link";
import { Status } from "@/components/ui/badge";
import { formatCount, plural } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { Section } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";
import { Cols, Table, Th } from "@/components/ui/table";
import type { Team } from "@/server/identities/team-contract";
import { MoveTeam, type TeamPlace } from "./move-team";
import { treeRows } from "./tree";
import { TreeName } from "./tree-name";
import { membersWords } from "./words";

type Props = {
  readonly teams: readonly Team[];
  readonly choices: readonly TeamPlace[];
  readonly moveRefused: string | undefined;
};

/** The teams as a tree: each with who leads it, and who is in it. */
export function TeamTable({ teams, choices, moveRefused }: Props) {
  if (teams.length === 0) {
    return (
      <EmptyState title="No teams yet" icon="team">
        Make the first one above. People, services and nodes are put into a team where they are added or edited; who
        leads it may add to it and lock in it.
      </EmptyState>
    );
  }
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  return (
    <Section className="pad" title="Teams" aside="each with the teams within it">
      <Table caption="Teams, each followed by those within it" isInset isStacked>
        <Cols
          widths={[
            null,
            220,
            { width: 96, className: "drop-narrow" },
            { width: 96, className: "drop-narrow" },
            { width: 96, className: "drop-narrow" },
            { width: 90, className: "drop-mid" },
            72,
          ]}
        />
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Leads</Th>
            <Th className="drop-narrow">People</Th>
            <Th className="drop-narrow">Services</Th>
            <Th className="drop-narrow">Nodes</Th>
            <Th className="drop-mid">Grants</Th>
            <Th isHidden>Deeds</Th>
          </tr>
        </thead>
        <tbody>
          {treeRows(teams).map(({ item: team, depth }) => (
            <tr key={team.id}>
              <td className="name a-name">
                <TreeName depth={depth} within={team.parentId === null ? undefined : names.get(team.parentId)}>
                  <Icon name="team" className="x3" />
                  <span className="cut">{team.name}</span>
                </TreeName>
              </td>
              <td className="a-more">
                <Leads team={team} names={names} />
                <span className="x3 phone:hidden"> · {membersWords(team.all)}</span>
              </td>
              <Count place="/people" team={team} own={team.own.people} all={team.all.people} noun="people" />
              <Count place="/services" team={team} own={team.own.services} all={team.all.services} noun="services" />
              <Count place="/nodes" team={team} own={team.own.nodes} all={team.all.nodes} noun="nodes" />
              <td className="drop-mid">
                {team.grants === 0 ? (
                  <span className="x3">None</span>
                ) : (
                  <Link className="link" href={`/people?team=${team.id}`} title="Everybody in the team holds them">
                    {plural(team.grants, "grant")}
                  </Link>
                )}
              </td>
              <td className="a-status">
                <MoveTeam team={team} teams={choices} disabledBecause={moveRefused} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

type CountProps = {
  readonly place: string;
  readonly team: Team;
  readonly own: number;
  readonly all: number;
  readonly noun: string;
};

/** How many are in the team itself, as a link to them; in grey how many with the teams within it. */
function Count({ place, team: { id, name }, own, all, noun }: CountProps) {
  return (
    <td className="drop-narrow">
      {own > 0 ? (
        <Link
          className="link"
          href={`${place}?team=${id}`}
          aria-label={`${formatCount(own)} ${noun} in ${name} itself`}
        >
          {formatCount(own)}
        </Link>
      ) : (
        <span className="x3">0</span>
      )}
      {all > own && <span className="x3"> of {formatCount(all)}</span>}
    </td>
  );
}

/** Who leads it; leads of a team above it only where it has none of its own. */
function Leads({ team, names }: { readonly team: Team; readonly names: ReadonlyMap<string, string> }) {
  const own = team.leads.filter(({ teamId }) => teamId === team.id);
  const shown = own.length > 0 ? own : team.leads;
  const [first, ...others] = shown;
  if (!first) return <Status tone="warn">Nobody</Status>;
  const from = own.length > 0 ? "" : first.teamId === null ? ", of all" : `, of ${names.get(first.teamId) ?? ""}`;
  return (
    <span title={shown.map(({ displayName }) => displayName).join("\n")}>
      <Link className="link" href={`/people/${first.id}`}>
        {first.displayName}
      </Link>
      <span className="x3">
        {from}
        {others.length > 0 && ` and ${plural(others.length, "other")}`}
      </span>
    </span>
  );
}
