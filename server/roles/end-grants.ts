import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import type { ChangeGrantInput, EndGrantsInput, GrantResults, GrantSummary } from "./grant-contract";
import { eachByItself, getHolder, readWish } from "./add-grants";
import { GrantEnded, GrantTimes, LastAdministrator } from "./errors";
import { findGrant, type KeptGrant, markGrantEnded, moveEnd, stateOf, summarizeGrant } from "./grant-store";
import { namesOfHolders } from "./holder-store";
import { assertFits, assertMayGive, authorizeGrant } from "./may-give";

/** Ends grants now, each by itself: what one is refused, the others may get. */
export async function endGrants(ctx: Context, { ids, reason }: EndGrantsInput): Promise<GrantResults> {
  const results = await eachByItself(ids, async (id) => {
    const grant = findGrant(ctx.read, id);
    const holder = { ...holderOf(grant), name: grant?.holderName ?? id };
    return { holder, run: () => endGrant(ctx, id, reason) };
  });
  return { results };
}

/** Ends one. Whoever holds it may let it go. @throws {Missing} @throws {GrantEnded} @throws {LastAdministrator} */
export async function endGrant(ctx: Context, id: string, reason: string): Promise<string> {
  const grant = await askedGrant(ctx, "grant.end", id);
  const permit = await authorizeGrant(ctx, "grant.end", getHolder(ctx.read, holderOf(grant)));
  return commit(permit, async (tx) => {
    const now = getGrantRow(tx, id);
    assertNotEnded(now, ctx.now());
    const by = { id: ctx.actor.id, name: ctx.actor.name };
    await markGrantEnded(tx, id, { at: ctx.now(), by, reason });
    if (now.roleName === "admin") assertAdministrable(tx);
    return {
      value: id,
      event: {
        kind: "grant.ended",
        object: objectOf(now),
        before: { grant: id, role: now.roleName, scope: now.scope },
        detail: { reason },
      },
    };
  });
}

/**
 * Moves the end of a grant: sooner, or later, for which whoever does it must be able to give it until then.
 *
 * @throws {Missing} @throws {GrantEnded} @throws {GrantTimes} @throws {WouldEscalate} @throws {LastAdministrator}
 */
export async function changeGrant(ctx: Context, { id, endsAt, reason }: ChangeGrantInput): Promise<GrantSummary> {
  const grant = await askedGrant(ctx, "grant.change", id);
  const holder = getHolder(ctx.read, holderOf(grant));
  const permit = await authorizeGrant(ctx, "grant.change", holder);
  const at = ctx.now();
  assertNotEnded(grant, at);
  const isLonger = (endsAt?.getTime() ?? Infinity) > (grant.endsAt ?? Infinity);
  if ((endsAt?.getTime() ?? null) === grant.endsAt)
    throw new GrantTimes("that is when it ends already; choose another time");
  if (endsAt !== null && endsAt <= at) throw new GrantTimes("it would be over already; end it instead");
  if (endsAt !== null && endsAt.getTime() <= grant.startsAt)
    throw new GrantTimes("it would end before it begins; end it instead");
  if (isLonger) {
    // What is added is a grant from the old end to the new one.
    const { wished, rules } = await readWish(ctx, {
      ...{ role: grant.roleName, scope: grant.scope, endsAt, mode: grant.mode, reason },
      ...{ startsAt: new Date(Math.max(grant.endsAt ?? 0, at.getTime())) },
      ...(grant.activationHours !== null && { activationHours: grant.activationHours }),
    });
    assertFits(ctx.read, ctx, rules, wished, holder);
    await assertMayGive(ctx, permit, { rules, wished, holder });
  }
  return commit(permit, async (tx) => {
    assertNotEnded(getGrantRow(tx, id), at);
    await moveEnd(tx, id, endsAt);
    if (grant.roleName === "admin") assertAdministrable(tx);
    const about = { grant: id, role: grant.roleName, scope: grant.scope };
    return {
      value: summarizeGrant(getGrantRow(tx, id), at.getTime()),
      event: {
        kind: "grant.changed",
        object: objectOf(grant),
        detail: { ...about, reason },
        before: { endsAt: grant.endsAt === null ? null : new Date(grant.endsAt).toISOString() },
        after: { endsAt: endsAt?.toISOString() ?? null },
      },
    };
  });
}

/** A grant that somebody asks about. Whoever may not ask learns nothing of which there are. @throws {Forbidden} @throws {Missing} */
export async function askedGrant(ctx: Context, action: GrantAction, id: string): Promise<KeptGrant> {
  const grant = findGrant(ctx.read, id);
  if (grant) return grant;
  await authorize(ctx, action, { type: "Grant", id });
  throw new Missing("grant", id);
}

type GrantAction = "grant.read" | "grant.change" | "grant.end" | "grant.activate";

/** @throws {Missing} */
export function getGrantRow(db: ReadDatabase, id: string): KeptGrant {
  const grant = findGrant(db, id);
  if (!grant) throw new Missing("grant", id);
  return grant;
}

/** @throws {GrantEnded} */
export function assertNotEnded(grant: KeptGrant, at: Date): void {
  if (stateOf(grant, at.getTime()) === "ended") throw new GrantEnded();
}

/** That somebody active is security admin without an end. @throws {LastAdministrator} */
export function assertAdministrable(db: ReadDatabase): void {
  if (namesOfHolders(db, "admin", 1).length === 0) throw new LastAdministrator();
}

function holderOf(grant: KeptGrant | undefined): { kind: "identity" | "team"; id: string } {
  return { kind: grant?.holderKind === "team" ? "team" : "identity", id: grant?.holderId ?? "" };
}

/** What entries about a grant are about: who holds it. */
export function objectOf({ holderKind, holderId, holderName }: KeptGrant) {
  return { type: holderKind === "team" ? "Team" : "Identity", id: holderId, name: holderName };
}
