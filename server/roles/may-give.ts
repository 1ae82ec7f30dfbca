import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize, commit, type Permit } from "@/server/kernel/permit";
import type { NewGrant } from "./grant-contract";
import {
  AlreadyHeld,
  DutiesSeparated,
  GrantTimes,
  HolderNotActive,
  RoleOutOfPlace,
  RoleRetired,
  WouldEscalate,
} from "./errors";
import { everyGrantOf } from "./grant-store";
import { type Holder, membersOf, namesOfHolders, teamsWithin } from "./holder-store";
import { type GrantRow, heldAt } from "./held";
import { heldRights, type KnownRoles } from "./known-rights";
import { isOfSameTeam, judgeGiving, longestUntil } from "./rights";
import type { RoleRow, SeparationRow } from "./role-store";
import { readScope, scopeInWords } from "./model";
import { firstBroken } from "./separation";

/** A grant that somebody wants to give, with what is known of it. */
export interface Wished {
  readonly grant: NewGrant & { readonly startsAt: Date };
  readonly role: RoleRow;
  /** The scope and all that it lies within. */
  readonly chain: readonly string[];
}

/** The rules by which a grant may be given; each throws its own refusal. */
export interface Rules {
  readonly roles: KnownRoles;
  readonly separations: readonly SeparationRow[];
}

/** So many members of a team are looked at. */
const MOST_MEMBERS = 10_000;

/** What holds of a grant whoever gets it. @throws {RoleRetired} @throws {GrantTimes} @throws {RoleOutOfPlace} */
export function assertSound({ grant, role }: Wished, now: Date): void {
  if (role.retiredAt !== null) throw new RoleRetired(role.name);
  const { startsAt, endsAt, mode, activationHours } = grant;
  if (endsAt !== null && endsAt <= now) throw new GrantTimes("it would be over already; choose an end in the future");
  if (endsAt !== null && endsAt <= startsAt) throw new GrantTimes("it would end before it begins; choose a later end");
  if ((mode === "eligible") !== (activationHours !== undefined)) {
    throw new GrantTimes("an eligible grant says for how many hours it can be activated, and no other does");
  }
  const scope = readScope(grant.scope);
  if (role.origin !== "built-in") return;
  if (role.name === "team_lead" && scope?.kind !== "team") {
    throw new RoleOutOfPlace("a team lead leads a team; choose the team as the scope");
  }
  if (role.name !== "team_lead" && scope?.kind !== "everything") {
    throw new RoleOutOfPlace(
      `${role.name} reaches everything; choose everything as the scope, or write a role for less`,
    );
  }
}

/** What holds of who gets it. @throws {HolderNotActive} @throws {RoleOutOfPlace} @throws {AlreadyHeld} @throws {DutiesSeparated} */
export function assertFits(db: ReadDatabase, ctx: Context, rules: Rules, wished: Wished, holder: Holder): void {
  const { role, grant } = wished;
  if (holder.state !== "active") throw new HolderNotActive(holder.displayName, holder.state);
  if (role.origin === "built-in" && holder.kind !== "user") {
    throw new RoleOutOfPlace(
      `${role.name} is given to people one by one, and ${holder.displayName} is a ${holder.kind}`,
    );
  }
  if (grant.mode === "eligible" && (holder.kind === "service" || holder.kind === "node")) {
    throw new RoleOutOfPlace(
      `a ${holder.kind} activates nothing; give ${holder.displayName} a grant that is active by itself`,
    );
  }
  const at = ctx.now().getTime();
  const same = everyGrantOf(db, own(holder, at)).find(
    (one) =>
      one.role === role.name &&
      one.scope === grant.scope &&
      one.mode === grant.mode &&
      one.startsAt <= grant.startsAt.getTime() &&
      (one.endsAt ?? Infinity) >= (grant.endsAt?.getTime() ?? Infinity),
  );
  if (same) throw new AlreadyHeld(holder.displayName, role.name, same.grantId);
  assertSeparated(db, ctx, rules, wished, holder);
}

function own(holder: Holder, at: number) {
  return holder.kind === "team"
    ? { identityId: null, teams: [holder.id], at }
    : { identityId: holder.id, teams: [], at };
}

/** @throws {DutiesSeparated} */
function assertSeparated(
  db: ReadDatabase,
  ctx: Context,
  { roles, separations }: Rules,
  { grant, role }: Wished,
  holder: Holder,
) {
  if (separations.length === 0) return;
  const at = ctx.now().getTime();
  const people = holder.kind === "team" ? membersOf(db, teamsWithin(db, holder.id), MOST_MEMBERS) : [holder];
  const wanted: GrantRow = {
    ...{ grantId: "", role: role.name, scope: grant.scope },
    ...{ startsAt: grant.startsAt.getTime(), endsAt: grant.endsAt?.getTime() ?? null },
  };
  for (const person of people) {
    const teams = person.teamId === null ? [] : ctx.teamsAbove(db, person.teamId);
    const all = everyGrantOf(db, { identityId: person.id, teams, at });
    const found =
      firstBroken(of("static", separations), [...all.map((one) => one.role), role.name], roles.inheritance) ??
      (grant.mode === "active" ? brokenTogether(separations, [...all, wanted], wanted, roles) : null);
    if (found) throw new DutiesSeparated(person.displayName, found.separation, found.roles);
  }
}

