import { z } from "zod";
import { CreateTeamInput, Team } from "@/server/identities/contract";
import { createTeam } from "@/server/identities/create-team";
import { listTeams } from "@/server/identities/list-teams";
import { procedure, router } from "./trpc";

/** Teams: who leads what. */
export const teams = router({
  list: procedure.output(z.array(Team)).query(({ ctx }) => listTeams(ctx.verbs)),
  create: procedure
    .input(CreateTeamInput)
    .output(Team)
    .mutation(({ ctx, input }) => createTeam(ctx.verbs, input)),
});
