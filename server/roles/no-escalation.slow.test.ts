import { describe, expect, it } from "vitest";
import {
  type Bound,
  dice,
  mayBindBy,
  MOMENTS,
  NEVER,
  powersOf,
  ROLES,
  SCOPE_NAMES,
  SCOPES,
  type SmallGrant,
  type SmallPermission,
  type SmallPerson,
  type SmallRole,
  type SmallWorld,
  TEAMS,
} from "@/server/testing/role-world";
import type { Condition } from "./contract";
import { closureOf, cycleThrough } from "./held";
import { type HeldRight, isOfSameTeam, judgeGiving, missingToWrite, type Right } from "./rights";

/** So many sequences of administrative actions, each of so many. */
const [SEQUENCES, STEPS] = [200_000, 10];

/** The rules, as the verbs ask them. Tests put wrong ones in their place, to know that those are found out. */
const RULES = { isOfSameTeam, judgeGiving, missingToWrite };
type Rules = typeof RULES;

describe("no sequence of administrative actions", () => {
  it(`lets anybody gain what no rule gave, in ${SEQUENCES.toLocaleString("en")} of them`, { timeout: 300_000 }, () => {
    const { violations, given, edited } = explore(RULES, SEQUENCES);
    expect(violations).toEqual([]);
    // It did something: a tenth of the actions went through.
    expect(given).toBeGreaterThan(SEQUENCES / 10);
    expect(edited).toBeGreaterThan(SEQUENCES / 100);
  });

  it.each<[string, Partial<Rules>]>([
    [
      "that ignores how long",
      { judgeGiving: ({ wanted, ...rest }) => judgeGiving({ ...rest, wanted: { ...wanted, until: 0 } }) },
    ],
    [
      "that ignores within what",
      { judgeGiving: ({ wanted, ...rest }) => judgeGiving({ ...rest, wanted: { ...wanted, chain: SCOPE_NAMES } }) },
    ],
    [
      "that ignores conditions",
      {
        judgeGiving: ({ held, ...rest }) =>
          judgeGiving({ ...rest, held: held.map((one) => ({ ...one, conditions: [] })) }),
      },
    ],
    ["that takes everybody's team for the same", { isOfSameTeam: () => true }],
    ["that takes a team for one of its people", { isOfSameTeam: (giver, { teamId }) => giver === teamId }],
    ["that gives a role that permits nothing to anybody", { judgeGiving: () => "yes" }],
    ["that lets anybody write roles", { missingToWrite: () => undefined }],
    [
      "that lets write what is held somewhere",
      {
        missingToWrite: (held, role) =>
          missingToWrite(
            held.map((one) => ({ ...one, scope: "everything" })),
            role,
          ),
      },
    ],
    [
      "that lets write what is held for a while",
      {
        missingToWrite: (held, role) =>
          missingToWrite(
            held.map((one) => ({ ...one, until: Infinity })),
            role,
          ),
      },
    ],
  ])("a rule %s is found out", (_, wrong) => {
    expect(explore({ ...RULES, ...wrong }, 20_000).violations.length).toBeGreaterThan(0);
  });
});

interface Explored {
  readonly violations: string[];
  given: number;
  edited: number;
}

function explore(rules: Rules, sequences: number): Explored {
  const explored: Explored = { violations: [], given: 0, edited: 0 };
  for (let seed = 1; seed <= sequences && explored.violations.length < 3; seed++) {
    const roll = dice(seed);
    const world = begin(roll);
    for (let step = 0; step < STEPS; step++) {
      const told = act(world, roll, rules, explored);
      if (told !== null) explored.violations.push(`seed ${seed}, step ${step}: ${told}`);
    }
  }
  return explored;
}

const ADMIN: SmallPerson = { id: "admin", team: "audio", isAdmin: "admin", leads: null };

function begin(roll: (sides: number) => number): SmallWorld {
  const people = ["ann", "bob", "cem"].map((id): SmallPerson => {
    const team = pick(roll, TEAMS);
    return {
      id,
      team,
      isAdmin: "nobody special",
      leads:
        roll(4) > 0
          ? pick(roll, SCOPES[`Team::${team}`]?.includes("Team::research") ? [team, "research"] : [team])
          : null,
    };
  });
  const roles = new Map<string, SmallRole>();
  for (const [at, role] of ROLES.entries()) {
    const inherits = ROLES.slice(at + 1).filter(() => roll(4) === 0);
    roles.set(role, { inherits, permissions: somePermissions(roll) });
  }
  const world: SmallWorld = { now: 0, people: [ADMIN, ...people], roles, grants: [] };
  for (let count = 3 + roll(3); count > 0; count--) world.grants.push(someGrant(world, roll));
  return world;
}

