import { listWords, plural } from "@/components/ui/format";
import { roleWords } from "@/components/identities/kinds";
import type { Team, TeamMembers, TeamMove } from "@/server/identities/team-contract";

/** What there is, and which team nobody leads. */
export function nowLine(teams: readonly Team[]): string {
  if (teams.length === 0) return "There is no team yet.";
  const all = plural(teams.length, "team");
  const leaderless = teams.filter(({ leads }) => leads.length === 0);
  const [first] = leaderless;
  if (!first) return teams.length === 1 ? "1 team, and somebody leads it." : `${all}, and somebody leads each.`;
  if (leaderless.length === 1) return `${all}; nobody leads ${first.name}.`;
  return `${all}; nobody leads ${leaderless.length} of them.`;
}

/** "3 people, 1 service and 40 nodes"; only what there is. */
export function membersWords({ people, services, nodes }: TeamMembers): string {
  const words = [
    people > 0 && plural(people, "person", "people"),
    services > 0 && plural(services, "service"),
    nodes > 0 && plural(nodes, "node"),
  ].filter((word) => word !== false);
  return words.length === 0 ? "nobody" : listWords(words);
}

type MovedGrant = TeamMove["gained"]["held"][number];

/** A role that reaches further, or less far: "Reader of datasets everywhere, as everybody in platform". */
export function heldWords({ role, holder, scope }: MovedGrant): string {
  return `${roleWords([role])} ${scopeWords(scope)}, as everybody in ${holder}`;
}

/** "Mara Lindqvist: Team lead within platform". */
export function reachingWords({ role, holder, scope }: MovedGrant): string {
  return `${holder}: ${roleWords([role])} ${scopeWords(scope)}`;
}

function scopeWords(scope: string): string {
  if (scope === "everything") return "everywhere";
  return `within ${scope.startsWith("Team::") ? scope.slice("Team::".length) : scope}`;
}
