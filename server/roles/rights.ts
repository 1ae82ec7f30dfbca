import type { KnownAction } from "@/server/kernel/ports";
import type { Condition, Permission } from "./contract";

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
