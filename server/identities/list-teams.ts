import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { Team } from "./contract";
import { listTeamRows } from "./store";

/** Every team, by name. */
export async function listTeams(ctx: Context): Promise<Team[]> {
  await authorize(ctx, "team.list", { type: "Team", id: "*" });
  return listTeamRows(ctx.read);
}
