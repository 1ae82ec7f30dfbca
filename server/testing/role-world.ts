/**
 * A swarm so small that everything that anybody could do in it is a number: for exploring what administrative actions do.
 * What people can do is found here by looking at every object by itself, and shares no line with the rules of the product.
 */

/** Teams: the second lies within the first. */
export const TEAMS = ["research", "vision", "audio"] as const;
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  research: ["research"],
  vision: ["vision", "research"],
  audio: ["audio"],
};

/** Objects, each in a team, a pool and a region. */
export const OBJECTS = [
  { id: "gpu-0", team: "research", pool: "train", region: "eu" },
  { id: "gpu-1", team: "vision", pool: "train", region: "eu" },
  { id: "gpu-2", team: "vision", pool: "serve", region: "us" },
  { id: "gpu-3", team: "audio", pool: "serve", region: "us" },
] as const;

/** What can be done to an object, and the giving of roles. */
export const ACTIONS = ["run", "drain"] as const;

/** Every scope, with every scope that it lies within: written down by hand. */
export const SCOPES: Readonly<Record<string, readonly string[]>> = {
  everything: ["everything"],
  "Team::research": ["Team::research", "everything"],
  "Team::vision": ["Team::vision", "Team::research", "everything"],
  "Team::audio": ["Team::audio", "everything"],
  "Pool::train": ["Pool::train", "everything"],
  "Pool::serve": ["Pool::serve", "everything"],
  "Compute::gpu-1": ["Compute::gpu-1", "Pool::train", "Team::vision", "Team::research", "everything"],
  "Compute::gpu-3": ["Compute::gpu-3", "Pool::serve", "Team::audio", "everything"],
};
export const SCOPE_NAMES = Object.keys(SCOPES);

/** Roles; nothing inherits a role before it. */
export const ROLES = ["alpha", "beta", "gamma"] as const;

/** Moments that there are. */
export const MOMENTS = 4;

/** What narrows a permission. */
export type Bound =
  | { readonly on: "own_team" }
  | { readonly on: "region"; readonly any: readonly string[] }
  | { readonly on: "role"; readonly any: readonly string[] };

/** A permission: an action, or the right to give roles. */
export interface SmallPermission {
  readonly action: "run" | "drain" | "bind";
  readonly bounds: readonly Bound[];
}

/** A role. */
export interface SmallRole {
  inherits: readonly string[];
  permissions: readonly SmallPermission[];
}

/** A grant, from a moment until before another. */
export interface SmallGrant {
  readonly holder: { readonly kind: "person" | "team"; readonly id: string };
  readonly role: string;
  readonly scope: string;
  readonly from: number;
  until: number;
}

/** Somebody. The first is security admin for ever; a lead may give things to people of a team. */
export interface SmallPerson {
  readonly id: string;
  team: string;
  readonly isAdmin: "admin" | "nobody special";
  readonly leads: string | null;
}

/** All of it. */
export interface SmallWorld {
  now: number;
  readonly people: SmallPerson[];
  readonly roles: Map<string, SmallRole>;
  grants: SmallGrant[];
}

/** A moment at which a grant without an end has not ended. */
export const NEVER = 99;

/** Everything that somebody could do at a moment: a bit for each action on each object, and for each role in each scope. */
export function powersOf(world: SmallWorld, person: SmallPerson, moment: number): number {
  let bits = 0;
  for (const { holder, role, scope, from, until } of world.grants) {
    if (moment < from || moment >= until) continue;
    const isHeld = holder.kind === "person" ? holder.id === person.id : ABOVE[person.team]?.includes(holder.id);
    if (isHeld) bits |= powersBy(world, role, { scope, team: person.team });
  }
  return bits;
}

function powersBy(world: SmallWorld, name: string, at: { readonly scope: string; readonly team: string }): number {
  const role = world.roles.get(name);
  if (!role) return 0;
  let bits = 0;
  for (const permission of role.permissions)
    bits |= permission.action === "bind" ? givings(permission, at) : deeds(permission, at);
  for (const inherited of role.inherits) bits |= powersBy(world, inherited, at);
  return bits;
}

function deeds(
  { action, bounds }: SmallPermission,
  { scope, team }: { readonly scope: string; readonly team: string },
) {
  let bits = 0;
  for (const [at, object] of OBJECTS.entries()) {
    const isReached =
      scope === "everything" ||
      scope === `Compute::${object.id}` ||
      scope === `Pool::${object.pool}` ||
      ABOVE[object.team]?.some((above) => scope === `Team::${above}`);
    const fits = bounds.every((bound) => {
      if (bound.on === "own_team") return ABOVE[team]?.includes(object.team);
      return bound.on === "region" ? bound.any.includes(object.region) : false;
    });
    if (isReached && fits) bits |= 1 << (at * ACTIONS.length + (action === "run" ? 0 : 1));
  }
  return bits;
}

const FIRST_GIVING = OBJECTS.length * ACTIONS.length;

function givings({ bounds }: SmallPermission, { scope }: { readonly scope: string }): number {
  let bits = 0;
  for (const [at, within] of SCOPE_NAMES.entries()) {
    if (!SCOPES[within]?.includes(scope)) continue;
    for (const [number, role] of ROLES.entries()) {
      if (bounds.every((bound) => bound.on === "role" && bound.any.includes(role))) {
        bits |= givingBit(number, at);
      }
    }
  }
  return bits;
}

/** 24 of them, behind the eight deeds: 32 in all. */
function givingBit(role: number, scope: number): number {
  return 1 << (FIRST_GIVING + ((scope * ROLES.length + role) % 24));
}

/** Whether some powers hold the right to give a role within a scope. */
export function mayBindBy(powers: number, role: string, scope: string): boolean {
  const bit = givingBit(ROLES.indexOf(role as (typeof ROLES)[number]), SCOPE_NAMES.indexOf(scope));
  return (powers & bit) !== 0;
}

/** Numbers that look as if by chance, the same for the same seed (xorshift). */
export function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761 || 1;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}
