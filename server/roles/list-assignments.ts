import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { AssignInput, AssignPage } from "./grant-contract";
import { listGrantRows, summarizeGrant } from "./grant-store";
import { countMembers, findHolder, type Holder, membersOf, teamsWithin } from "./holder-store";
import { resourceOfGrantTo } from "./may-give";

/** So many members are shown, and so many grants of theirs are read. */
const [MEMBERS, GRANTS] = [1_000, 10_000];

/** Who is in a team, and what each holds by a role; what ends first comes first. @throws {Missing} */
export async function listAssignments(ctx: Context, { teamId }: AssignInput): Promise<AssignPage> {
  await authorize(ctx, "grant.list", { type: "Grant", id: "*" });
  const all = await ctx.teams(ctx.read);
  const teams: AssignPage["teams"] = [];
  for (const { id, name } of all) teams.push({ id, name, mayGive: (await refusalFor(ctx, { id, name })) === null });
  teams.sort((a, b) => Number(b.mayGive) - Number(a.mayGive));
  const chosen = teamId ?? teams.find(({ mayGive }) => mayGive)?.id ?? ctx.actor.teams[0] ?? teams[0]?.id;
  const team = teams.find(({ id }) => id === chosen);
  if (!team) {
    if (teamId !== undefined) throw new Missing("team", teamId);
    return { team: null, teams, rows: [], fromAbove: [], members: 0, refused: null };
  }
  const within = teamsWithin(ctx.read, team.id);
  const holders = [...within.flatMap((id) => teamAsHolder(ctx, id)), ...membersOf(ctx.read, within, MEMBERS)];
  return {
    ...{ team: { id: team.id, name: team.name }, teams, rows: rowsOf(ctx, holders, within) },
    fromAbove: grantsOf(ctx, { holders: ctx.teamsAbove(ctx.read, team.id).slice(1) }),
    members: countMembers(ctx.read, within),
    refused: await refusalFor(ctx, team),
  };
}

function rowsOf(ctx: Context, holders: readonly Holder[], teams: readonly string[]): AssignPage["rows"] {
  const byHolder = new Map<string, AssignPage["rows"][number]["grants"]>();
  for (const grant of grantsOf(ctx, { teams })) {
    byHolder.set(grant.holder.id, [...(byHolder.get(grant.holder.id) ?? []), grant]);
  }
  return holders
    .map((holder) => ({
      holder: { kind: holder.kind, id: holder.id, name: holder.displayName, detail: detailOf(ctx, holder, teams[0]) },
      grants: (byHolder.get(holder.id) ?? []).toSorted((a, b) => endOf(a) - endOf(b)),
    }))
    .filter(({ holder, grants }) => holder.kind !== "team" || grants.length > 0);
}

const KINDS = { user: "Person", service: "Service", node: "Node" } as const;

/** The name where it is another, and the team where it is one within. */
function detailOf(ctx: Context, { kind, name, displayName, teamId }: Holder, within: string | undefined): string {
  if (kind === "team") return "Everybody in the team";
  const team = teamId === null || teamId === within ? undefined : ctx.teamNameOf(ctx.read, teamId);
  return [displayName === name ? KINDS[kind] : name, team].filter(Boolean).join(", ");
}

function grantsOf(ctx: Context, of: { readonly holders?: readonly string[]; readonly teams?: readonly string[] }) {
  const at = ctx.now().getTime();
  const rows = listGrantRows(ctx.read, { ...of, isEnded: "current", at }, { before: null, limit: GRANTS });
  return rows.map((row) => summarizeGrant(row, at));
}

const endOf = ({ endsAt }: { readonly endsAt: Date | null }): number => endsAt?.getTime() ?? Infinity;

function teamAsHolder(ctx: Context, id: string): Holder[] {
  const holder = findHolder(ctx.read, { kind: "team", id });
  return holder ? [holder] : [];
}

/** Why the asking person gives nothing to a service of a team; null when they may. */
async function refusalFor(ctx: Context, team: { readonly id: string; readonly name: string }): Promise<string | null> {
  const { allowed, reason } = await ctx.decide(ctx.read, {
    ...{ principal: ctx.actor, action: "grant.add", at: ctx.now(), address: ctx.origin.address },
    resource: resourceOfGrantTo({ id: team.id, kind: "team", teamId: team.id, displayName: team.name }),
  });
  return allowed ? null : reason;
}
