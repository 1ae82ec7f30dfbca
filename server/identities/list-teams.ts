import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { Team } from "./team-contract";
import { countTeamGrants, listLeads } from "./team-grant-store";
import { lineOf, membersOf } from "./team-model";
import { countMembers, listTeamRows } from "./team-store";

/** Every team, by name. */
export async function listTeams(ctx: Context): Promise<Team[]> {
  await authorize(ctx, "team.list", { type: "Team", id: "*" });
  return readTeams(ctx.read, ctx.now());
}

/** One team as lists show it. @throws {Missing} */
export async function teamOf(db: ReadDatabase, id: string, at: Date): Promise<Team> {
  const team = (await readTeams(db, at)).find((one) => one.id === id);
  if (!team) throw new Missing("team", id);
  return team;
}

async function readTeams(db: ReadDatabase, at: Date): Promise<Team[]> {
  const rows = await listTeamRows(db);
  const members = membersOf(rows, await countMembers(db));
  const leads = listLeads(db, at);
  const grants = new Map(countTeamGrants(db, at).map(({ teamId, count }) => [teamId, count]));
  const none = { people: 0, services: 0, nodes: 0 };

  return rows.map((row) => {
    const line = lineOf(rows, row.id);
    return {
      ...row,
      own: members.get(row.id)?.own ?? none,
      all: members.get(row.id)?.all ?? none,
      leads: leads.filter(({ teamId }) => teamId === null || line.includes(teamId)),
      grants: grants.get(row.id) ?? 0,
    };
  });
}