/** One action of somebody; what is wrong with it afterwards, or null. */
function act(world: SmallWorld, roll: (sides: number) => number, rules: Rules, explored: Explored): string | null {
  const actor = pick(roll, world.people);
  switch (roll(6)) {
    case 0:
      world.now = Math.min(world.now + 1, MOMENTS - 1);
      return null;
    case 1:
      return edit(world, actor, roll, rules, explored);
    case 2:
      // Who is an admin moves people between teams; a rule gives what the other team holds.
      if (actor.isAdmin === "admin") pick(roll, world.people).team = pick(roll, TEAMS);
      return null;
    case 3:
      return end(world, actor, roll);
    default:
      return give(world, actor, roll, rules, explored);
  }
}

function give(
  world: SmallWorld,
  actor: SmallPerson,
  roll: (sides: number) => number,
  rules: Rules,
  explored: Explored,
) {
  const grant = wishedBy(world, actor, roll);
  const teamOfHolder = grant.holder.kind === "team" ? grant.holder.id : teamOf(world, grant.holder.id);
  // `grant.add` is asked first: an admin's for all, a lead's within her team.
  const leadsIt = actor.leads !== null && SCOPES[`Team::${teamOfHolder}`]?.includes(`Team::${actor.leads}`);
  if (actor.isAdmin !== "admin" && !leadsIt) return null;
  const mayBind = actor.isAdmin === "admin" || mayBindBy(powersOf(world, actor, world.now), grant.role, grant.scope);
  const judgement = rules.judgeGiving({
    ...{ mayBind: mayBind ? "yes" : "no", origin: "written", held: heldBy(world, actor) },
    wanted: {
      ...{ rights: rightsOf(world, grant.role), chain: SCOPES[grant.scope] ?? [], until: grant.until },
      isSameTeam: rules.isOfSameTeam(actor.team, { kind: grant.holder.kind, teamId: teamOfHolder }),
    },
  });
  if (judgement !== "yes") return null;
  explored.given += actor.isAdmin === "admin" ? 0 : 1;
  const change = () => void world.grants.push(grant);
  // Whoever may give any role, or that one there, gives what a rule gave them to give.
  if (mayBind) return (change(), null);
  return gainedUnduly(world, actor, change, `${actor.id} gives ${JSON.stringify(grant)}`);
}

function edit(
  world: SmallWorld,
  actor: SmallPerson,
  roll: (sides: number) => number,
  rules: Rules,
  explored: Explored,
) {
  const name = pick(roll, ROLES);
  const before = world.roles.get(name) ?? { inherits: [], permissions: [] };
  const inherits = roll(3) === 0 ? ROLES.filter((role) => role !== name && roll(2) === 0) : before.inherits;
  const permissions = roll(2) === 0 ? somePermissions(roll) : before.permissions;
  const directly = new Map([...world.roles].map(([role, one]) => [role, one.inherits]));
  if (cycleThrough(directly.set(name, inherits), name)) return null;
  if (actor.isAdmin !== "admin") {
    const after = [...ownRights(name, permissions), ...inherits.flatMap((role) => rightsOf(world, role))];
    if (rules.missingToWrite(heldBy(world, actor), { before: rightsOf(world, name), after })) return null;
    explored.edited += 1;
  }
  const change = () => void world.roles.set(name, { inherits, permissions });
  if (actor.isAdmin === "admin") return (change(), null);
  return gainedUnduly(world, actor, change, `${actor.id} makes ${name} ${JSON.stringify({ inherits, permissions })}`);
}

function end(world: SmallWorld, actor: SmallPerson, roll: (sides: number) => number) {
  const grant = pick(roll, world.grants);
  const isOwn = grant.holder.id === actor.id;
  if (isOwn || actor.isAdmin === "admin") grant.until = Math.max(grant.from + 1, world.now);
  return null;
}

