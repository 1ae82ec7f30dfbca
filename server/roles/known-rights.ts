import type { Context, ReadDatabase } from "@/server/kernel/context";
import type { KnownAction } from "@/server/kernel/ports";
import { inheritanceOf } from "./held-store";
import type { Inheritance } from "./held";
import { type HeldRight, type Right, rightsOf } from "./rights";
import { allRoles, type RoleRow } from "./role-store";
import { everyGrantOf } from "./grant-store";

/** All roles as they are, with what each gives. */
export interface KnownRoles {
  readonly byName: ReadonlyMap<string, RoleRow>;
  readonly inheritance: Inheritance;
  readonly actions: readonly KnownAction[];
  /** What a role gives by itself. */
  ownRightsOf(role: string): readonly Right[];
  /** With all that it inherits. */
  rightsOf(role: string): readonly Right[];
}

/** Reads all roles. What is written of one that is to be stands in the place of what is kept. */
export async function knownRoles(ctx: Pick<Context, "knownActions">, db: ReadDatabase): Promise<KnownRoles> {
  const byName = new Map((await allRoles(db)).map((role) => [role.name, role]));
  return knownRolesOf(byName, inheritanceOf(db), ctx.knownActions(db));
}

/** Roles with what each gives. */
export function knownRolesOf(
  byName: ReadonlyMap<string, RoleRow>,
  inheritance: Inheritance,
  actions: readonly KnownAction[],
): KnownRoles {
  const own = new Map<string, readonly Right[]>();
  const ownRightsOf = (role: string) => {
    let rights = own.get(role);
    if (!rights) own.set(role, (rights = rightsOf(role, byName.get(role)?.version?.permissions ?? [], actions)));
    return rights;
  };
  return {
    ...{ byName, inheritance, actions, ownRightsOf },
    rightsOf: (role) => (inheritance.get(role) ?? [role]).flatMap(ownRightsOf),
  };
}

/** What somebody has now by written roles, with how far and how long. */
export function heldRights(ctx: Context, db: ReadDatabase, roles: KnownRoles): readonly HeldRight[] {
  const { actor } = ctx;
  const at = ctx.now().getTime();
  const teams = actor.teams.flatMap((team) => ctx.teamsAbove(db, team));
  const held = new Set(
    ctx.heldBy(db, { id: actor.id, teamId: actor.teams[0] ?? null }, ctx.now()).grants.map(({ id }) => id),
  );
  return everyGrantOf(db, { identityId: actor.id, teams, at })
    .filter(({ grantId, mode }) => mode === "active" && held.has(grantId))
    .flatMap(({ role, scope, endsAt }) =>
      roles.rightsOf(role).map((right) => ({ ...right, scope, until: endsAt ?? Infinity })),
    );
}
