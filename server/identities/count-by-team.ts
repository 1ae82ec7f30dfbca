import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { CountByTeamInput, TeamCount } from "./contract";
import { countByTeam as countIn } from "./team-store";

/** So many identities are looked at for the counts of one list: about 30 ms. */
const BUDGET = 20_000;

/** How many people, services or nodes of each team fit a search and a state. Not exact: there are at least so many. */
export async function countByTeam(
  ctx: Context,
  input: z.infer<typeof CountByTeamInput>,
  budget = BUDGET,
): Promise<TeamCount[]> {
  await authorize(ctx, "identity.list", { type: "Identity", id: "*", kind: input.kind });
  return countIn(ctx.read, input, budget);
}
