import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import type { Conflict, PutSeparationInput, Separation, SeparationInput, SeparationList } from "./contract";
import { RoleRefused } from "./errors";
import { everyGrantOf } from "./grant-store";
import { holdersOfRoles, type Holder } from "./holder-store";
import { heldAt, type Inheritance } from "./held";
import { inheritanceOf } from "./held-store";
import { allSeparations, deleteSeparation, putSeparationRow, type SeparationRow } from "./role-store";
import { brokenBy } from "./separation";

const EVERY = { type: "Separation", id: "*" } as const;

/** Every separation of duties, and who has today what they keep apart. */
export async function listSeparations(ctx: Context): Promise<SeparationList> {
  await authorize(ctx, "separation.list", EVERY);
  const rows = await allSeparations(ctx.read);
  const inheritance = inheritanceOf(ctx.read);
  return {
    separations: rows.map(summarize),
    conflicts: rows.flatMap((row) => conflictsOf(ctx, row, inheritance)),
  };
}

/**
 * Keeps roles apart from now on. Who has them together already is listed, and loses nothing by it.
 *
 * @throws {RoleRefused} for a role that is not there
 */
export async function putSeparation(ctx: Context, input: PutSeparationInput): Promise<Separation> {
  const { name, kind, roles, limit, reason } = input;
  const permit = await authorize(ctx, "separation.put", { type: "Separation", id: name });
  const known = inheritanceOf(ctx.read);
  const missing = roles.filter((role) => !known.has(role));
  if (missing.length > 0) throw new RoleRefused(missing.map((role) => `there is no role ${role}`));

  return commit(permit, async (tx) => {
    const old = await findSeparation(tx, name);
    const row: SeparationRow = {
      ...{ id: old?.id ?? ctx.newId("sep"), name, kind, roles: [...new Set(roles)].sort(), limit, reason },
      ...{ updatedAt: ctx.now(), updatedById: ctx.actor.id, updatedByName: ctx.actor.name },
    };
    await putSeparationRow(tx, row);
    return {
      value: summarize(row),
      event: {
        kind: "separation.put",
        object: { type: "Separation", id: name, name },
        ...(old && { before: factsOf(old) }),
        after: factsOf(row),
      },
    };
  });
}

/** Keeps them apart no more. @throws {Missing} */
export async function removeSeparation(ctx: Context, { name }: SeparationInput): Promise<Separation> {
  const permit = await authorize(ctx, "separation.remove", { type: "Separation", id: name });
  return commit(permit, async (tx) => {
    const row = await findSeparation(tx, name);
    if (!row) throw new Missing("separation", name);
    await deleteSeparation(tx, name);
    return {
      value: summarize(row),
      event: { kind: "separation.removed", object: { type: "Separation", id: name, name }, before: factsOf(row) },
    };
  });
}

async function findSeparation(db: ReadDatabase, name: string): Promise<SeparationRow | undefined> {
  return (await allSeparations(db)).find((row) => row.name === name);
}

/** Who has too many of the separated roles: by whatever they hold, or for a dynamic one by what is in force now. */
function conflictsOf(ctx: Context, separation: SeparationRow, inheritance: Inheritance): Conflict[] {
  const at = ctx.now().getTime();
  const heirs = [...inheritance].filter(([, line]) => line.some((role) => separation.roles.includes(role)));
  const people = holdersOfRoles(
    ctx.read,
    heirs.map(([role]) => role),
    at,
  );
  return people.flatMap((holder) => {
    const roles = brokenBy(separation, rolesOf(ctx, holder, separation.kind, inheritance));
    if (!roles || holder.kind === "team") return [];
    const { kind, id, displayName: name } = holder;
    return [{ separation: separation.name, holder: { kind, id, name }, roles: [...roles] }];
  });
}

function rolesOf(
  ctx: Context,
  holder: Holder,
  kind: SeparationRow["kind"],
  inheritance: Inheritance,
): readonly string[] {
  const at = ctx.now();
  if (kind === "dynamic") return ctx.heldBy(ctx.read, holder, at).roles;
  const teams = holder.teamId === null ? [] : ctx.teamsAbove(ctx.read, holder.teamId);
  const all = everyGrantOf(ctx.read, { identityId: holder.id, teams, at: at.getTime() });
  return heldAt(
    all.map((one) => ({ ...one, startsAt: 0, endsAt: null })),
    inheritance,
    at.getTime(),
  ).roles;
}

function summarize({ name, kind, roles, limit, reason, updatedAt, updatedByName }: SeparationRow): Separation {
  return { name, kind, roles, limit, reason, updatedAt, updatedBy: updatedByName };
}

function factsOf({ kind, roles, limit, reason }: SeparationRow) {
  return { kind, roles, limit, reason };
}