function of(kind: SeparationRow["kind"], separations: readonly SeparationRow[]): SeparationRow[] {
  return separations.filter((one) => one.kind === kind);
}

/** The first dynamic separation that is broken at some moment of a grant by what is held at that moment. */
function brokenTogether(
  separations: readonly SeparationRow[],
  all: readonly (GrantRow & { readonly mode?: "active" | "eligible" })[],
  { startsAt, endsAt }: GrantRow,
  { inheritance }: KnownRoles,
) {
  const active = all.filter(({ mode }) => mode !== "eligible");
  const moments = [startsAt, ...active.map((one) => one.startsAt)].filter(
    (time) => time >= startsAt && time < (endsAt ?? Infinity),
  );
  for (const moment of moments) {
    const broken = firstBroken(of("dynamic", separations), heldAt(active, inheritance, moment).roles, inheritance);
    if (broken) return broken;
  }
  return null;
}

/** What is asked before somebody gives something. */
interface Giving {
  readonly rules: Rules;
  readonly wished: Wished;
  readonly holder: Holder;
}

/**
 * That whoever gives a role within a scope may do so: by holding every permission of it as far and as long, or by the
 * right to give that role there (`role.bind`).
 *
 * @throws {WouldEscalate} with what is missing, and who could; the attempt is in the log.
 */
export async function assertMayGive(ctx: Context, permit: Permit, giving: Giving): Promise<void> {
  const problem = await givingProblem(ctx, ctx.read, giving);
  if (!problem) return;
  const { holder } = giving;
  await commit(permit, async () => ({
    value: undefined,
    event: {
      kind: "grant.refused",
      outcome: "refused",
      object: { type: holder.kind === "team" ? "Team" : "Identity", id: holder.id, name: holder.displayName },
      detail: { ...problem.facts, reason: problem.message },
    },
  }));
  throw problem;
}

/** Why somebody may not give that; null when they may. */
export async function givingProblem(
  ctx: Context,
  db: ReadDatabase,
  { rules: { roles }, wished: { grant, role, chain }, holder }: Giving,
): Promise<WouldEscalate | null> {
  const bind = (await mayBind(ctx, db, role.name, chain)) ? "yes" : "no";
  const wanted = {
    ...{ rights: roles.rightsOf(role.name), chain, until: grant.endsAt?.getTime() ?? Infinity },
    isSameTeam: isOfSameTeam(ctx.actor.teams[0] ?? null, holder),
  };
  const held = bind === "yes" || role.origin === "built-in" ? [] : heldRights(ctx, db, roles);
  const judgement = judgeGiving({ mayBind: bind, origin: role.origin, held, wanted });
  if (judgement === "yes") return null;
  const { missing } = judgement;
  const ask = namesOfHolders(db, "admin", 3);
  const longest = missing === null ? null : longestUntil(held, wanted);
  const facts = { role: role.name, scope: grant.scope, ...(missing && { missing: missing.action }) };
  return new WouldEscalate(whyNot({ ...facts, missing, longest }, ask), { ...facts, ask });
}

function whyNot(
  about: {
    readonly role: string;
    readonly scope: string;
    readonly missing: { readonly action: string; readonly resourceType: string } | null;
    readonly longest: number | null;
  },
  ask: readonly string[],
): string {
  const { role, scope, missing, longest } = about;
  const whom = ask.length === 0 ? "" : `; ask ${ask.join(" or ")}`;
  if (missing === null) return `you may not grant ${role}, for only who may give that role can${whom}`;
  if (longest !== null) {
    return `you hold what ${role} permits until ${new Date(longest).toISOString().slice(0, 16).replace("T", " ")} UTC, and can give it no longer; choose an earlier end${whom}`;
  }
  return `you may not grant ${role} within ${scopeInWords(scope)}, for you do not hold ${missing.action} on ${missing.resourceType} there yourself${whom}`;
}

/** Whether somebody has the right to give a role within a scope. Asked beside, so that a no is no refusal yet. */
export async function mayBind(
  ctx: Context,
  db: ReadDatabase,
  role: string,
  chain: readonly string[],
): Promise<boolean> {
  const { allowed } = await ctx.decide(db, {
    principal: ctx.actor,
    action: "role.bind",
    resource: { type: "Role", id: role, within: chain },
    at: ctx.now(),
    address: ctx.origin.address,
  });
  return allowed;
}

/** The permit to give something to a holder. @throws {Forbidden} */
export function authorizeGrant(
  ctx: Context,
  action: "grant.add" | "grant.change" | "grant.end",
  holder: Pick<Holder, "id" | "kind" | "teamId" | "displayName">,
): Promise<Permit> {
  return authorize(ctx, action, resourceOfGrantTo(holder));
}

/** What permission to give something to a holder is asked on. */
export function resourceOfGrantTo({
  id,
  kind,
  teamId,
  displayName,
}: Pick<Holder, "id" | "kind" | "teamId" | "displayName">) {
  return { type: "Grant", id: "*", name: displayName, kind, teamId, ownerId: kind === "team" ? null : id } as const;
}
