import type { z } from "zod";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize, commit, type Permit } from "@/server/kernel/permit";
import type { MoveTeamInput, Team, TeamMove } from "./team-contract";
import { TeamWithinItself } from "./errors";
import { getTeamRow } from "./identity";
import { teamOf } from "./list-teams";
import { grantsAround } from "./team-grant-store";
import { setTeamParent, type TeamRow } from "./team-store";

type Move = z.infer<typeof MoveTeamInput>;

/**
 * Puts a team within another, or at the top. What the teams above it hold, everybody in it holds too, and what is held
 * within them reaches into it. It needs the right on both teams.
 *
 * @throws {TeamWithinItself} @throws {Missing}
 */
export async function moveTeam(ctx: Context, input: Move): Promise<Team> {
  const permit = await authorizeMove(ctx, input);

  return commit(permit, async (tx) => {
    const { team, parent } = await placesOf(ctx, tx, input);
    const before = team.parentId === null ? null : await getTeamRow(tx, team.parentId);
    await setTeamParent(tx, team.id, input.parentId);
    return {
      value: await teamOf(tx, team.id, ctx.now()),
      event: {
        kind: "team.moved",
        object: { type: "Team", id: team.id, name: team.name },
        before: { within: before?.name ?? null },
        after: { within: parent?.name ?? null },
      },
    };
  });
}

/** What moving a team would change: who gains and loses what by it. @throws {TeamWithinItself} @throws {Missing} */
export async function previewMove(ctx: Context, input: Move): Promise<TeamMove> {
  await authorizeMove(ctx, input);
  const { team, parent } = await placesOf(ctx, ctx.read, input);
  const next = parent === null ? [] : ctx.teamsAbove(ctx.read, parent.id);
  const now = team.parentId === null ? [] : ctx.teamsAbove(ctx.read, team.parentId);
  const around = (teams: readonly string[], others: readonly string[]) =>
    grantsAround(
      ctx.read,
      teams.filter((id) => !others.includes(id)),
      ctx.now(),
    );
  const names = next.map((id) => ctx.teamNameOf(ctx.read, id) ?? id);
  return {
    line: [...names.toReversed(), team.name],
    members: (await teamOf(ctx.read, team.id, ctx.now())).all,
    gained: around(next, now),
    lost: around(now, next),
  };
}

async function authorizeMove(ctx: Context, { id, parentId }: Move): Promise<Permit> {
  const team = await getTeamRow(ctx.read, id);
  const permit = await authorize(ctx, "team.update", { type: "Team", id, name: team.name, teamId: id });
  if (parentId !== null && parentId !== team.parentId) {
    const { name } = await getTeamRow(ctx.read, parentId);
    await authorize(ctx, "team.update", { type: "Team", id: parentId, name, teamId: parentId });
  }
  return permit;
}

/** The team and where it goes. @throws {TeamWithinItself} */
async function placesOf(
  ctx: Context,
  db: ReadDatabase,
  { id, parentId }: Move,
): Promise<{ readonly team: TeamRow; readonly parent: TeamRow | null }> {
  const team = await getTeamRow(db, id);
  if (parentId === null) return { team, parent: null };
  const line = ctx.teamsAbove(db, parentId);
  const back = line.indexOf(id);
  if (back >= 0) {
    const between = line.slice(0, back).map((above) => ctx.teamNameOf(db, above) ?? above);
    throw new TeamWithinItself(team.name, [team.name, ...between]);
  }
  return { team, parent: await getTeamRow(db, parentId) };
}
