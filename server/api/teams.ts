import { z } from "zod";
import { CreateTeamInput, MoveTeamInput, Team, TeamMove } from "@/server/identities/team-contract";
import { createTeam } from "@/server/identities/create-team";
import { listTeams } from "@/server/identities/list-teams";
import { moveTeam, previewMove } from "@/server/identities/move-team";
import { procedure, router } from "./trpc";

/** Teams: who leads what, and what lies within what. */
export const teams = router({
  list: procedure.output(z.array(Team)).query(({ ctx }) => listTeams(ctx.verbs)),
  create: procedure
    .input(CreateTeamInput)
    .output(Team)
    .mutation(({ ctx, input }) => createTeam(ctx.verbs, input)),
  move: procedure
    .input(MoveTeamInput)
    .output(Team)
    .mutation(({ ctx, input }) => moveTeam(ctx.verbs, input)),
  previewMove: procedure
    .input(MoveTeamInput)
    .output(TeamMove)
    .mutation(({ ctx, input }) => previewMove(ctx.verbs, input)),
});