/** Makes a change, and looks at every person and every moment from now on for what whoever made it does not have. */
function gainedUnduly(world: SmallWorld, actor: SmallPerson, change: () => void, told: string): string | null {
  const moments = Array.from({ length: MOMENTS - world.now }, (_, at) => world.now + at).concat(NEVER - 1);
  const powers = () => moments.map((moment) => world.people.map((person) => powersOf(world, person, moment)));
  const own = moments.map((moment) => powersOf(world, actor, moment));
  const before = powers();
  change();
  for (const [at, now] of powers().entries()) {
    for (const [number, after] of now.entries()) {
      const gained = after & ~(before[at]?.[number] ?? 0) & ~(own[at] ?? 0);
      if (gained !== 0) return `${told}; ${world.people[number]?.id} gains ${gained.toString(2)} at ${moments[at]}`;
    }
  }
  return null;
}

/** What the product knows of somebody's rights: those in force now, each until it ends. */
function heldBy(world: SmallWorld, { id, team }: SmallPerson): HeldRight[] {
  const teams = (SCOPES[`Team::${team}`] ?? []).map((scope) => scope.replace("Team::", ""));
  return world.grants
    .filter(({ holder }) => (holder.kind === "person" ? holder.id === id : teams.includes(holder.id)))
    .filter(({ from, until }) => from <= world.now && world.now < until)
    .flatMap(({ role, scope, until }) =>
      rightsOf(world, role).map((right) => ({ ...right, scope, until: endOf(until) })),
    );
}

function rightsOf(world: SmallWorld, name: string): Right[] {
  const closure = closureOf(new Map([...world.roles].map(([role, { inherits }]) => [role, inherits])));
  return (closure.get(name) ?? []).flatMap((role) => ownRights(role, world.roles.get(role)?.permissions ?? []));
}

function ownRights(from: string, permissions: readonly SmallPermission[]): Right[] {
  return permissions.map(({ action, bounds }) => ({
    ...{ action, from, resourceType: action === "bind" ? "Role" : "Compute" },
    conditions: bounds.map((bound): Condition => (bound.on === "own_team" ? bound : { ...bound, any: [...bound.any] })),
  }));
}

const endOf = (until: number): number => (until === NEVER ? Infinity : until);

function someGrant(world: SmallWorld, roll: (sides: number) => number): SmallGrant {
  const from = world.now + (roll(3) === 0 ? 1 : 0);
  const holder =
    roll(4) === 0
      ? { kind: "team" as const, id: pick(roll, TEAMS) as string }
      : { kind: "person" as const, id: pick(roll, world.people).id };
  const until = roll(2) === 0 ? NEVER : from + 1 + roll(MOMENTS);
  return { holder, role: pick(roll, ROLES), scope: pick(roll, SCOPE_NAMES), from, until };
}

/** What somebody may well wish to give: something like what they, or others, hold; to anybody. */
function wishedBy(world: SmallWorld, actor: SmallPerson, roll: (sides: number) => number): SmallGrant {
  const any = someGrant(world, roll);
  const own = world.grants.filter(({ holder }) => holder.id === actor.id || holder.id === actor.team);
  if (own.length === 0 || roll(3) === 0) return any;
  const { role, scope, until } = pick(roll, own);
  return {
    ...any,
    role,
    scope: roll(2) === 0 ? scope : any.scope,
    until: roll(2) === 0 ? Math.max(any.from + 1, until) : any.until,
  };
}

function somePermissions(roll: (sides: number) => number): SmallPermission[] {
  return Array.from({ length: roll(3) }, () => {
    const action = pick(roll, ["run", "drain", "bind"] as const);
    return { action, bounds: someBounds(roll, action) };
  });
}

function someBounds(roll: (sides: number) => number, action: SmallPermission["action"]): Bound[] {
  if (action === "bind") return roll(4) === 0 ? [] : [{ on: "role", any: ROLES.filter(() => roll(2) === 0) }];
  const bounds: Bound[] = [];
  if (roll(4) === 0) bounds.push({ on: "own_team" });
  if (roll(4) === 0) bounds.push({ on: "region", any: [pick(roll, ["eu", "us"])] });
  return bounds;
}

function teamOf(world: SmallWorld, id: string): string {
  return world.people.find((person) => person.id === id)?.team ?? "";
}

function pick<One>(roll: (sides: number) => number, of: readonly One[]): One {
  const one = of[roll(of.length)];
  if (one === undefined) throw new RangeError("there is nothing to choose from");
  return one;
}
