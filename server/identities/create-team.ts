import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { CreateTeamInput, Team } from "./team-contract";
import { TeamNameTaken } from "./errors";
import { getTeamRow } from "./identity";
import { teamOf } from "./list-teams";
import { findTeamByName, insertTeam } from "./team-store";

/** Makes a team, at the top or within another. @throws {TeamNameTaken} @throws {Missing} */
export async function createTeam(ctx: Context, input: z.infer<typeof CreateTeamInput>): Promise<Team> {
  const { name, parentId = null } = input;
  const permit = await authorize(ctx, "team.create", { type: "Team", id: "*", name, teamId: parentId });

  return commit(permit, async (tx) => {
    const parent = parentId === null ? null : await getTeamRow(tx, parentId);
    if (await findTeamByName(tx, name)) throw new TeamNameTaken(name);
    const team = { id: ctx.newId("tem"), name, parentId, createdAt: ctx.now() };
    await insertTeam(tx, team);
    return {
      value: await teamOf(tx, team.id, ctx.now()),
      event: {
        kind: "team.created",
        object: { type: "Team", id: team.id, name },
        after: { name, within: parent?.name ?? null },
      },
    };
  });
}
