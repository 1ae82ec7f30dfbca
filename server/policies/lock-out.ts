import type { Action } from "@/server/kernel/actions";
import { ACTIONS } from "@/server/kernel/actions";
import type { Actor, Context } from "@/server/kernel/context";
import type { Authority } from "./authority";
import { decideUnder, knownOf } from "./decide";
import { inForce } from "./in-force";

/** What at least one admin must be able to do under any set: undo what went wrong. */
const NEEDED: readonly Action[] = [
  "policy.list",
  "policy.read",
  "policy.draft",
  "policy.publish",
  "grant.add",
  "role.bind",
  "identity.unlock",
];

/** Who could not administer any more under a set. */
export interface LockOut {
  /** Why the set may not come into force; null when it may. */
  readonly refusal: string | null;
  /** What the publisher should know. */
  readonly notices: readonly string[];
}

/** Asks a set whether somebody could still sign in, administer, and publish the next one. */
export async function findLockOut(ctx: Context, authority: Authority): Promise<LockOut> {
  const [first] = blockedFor(
    ctx,
    authority,
    { ...ctx.actor, kind: "anonymous", id: "anonymous", roles: [], teams: [], provedBy: [] },
    ["session.create"],
  );
  if (first !== undefined) return { refusal: "nobody could sign in under these policies", notices: [] };

  const admins = await activeAdmins(ctx);
  const able = admins.filter((admin) => blockedFor(ctx, authority, admin, NEEDED).length === 0);
  if (admins.length > 0 && able.length === 0) {
    const missing = blockedFor(ctx, authority, admins[0] ?? ctx.actor, NEEDED);
    return {
      refusal: `nobody could administer under these policies: no admin may do ${missing.join(", ")}`,
      notices: [],
    };
  }
  const isBlocked = (by: Authority) => blockedFor(ctx, by, ctx.actor, ["policy.publish"]).length > 0;
  // Whoever changes a role may not be somebody who publishes.
  const loses = isBlocked(authority) && !isBlocked((await inForce(ctx.read)).authority);
  if (!loses) return { refusal: null, notices: [] };
  const names = able.slice(0, 3).map(({ name }) => name);
  if (names.length === 0) return { refusal: "you could not publish any more, and nobody else could", notices: [] };
  return { refusal: null, notices: [`you may not publish any more after this; ${names.join(", ")} still may`] };
}

function blockedFor(ctx: Context, authority: Authority, principal: Actor, actions: readonly Action[]): Action[] {
  return actions.filter((action) => {
    const resource = { type: ACTIONS[action], id: "*" } as const;
    const question = { principal, action, resource, at: ctx.now(), address: ctx.origin.address };
    return !decideUnder(authority, question, knownOf(ctx, ctx.read, question)).allowed;
  });
}

/** Admins as they would be when signed in with both factors. */
async function activeAdmins(ctx: Context): Promise<Actor[]> {
  const ids = await ctx.holdersOf(ctx.read, "admin");
  const admins: Actor[] = [];
  for (const id of ids) {
    const known = ctx.findPrincipal(ctx.read, id);
    if (known?.state !== "active") continue;
    const { roles, scopes } = ctx.heldBy(ctx.read, known, ctx.now());
    const teams = known.teamId === null ? [] : [known.teamId];
    admins.push({ kind: "user", id, name: known.name, roles, scopes, teams, provedBy: ["password", "totp"] });
  }
  return admins;
}
