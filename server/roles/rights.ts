import type { KnownAction } from "@/server/kernel/ports";
import type { Condition, Permission } from "./contract";
import { EVERYTHING } from "./model";

/** One thing that a role lets somebody do, wherever it is held: an action on a type, where all conditions hold. */
export interface Right {
  readonly action: string;
  readonly resourceType: string;
  readonly conditions: readonly Condition[];
  /** The role that says so. */
  readonly from: string;
}

/** What permissions of a role give, action by action and type by type. What the schema does not know gives nothing. */
export function rightsOf(
  role: string,
  permissions: readonly Permission[],
  actions: readonly KnownAction[],
): readonly Right[] {
  return permissions.flatMap((permission) => {
    const wanted = new Set(permission.actions);
    const types = new Set(permission.resourceTypes);
    return actions
      .filter(({ name, groups }) => wanted.has(name) || groups.some((group) => wanted.has(group)))
      .flatMap(({ name, resourceTypes }) =>
        resourceTypes
          .filter((type) => types.size === 0 || types.has(type))
          .map((resourceType) => ({ action: name, resourceType, conditions: permission.conditions, from: role })),
      );
  });
}

/** A right that somebody has, with how far and for how long. */
export interface HeldRight extends Right {
  readonly scope: string;
  /** In milliseconds since 1970; `Infinity` for ever. */
  readonly until: number;
}

/** Rights that somebody else is to get. */
export interface Wanted {
  readonly rights: readonly Right[];
  /** The scope, and every scope that it lies within, `everything` among them. */
  readonly chain: readonly string[];
  readonly until: number;
  /** Whoever gives and whoever gets are of the same team: what is of the own team is the same for both. */
  readonly isSameTeam: boolean;
}

/** The first right among some that whoever gives does not have as far, as widely and as long; undefined when there is none. */
export function missingRight(held: readonly HeldRight[], wanted: Wanted): Right | undefined {
  const reach = new Set(wanted.chain);
  const useful = held.filter(({ scope, until }) => reach.has(scope) && until >= wanted.until);
  return wanted.rights.find((right) => !useful.some((one) => isWithin(right, one, wanted)));
}

/**
 * Whether what is of the own team is the same for whoever gives and whoever gets: for one of the same team. Of a team some
 * may be in a team within it, to which more belongs.
 */
export function isOfSameTeam(
  giver: string | null,
  holder: { readonly kind: string; readonly teamId: string | null },
): boolean {
  return holder.kind !== "team" && holder.teamId !== null && holder.teamId === giver;
}

/** By what somebody gives a role, and what of it they have themselves. */
export interface Giving {
  /** Whether they have the right to give that role there (`role.bind`). */
  readonly mayBind: "yes" | "no";
  /** A role that the program brings cannot be measured by what it permits. */
  readonly origin: "built-in" | "written";
  readonly held: readonly HeldRight[];
  readonly wanted: Wanted;
}

/**
 * Whether somebody may give a role: by the right to give it there, or by holding all that it permits, as far and as long.
 * A role that permits nothing yet may come to permit something, and is given by right alone.
 */
export function judgeGiving({ mayBind, origin, held, wanted }: Giving): "yes" | { readonly missing: Right | null } {
  if (mayBind === "yes") return "yes";
  if (origin === "built-in" || wanted.rights.length === 0) return { missing: null };
  const missing = missingRight(held, wanted);
  return missing ? { missing } : "yes";
}

/**
 * What somebody who may not give any role cannot make a role permit, for they do not hold it everywhere and for ever.
 * What it permitted before, they do not add.
 */
export function missingToWrite(
  held: readonly HeldRight[],
  role: { readonly before: readonly Right[]; readonly after: readonly Right[] },
): Right | undefined {
  const had = role.before.map((right) => ({ ...right, scope: EVERYTHING, until: Infinity }));
  const wanted = { rights: role.after, chain: [EVERYTHING], until: Infinity, isSameTeam: true };
  return missingRight(
    [...had, ...held.map(withoutOwnTeam)].filter((right) => right !== null),
    wanted,
  );
}

/** What is bound to one's own team is no bound of somebody else's. */
function withoutOwnTeam(right: HeldRight): HeldRight | null {
  return right.conditions.some(({ on }) => on === "own_team") ? null : right;
}

/** How long the rights would be held at most, were they given for as long as whoever gives holds them; null for not at all. */
export function longestUntil(held: readonly HeldRight[], wanted: Wanted): number | null {
  const ends = held.map(({ until }) => until).filter((until) => until < wanted.until);
  const possible = ends.filter((until) => !missingRight(held, { ...wanted, until }));
  return possible.length === 0 ? null : Math.max(...possible);
}

/** Whether one right is no more than another: on the same, wherever its conditions hold, the other's hold too. */
function isWithin(right: Right, other: Right, { isSameTeam }: Pick<Wanted, "isSameTeam">): boolean {
  return (
    right.action === other.action &&
    right.resourceType === other.resourceType &&
    other.conditions.every((bound) => right.conditions.some((own) => implies(own, bound, isSameTeam)))
  );
}

function implies(own: Condition, bound: Condition, isSameTeam: boolean): boolean {
  if (own.on === "own_team" || bound.on === "own_team") return own.on === bound.on && isSameTeam;
  if (own.on !== bound.on) return false;
  const allowed = new Set<string>(bound.any);
  return own.any.every((value) => allowed.has(value));
}
