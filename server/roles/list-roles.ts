import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import { policiesOf } from "./compile";
import { Role, ROLE_WORDS, type RoleDetail, type RoleInput, type RoleList, type RoleSummary } from "./contract";
import { holdersByRole } from "./grant-store";
import { type KnownRoles, knownRoles } from "./known-rights";
import { type RoleRow, usedSince, usesOfRole, versionsOf } from "./role-store";

const UNUSED_AFTER_DAYS = 90;
const DAY = 86_400_000;

/** Every role that there is; those that are retired at the end. */
export async function listRoles(ctx: Context): Promise<RoleList> {
  await authorize(ctx, "role.list", { type: "Role", id: "*" });
  const roles = await summarize(ctx, ctx.read);
  return { roles: roles.toSorted((a, b) => Number(a.retiredAt !== null) - Number(b.retiredAt !== null)) };
}

/** One role with what it permits, as a matrix and in Cedar, and what it was. @throws {Missing} */
export async function getRoleDetail(ctx: Context, { name }: RoleInput): Promise<RoleDetail> {
  await authorize(ctx, "role.read", { type: "Role", id: name });
  const roles = await knownRoles(ctx, ctx.read);
  const role = roles.byName.get(name);
  if (!role) throw new Missing("role", name);
  const { version } = role;
  const line = roles.inheritance.get(name) ?? [name];
  const written = line.flatMap((one) => {
    const definition = roles.byName.get(one)?.version;
    return definition ? policiesOf(one, definition) : [];
  });
  const history = version ? await versionsOf(ctx.read, role.id) : [];
  return {
    ...(await getRoleSummary(ctx, ctx.read, name)),
    definition: version && definitionOf(version),
    number: version?.number ?? null,
    cells: [...roles.rightsOf(name)],
    inheritedBy: [...roles.byName.values()]
      .filter((one) => one.retiredAt === null && one.version?.inherits.includes(name))
      .map((one) => one.name),
    policies: role.origin === "built-in" ? ctx.builtInPoliciesOf(name).map((policy) => ({ ...policy })) : written,
    uses: (await usesOfRole(ctx.read, role.id)).map(({ action, decisions, lastAt }) => ({ action, decisions, lastAt })),
    history: history.map((one) => ({
      ...definitionOf(one),
      ...{
        number: one.number,
        note: one.note,
        at: one.createdAt,
        by: { id: one.createdById, name: one.createdByName },
      },
    })),
  };
}

/** One role as lists show it, freshly read. @throws {Missing} */
export async function getRoleSummary(ctx: Context, db: ReadDatabase, name: string): Promise<RoleSummary> {
  const found = (await summarize(ctx, db)).find((role) => role.name === name);
  if (!found) throw new Missing("role", name);
  return found;
}

async function summarize(ctx: Context, db: ReadDatabase): Promise<RoleSummary[]> {
  const roles = await knownRoles(ctx, db);
  const holders = holdersOfRoles(db, ctx.now());
  const used = usedSince(db, new Date(ctx.now().getTime() - UNUSED_AFTER_DAYS * DAY));
  return [...roles.byName.values()].map((role) => ({
    ...wordsOf(role),
    ...{ name: role.name, origin: role.origin, retiredAt: role.retiredAt },
    version: role.version ? `version ${role.version.number}` : ctx.builtInPoliciesVersion,
    inherits: role.version?.inherits ?? [],
    ...countActions(roles, role, used),
    holders: holders.get(role.name) ?? NOBODY,
    changedAt: role.version?.createdAt ?? null,
  }));
}

function countActions(
  roles: KnownRoles,
  { id, name, origin }: RoleRow,
  used: ReadonlyMap<string, ReadonlySet<string>>,
) {
  const actions = new Set(roles.ownRightsOf(name).map(({ action }) => action));
  const recent = used.get(id);
  const unused = [...actions].filter((action) => !recent?.has(action)).length;
  return { actions: actions.size, unused: origin === "built-in" ? null : unused };
}

function wordsOf({ name, version }: RoleRow): Pick<RoleSummary, "title" | "description"> {
  if (version) return { title: version.title, description: version.description };
  const builtIn = Role.safeParse(name).data;
  return builtIn ? { title: ROLE_WORDS[builtIn], description: BUILT_IN[builtIn] } : { title: name, description: "" };
}

const BUILT_IN: Readonly<Record<Role, string>> = {
  admin: "Does everything in this console, and gives any role.",
  auditor: "Reads everything, the log included, and changes nothing.",
  team_lead: "Reads everything but the log, and looks after the people, services, nodes and resources of one team.",
};

const NOBODY: RoleSummary["holders"] = { people: 0, services: 0, nodes: 0, teams: 0 };
const COLUMN = { user: "people", service: "services", node: "nodes", team: "teams" } as const;

function holdersOfRoles(db: ReadDatabase, at: Date): ReadonlyMap<string, RoleSummary["holders"]> {
  const holders = new Map<string, RoleSummary["holders"]>();
  for (const { role, kind, count } of holdersByRole(db, at)) {
    holders.set(role, { ...(holders.get(role) ?? NOBODY), [COLUMN[kind]]: count });
  }
  return holders;
}

function definitionOf({ title, description, inherits, permissions }: NonNullable<RoleRow["version"]>) {
  return { title, description, inherits, permissions };
}
