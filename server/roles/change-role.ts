import type { Context, Event, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import { policiesOf, type RolePolicy } from "./compile";
import type {
  CreateRoleInput,
  PreviewRoleInput,
  RetireRoleInput,
  RoleDefinition,
  RolePreview,
  RoleSummary,
  UpdateRoleInput,
} from "./contract";
import {
  DutiesSeparated,
  RoleChanged,
  RoleCycle,
  RoleIsBuiltIn,
  RoleNameTaken,
  RoleRefused,
  RoleRetired,
  WouldEscalate,
} from "./errors";
import { markGrantEnded, listGrantRows, type KeptGrant } from "./grant-store";
import { namesOfHolders } from "./holder-store";
import { closureOf, cycleThrough } from "./held";
import { directlyInherited } from "./held-store";
import { heldRights, type KnownRoles, knownRoles } from "./known-rights";
import { objectOf } from "./end-grants";
import { getRoleSummary } from "./list-roles";
import { mayBind } from "./may-give";
import { missingToWrite, rightsOf } from "./rights";
import {
  allSeparations,
  findRole,
  insertRole,
  insertVersion,
  keepUsesOf,
  markRetired,
  type RoleRow,
} from "./role-store";
import { firstBroken } from "./separation";
import { EVERYTHING } from "./model";

/**
 * Makes a role and puts its policies in force. Whoever makes it holds everything that it permits, everywhere, or may give
 * any role.
 *
 * @throws {RoleNameTaken} @throws {RoleCycle} @throws {RoleRefused} @throws {WouldEscalate}
 */
export async function createRole(ctx: Context, { name, note, ...definition }: CreateRoleInput): Promise<RoleSummary> {
  const permit = await authorize(ctx, "role.create", { type: "Role", id: name });
  if (await findRole(ctx.read, name)) throw new RoleNameTaken(name);
  const { policies, actions } = await examine(ctx, name, definition);
  const prepared = await ctx.prepareRolePolicies(ctx, { role: name, policies, note: `Role ${name}: ${note}` });

  return commit(permit, async (tx) => {
    if (await findRole(tx, name)) throw new RoleNameTaken(name);
    const id = ctx.newId("rol");
    await insertRole(tx, { id, name, origin: "written", createdAt: ctx.now() });
    await insertVersion(tx, { ...definition, ...versionBy(ctx, { roleId: id, number: 1, note }) });
    await keepUsesOf(tx, id, actions);
    const { epoch, events } = await prepared.write(tx);
    return {
      value: await getRoleSummary(ctx, tx, name),
      event: eventOf("role.created", name, { epoch, note }, { after: definition }),
      also: events,
    };
  });
}

/**
 * Makes a role something else, and puts that in force. Whoever does it holds what is added, everywhere, or may give any role.
 *
 * @throws {Missing} @throws {RoleIsBuiltIn} @throws {RoleRetired} @throws {RoleChanged} and as `createRole`
 */
export async function updateRole(ctx: Context, input: UpdateRoleInput): Promise<RoleSummary> {
  const { name, base, note, ...definition } = input;
  const permit = await authorize(ctx, "role.update", { type: "Role", id: name });
  const old = writtenRole(await getRole(ctx.read, name));
  assertBase(old, base);
  const { policies, actions } = await examine(ctx, name, definition);
  const prepared = await ctx.prepareRolePolicies(ctx, { role: name, policies, note: `Role ${name}: ${note}` });

  return commit(permit, async (tx) => {
    const { id, version } = assertBase(writtenRole(await getRole(tx, name)), base);
    await insertVersion(tx, { ...definition, ...versionBy(ctx, { roleId: id, number: base + 1, note }) });
    await keepUsesOf(tx, id, actions);
    const { epoch, events } = await prepared.write(tx);
    return {
      value: await getRoleSummary(ctx, tx, name),
      event: eventOf("role.updated", name, { epoch, note }, { before: definitionOf(version), after: definition }),
      also: events,
    };
  });
}

/**
 * Ends a role for good: its grants end and its policies go. Its name is never given again.
 *
 * @throws {Missing} @throws {RoleIsBuiltIn} @throws {RoleRetired} @throws {RoleRefused} while other roles inherit it
 */
export async function retireRole(ctx: Context, { name, reason }: RetireRoleInput): Promise<RoleSummary> {
  const permit = await authorize(ctx, "role.retire", { type: "Role", id: name });
  writtenRole(await getRole(ctx.read, name));
  const heirs = [...directlyInherited(ctx.read)]
    .filter(([, inherits]) => inherits.includes(name))
    .map(([heir]) => heir);
  if (heirs.length > 0) throw new RoleRefused([`${heirs.join(", ")} inherits it; take it out there first`]);
  const prepared = await ctx.prepareRolePolicies(ctx, { role: name, policies: [], note: `Role ${name}: ${reason}` });

  return commit(permit, async (tx) => {
    const role = writtenRole(await getRole(tx, name));
    const at = ctx.now();
    const by = { id: ctx.actor.id, name: ctx.actor.name };
    const grants = listGrantRows(
      tx,
      { role: name, isEnded: "current", at: at.getTime() },
      { before: null, limit: Number.MAX_SAFE_INTEGER },
    );
    for (const { id } of grants) await markGrantEnded(tx, id, { at, by, reason: `role retired: ${reason}` });
    await markRetired(tx, role.id, at);
    const { epoch, events } = await prepared.write(tx);
    return {
      value: await getRoleSummary(ctx, tx, name),
      event: eventOf("role.retired", name, { epoch, reason, endedGrants: grants.length }, {}),
      also: [...events, ...grants.map((grant) => endedWith(grant, name))],
    };
  });
}

/** A role as it would be in Cedar, with what it would permit and every problem in words; nothing is kept. */
export async function previewRole(ctx: Context, { name, ...definition }: PreviewRoleInput): Promise<RolePreview> {
  await authorize(ctx, "role.read", { type: "Role", id: name });
  const policies = policiesOf(name, definition);
  const roles = await knownRoles(ctx, ctx.read);
  const cells = [
    ...rightsOf(name, definition.permissions, roles.actions),
    ...definition.inherits.flatMap((role) => roles.rightsOf(role)).filter(({ from }) => from !== name),
  ];
  return { policies: [...policies], cells, problems: await problemsOf(ctx, name, definition, policies) };
}

interface Examined {
  readonly policies: readonly RolePolicy[];
  readonly actions: ReadonlySet<string>;
}

/** @throws {RoleCycle} @throws {RoleRefused} @throws {DutiesSeparated} @throws {WouldEscalate} */
async function examine(ctx: Context, name: string, definition: RoleDefinition): Promise<Examined> {
  const policies = policiesOf(name, definition);
  const inherits = directlyInherited(ctx.read).set(name, definition.inherits);
  const way = cycleThrough(inherits, name);
  if (way) throw new RoleCycle(way);
  const problems = await problemsOf(ctx, name, definition, policies);
  if (problems.length > 0) throw new RoleRefused(problems);
  const roles = await knownRoles(ctx, ctx.read);
  const separations = (await allSeparations(ctx.read)).filter(({ kind }) => kind === "static");
  const broken = firstBroken(separations, [name], closureOf(inherits));
  if (broken) throw new DutiesSeparated(`whoever holds ${name}`, broken.separation, broken.roles);
  await assertMayWrite(ctx, name, definition, roles);
  const rights = rightsOf(name, definition.permissions, roles.actions);
  return { policies, actions: new Set(rights.map(({ action }) => action)) };
}

/** Whoever may give any role everywhere may write what it is; anybody else holds what is added, everywhere and for ever. */
async function assertMayWrite(
  ctx: Context,
  name: string,
  definition: RoleDefinition,
  roles: KnownRoles,
): Promise<void> {
  if (await mayBind(ctx, ctx.read, name, [EVERYTHING])) return;
  const after = [
    ...rightsOf(name, definition.permissions, roles.actions),
    ...definition.inherits.flatMap((role) => roles.rightsOf(role)),
  ];
  const missing = missingToWrite(heldRights(ctx, ctx.read, roles), { before: roles.rightsOf(name), after });
  if (!missing) return;
  const ask = namesOfHolders(ctx.read, "admin", 3);
  throw new WouldEscalate(
    `you may not add ${missing.action} on ${missing.resourceType} to ${name}, for you do not hold it everywhere yourself${ask.length > 0 ? `; ask ${ask.join(" or ")}` : ""}`,
    { role: name, missing: missing.action, ask },
  );
}

async function problemsOf(
  ctx: Context,
  name: string,
  { inherits, permissions }: RoleDefinition,
  policies: readonly RolePolicy[],
): Promise<string[]> {
  const known = directlyInherited(ctx.read);
  const actions = ctx.knownActions(ctx.read);
  const names = new Set(actions.flatMap((action) => [action.name, ...action.groups]));
  const problems = inherits
    .filter((role) => role !== name && !known.has(role))
    .map((role) => `inherits: there is no role ${role}`);
  const builtIn = await Promise.all(
    inherits.map(async (role) => (await findRole(ctx.read, role))?.origin === "built-in"),
  );
  for (const [at, role] of inherits.entries()) {
    if (builtIn[at]) problems.push(`inherits: ${role} is built in, and what it permits is given by itself alone`);
  }
  for (const [at, { actions: wanted }] of permissions.entries()) {
    for (const action of wanted) {
      if (!names.has(action)) problems.push(`permission ${at + 1}: there is no action ${action}`);
    }
  }
  return problems.length > 0 ? problems : ctx.checkRolePolicies(ctx.read, policies);
}

/** @throws {Missing} */
export async function getRole(db: ReadDatabase, name: string): Promise<RoleRow> {
  const role = await findRole(db, name);
  if (!role) throw new Missing("role", name);
  return role;
}

type WrittenRole = RoleRow & { readonly version: NonNullable<RoleRow["version"]> };

function writtenRole(role: RoleRow): WrittenRole {
  if (role.origin === "built-in" || role.version === null) throw new RoleIsBuiltIn(role.name);
  if (role.retiredAt !== null) throw new RoleRetired(role.name);
  return { ...role, version: role.version };
}

function assertBase(role: WrittenRole, base: number): WrittenRole {
  const { number, createdByName } = role.version;
  if (number !== base) throw new RoleChanged(role.name, createdByName, number);
  return role;
}

function versionBy(ctx: Context, rest: { readonly roleId: string; readonly number: number; readonly note: string }) {
  return { ...rest, createdAt: ctx.now(), createdById: ctx.actor.id, createdByName: ctx.actor.name };
}

function definitionOf({ title, description, inherits, permissions }: RoleDefinition): RoleDefinition {
  return { title, description, inherits, permissions };
}

function eventOf(kind: string, name: string, detail: Event["detail"], change: Pick<Event, "before" | "after">): Event {
  return { kind, object: { type: "Role", id: name, name }, detail: { ...detail }, ...change };
}

function endedWith(grant: KeptGrant, role: string): Event {
  const { id, scope } = grant;
  return {
    kind: "grant.ended",
    object: objectOf(grant),
    before: { grant: id, role, scope },
    detail: { reason: "role retired" },
  };
}
