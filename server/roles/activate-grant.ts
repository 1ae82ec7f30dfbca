import type { Context } from "@/server/kernel/context";
import { authorize, commit, type Permit } from "@/server/kernel/permit";
import type { ActivateGrantInput, GrantInput, GrantSummary } from "./grant-contract";
import { askedGrant, assertNotEnded, getGrantRow } from "./end-grants";
import { DutiesSeparated, NotActivatable } from "./errors";
import { endActivations, insertActivation, type KeptGrant, summarizeGrant } from "./grant-store";
import { inheritanceOf } from "./held-store";
import { allSeparations } from "./role-store";
import { firstBroken } from "./separation";

/**
 * Activates an eligible grant for some hours, with a fresh proof of who asks (INCITS 359: AddActiveRole).
 *
 * @throws {NotActivatable} @throws {GrantEnded} @throws {DutiesSeparated} @throws {ProofRefused} @throws {ProofSlowed}
 */
export async function activateGrant(ctx: Context, input: ActivateGrantInput): Promise<GrantSummary> {
  const { id, hours, reason } = input;
  const grant = await askedGrant(ctx, "grant.activate", id);
  const permit = await authorizeOwn(ctx, grant);
  const at = ctx.now();
  assertActivatable(grant, hours, at);
  const proof = await ctx.proveFreshly(ctx, permit, { password: input.password, code: input.code });

  return commit(permit, async (tx) => {
    const now = getGrantRow(tx, id);
    assertActivatable(now, hours, at);
    await proof.take(tx);
    const endsAt = new Date(Math.min(at.getTime() + hours * HOUR, now.endsAt ?? Infinity));
    const { id: identityId, name, teams } = ctx.actor;
    const held = ctx.heldBy(tx, { id: identityId, teamId: teams[0] ?? null }, at);
    const separations = (await allSeparations(tx)).filter(({ kind }) => kind === "dynamic");
    const broken = firstBroken(separations, [...held.roles, now.roleName], inheritanceOf(tx));
    if (broken) throw new DutiesSeparated(name, broken.separation, broken.roles);
    endActivations(tx, { grantId: id, identityId, at });
    await insertActivation(tx, { id: ctx.newId("act"), grantId: id, identityId, startsAt: at, endsAt, reason });
    return {
      value: summarizeGrant(getGrantRow(tx, id), at.getTime()),
      event: {
        kind: "grant.activated",
        object: { type: "Identity", id: identityId, name },
        after: { grant: id, role: now.roleName, scope: now.scope, endsAt: endsAt.toISOString(), reason },
      },
    };
  });
}

/** Lets go of an activated grant (INCITS 359: DropActiveRole). @throws {NotActivatable} */
export async function deactivateGrant(ctx: Context, { id }: GrantInput): Promise<GrantSummary> {
  const grant = await askedGrant(ctx, "grant.activate", id);
  const permit = await authorizeOwn(ctx, grant);
  return commit(permit, async (tx) => {
    const at = ctx.now();
    if (endActivations(tx, { grantId: id, identityId: ctx.actor.id, at }) === 0) {
      throw new NotActivatable("it is not activated");
    }
    return {
      value: summarizeGrant(getGrantRow(tx, id), at.getTime()),
      event: {
        kind: "grant.deactivated",
        object: { type: "Identity", id: ctx.actor.id, name: ctx.actor.name },
        before: { grant: id, role: grant.roleName, scope: grant.scope },
      },
    };
  });
}

const HOUR = 3_600_000;

/** A grant is one's own by being given to oneself, or to a team that one is in. */
function authorizeOwn(ctx: Context, grant: KeptGrant): Promise<Permit> {
  const teams = new Set(ctx.actor.teams.flatMap((team) => ctx.teamsAbove(ctx.read, team)));
  const isOwn = grant.holderKind === "team" ? teams.has(grant.holderId) : grant.holderId === ctx.actor.id;
  return authorize(ctx, "grant.activate", {
    ...{ type: "Grant", id: grant.id, name: grant.roleName, kind: grant.holderKind },
    ...{ teamId: grant.teamId, ownerId: isOwn ? ctx.actor.id : null },
  });
}

function assertActivatable(grant: KeptGrant, hours: number, at: Date): void {
  assertNotEnded(grant, at);
  if (grant.mode !== "eligible") throw new NotActivatable("it is active by itself");
  if (grant.startsAt > at.getTime()) throw new NotActivatable("it has not begun yet");
  const most = grant.activationHours ?? 0;
  if (hours > most) throw new NotActivatable(`it can be activated for at most ${most} h at a time`);
}
