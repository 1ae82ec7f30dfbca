import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { CreateTeamInput, Team } from "./contract";
import { TeamNameTaken } from "./errors";
import { findTeamByName, insertTeam } from "./store";

/** Makes a team. @throws {TeamNameTaken} */
export async function createTeam(ctx: Context, input: z.infer<typeof CreateTeamInput>): Promise<Team> {
  const permit = await authorize(ctx, "team.create", { type: "Team", id: "*", name: input.name });

  return commit(permit, async (tx) => {
    if (await findTeamByName(tx, input.name)) throw new TeamNameTaken(input.name);
    const team = { id: ctx.newId("tem"), name: input.name, createdAt: ctx.now() };
    await insertTeam(tx, team);
    return {
      value: { ...team, members: 0 },
      event: {
        kind: "team.created",
        object: { type: "Team", id: team.id, name: team.name },
        after: { name: team.name },
      },
    };
  });
}
