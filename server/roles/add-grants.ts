import type { Context, ReadDatabase } from "@/server/kernel/context";
import { DomainError, Forbidden, Missing } from "@/server/kernel/errors";
import { commit } from "@/server/kernel/permit";
import type { AddGrantsInput, GrantResult, GrantResults, HolderInput, NewGrant } from "./grant-contract";
import { insertGrant } from "./grant-store";
import { findHolder, type Holder } from "./holder-store";
import { knownRoles } from "./known-rights";
import {
  assertFits,
  assertMayGive,
  assertSound,
  authorizeGrant,
  givingProblem,
  type Rules,
  type Wished,
} from "./may-give";
import { allSeparations, findRole } from "./role-store";
import { readScope } from "./model";
import { scopeChain } from "./scope-chain";

/**
 * Gives a role within a scope for a time, to each of some holders by itself: what one is refused, the others may get.
 *
 * @throws {Missing} for a role that is not there @throws {RoleRetired} @throws {UnknownScope} @throws {GrantTimes}
 *   @throws {RoleOutOfPlace}
 */
export async function addGrants(ctx: Context, { holders, ...input }: AddGrantsInput): Promise<GrantResults> {
  const { wished, rules } = await readWish(ctx, input);
  const results = await eachByItself(holders, async (input) => {
    const holder = findHolder(ctx.read, input);
    const shown = { ...input, name: holder?.displayName ?? input.id };
    return { holder: shown, run: () => give(ctx, wished, rules, getHolder(ctx.read, input)) };
  });
  return { results };
}

/**
 * Does something for each of many and says what became of it: what one is refused, the others may get. Where the policies
 * allow none of it, that is the answer.
 *
 * @throws {Forbidden}
 */
export async function eachByItself<One>(
  many: readonly One[],
  deedFor: (one: One) => Promise<{ readonly holder: GrantResult["holder"]; readonly run: () => Promise<string> }>,
): Promise<GrantResult[]> {
  const results: GrantResult[] = [];
  let forbidden: Forbidden | undefined;
  for (const one of many) {
    const { holder, run } = await deedFor(one);
    try {
      results.push({ holder, grantId: await run(), refused: null });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error instanceof Forbidden) forbidden = error;
      results.push({ holder, grantId: null, refused: { code: error.code, message: error.message } });
    }
  }
  if (forbidden && results.every(({ refused }) => refused?.code === "kernel.forbidden")) throw forbidden;
  return results;
}

/** The same for one holder. @throws what refuses it */
export async function addGrant(ctx: Context, holder: HolderInput, input: NewGrant): Promise<string> {
  const { wished, rules } = await readWish(ctx, input);
  return give(ctx, wished, rules, getHolder(ctx.read, holder));
}

async function give(ctx: Context, wished: Wished, rules: Rules, holder: Holder): Promise<string> {
  const permit = await authorizeGrant(ctx, "grant.add", holder);
  assertFits(ctx.read, ctx, rules, wished, holder);
  await assertMayGive(ctx, permit, { rules, wished, holder });
  const { grant, role } = wished;
  const isTeam = holder.kind === "team";

  return commit(permit, async (tx) => {
    // As it is by now: somebody else may have given, or taken, in the meantime.
    const now = { roles: await knownRoles(ctx, tx), separations: await allSeparations(tx) };
    assertFits(tx, ctx, now, wished, getHolder(tx, inputOf(holder)));
    const problem = await givingProblem(ctx, tx, { rules: now, wished, holder });
    if (problem) throw problem;
    const id = ctx.newId("gra");
    const { scope, mode, startsAt, endsAt, reason } = grant;
    await insertGrant(tx, {
      ...{ id, roleId: role.id, scope, mode, startsAt, endsAt, reason, ticket: grant.ticket ?? null },
      ...{ identityId: isTeam ? null : holder.id, teamId: isTeam ? holder.id : null },
      ...{ scopeKind: readScope(scope)?.kind ?? "object", activationHours: grant.activationHours ?? null },
      ...{ createdAt: ctx.now(), createdById: ctx.actor.id, createdByName: ctx.actor.name },
    });
    return {
      value: id,
      event: {
        kind: "grant.added",
        object: { type: isTeam ? "Team" : "Identity", id: holder.id, name: holder.displayName },
        after: {
          ...{ grant: id, role: role.name, scope, mode, startsAt: startsAt.toISOString() },
          ...{ endsAt: endsAt?.toISOString() ?? null, reason },
          ...(grant.ticket !== undefined && { ticket: grant.ticket }),
          ...(grant.activationHours !== undefined && { activationHours: grant.activationHours }),
        },
      },
    };
  });
}

/** A grant that somebody wishes to give, and the rules for it. */
export async function readWish(ctx: Context, grant: NewGrant): Promise<{ wished: Wished; rules: Rules }> {
  const role = await findRole(ctx.read, grant.role);
  if (!role) throw new Missing("role", grant.role);
  const chain = await scopeChain(ctx, ctx.read, grant.scope);
  const wished = { grant: { ...grant, startsAt: grant.startsAt ?? ctx.now() }, role, chain };
  assertSound(wished, ctx.now());
  return { wished, rules: { roles: await knownRoles(ctx, ctx.read), separations: await allSeparations(ctx.read) } };
}

/** @throws {Missing} */
export function getHolder(db: ReadDatabase, input: HolderInput): Holder {
  const holder = findHolder(db, input);
  if (!holder) throw new Missing(input.kind, input.id);
  return holder;
}

function inputOf({ kind, id }: Holder): HolderInput {
  return { kind: kind === "team" ? "team" : "identity", id };
}
