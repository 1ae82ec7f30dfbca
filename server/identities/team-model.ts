import type { IdentityKind } from "./contract";
import type { TeamMembers } from "./team-contract";

const KEYS = { user: "people", service: "services", node: "nodes" } as const satisfies Record<
  IdentityKind,
  keyof TeamMembers
>;

/** A team in its place. */
interface Placed {
  readonly id: string;
  readonly parentId: string | null;
}

/** So many identities of a kind are in a team itself. */
interface Counted {
  readonly teamId: string;
  readonly kind: IdentityKind;
  readonly count: number;
}

/** How many members each team has by itself, and with all teams within it. */
export function membersOf(
  teams: readonly Placed[],
  counted: readonly Counted[],
): ReadonlyMap<string, { readonly own: TeamMembers; readonly all: TeamMembers }> {
  const members = new Map(teams.map(({ id }) => [id, { own: nobody(), all: nobody() }]));
  for (const { teamId, kind, count } of counted) {
    const own = members.get(teamId)?.own;
    if (own) own[KEYS[kind]] += count;
    for (const id of lineOf(teams, teamId)) {
      const all = members.get(id)?.all;
      if (all) all[KEYS[kind]] += count;
    }
  }
  return members;
}

/** A team and all above it, by their ids, the nearest first. */
export function lineOf(teams: readonly Placed[], id: string): string[] {
  const line: string[] = [];
  for (let at: string | null = id; at !== null && !line.includes(at); ) {
    const next: string = at;
    line.push(next);
    at = teams.find((team) => team.id === next)?.parentId ?? null;
  }
  return line;
}

function nobody(): TeamMembers {
  return { people: 0, services: 0, nodes: 0 };
}
