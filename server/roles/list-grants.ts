import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { GrantInput, GrantPage, GrantSummary, ListGrantsInput } from "./grant-contract";
import { getHolder } from "./add-grants";
import { askedGrant } from "./end-grants";
import { countGrantRows, type GrantFilter, listGrantRows, summarizeGrant } from "./grant-store";
import { teamsWithin } from "./holder-store";

const [HOUR, DAY] = [3_600_000, 86_400_000];

/** Grants that fit, the newest first. @throws {Missing} for a holder that is not there */
export async function listGrants(ctx: Context, input: ListGrantsInput): Promise<GrantPage> {
  await authorize(ctx, "grant.list", { type: "Grant", id: "*" });
  const at = ctx.now().getTime();
  const filter: GrantFilter = {
    at,
    isEnded: input.state,
    role: input.role,
    holders: input.holder && holdersFor(ctx, input.holder),
    teams: input.teamId === undefined ? undefined : teamsWithin(ctx.read, input.teamId),
    endsBefore: input.endsWithinHours === undefined ? undefined : at + input.endsWithinHours * HOUR,
    unusedSince: input.unusedDays === undefined ? undefined : at - input.unusedDays * DAY,
  };
  const rows = listGrantRows(ctx.read, filter, { before: input.cursor ?? null, limit: input.limit + 1 });
  const items = rows.slice(0, input.limit);
  return {
    items: items.map((row) => summarizeGrant(row, at)),
    nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null,
    total: countGrantRows(ctx.read, filter),
  };
}

/** One grant. @throws {Missing} */
export async function getGrant(ctx: Context, { id }: GrantInput): Promise<GrantSummary> {
  const grant = await askedGrant(ctx, "grant.read", id);
  const ownerId = grant.holderKind === "team" ? null : grant.holderId;
  await authorize(ctx, "grant.read", { type: "Grant", id, teamId: grant.teamId, kind: grant.holderKind, ownerId });
  return summarizeGrant(grant, ctx.now().getTime());
}

/** An identity with the teams that it is in. */
function holdersFor(ctx: Context, input: NonNullable<ListGrantsInput["holder"]>): string[] {
  const { id, kind, teamId } = getHolder(ctx.read, input);
  return kind === "team" || teamId === null ? [id] : [id, ...ctx.teamsAbove(ctx.read, teamId)];
}
