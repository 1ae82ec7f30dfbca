import type { Context, ReadDatabase, Resource } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import type { IdentitySummary } from "./contract";
import { IdentityRetired, LastAdmin } from "./errors";
import { countActive, findIdentityRow, type IdentityRow } from "./store";
import { findTeam, type TeamRow } from "./team-store";

/** @throws {Missing} */
export async function getIdentityRow(db: ReadDatabase, id: string): Promise<IdentityRow> {
  const row = await findIdentityRow(db, id);
  if (!row) throw new Missing("identity", id);
  return row;
}

/** What permissions on an identity are asked with. */
export function resourceOf(row: IdentityRow): Resource {
  return { type: "Identity", id: row.id, name: row.displayName, kind: row.kind, teamId: row.teamId };
}

/** An identity as lists show it. */
export async function summarizeIdentity(ctx: Context, db: ReadDatabase, row: IdentityRow): Promise<IdentitySummary> {
  const { hasTotp, teamId, teamName, ...facts } = row;
  return {
    ...facts,
    team: teamId === null ? null : { id: teamId, name: teamName ?? teamId },
    roles: row.kind === "user" ? [...ctx.heldBy(db, row, ctx.now()).roles] : [],
    hasSecondFactor: row.kind === "user" ? hasTotp : null,
  };
}

/** The same, freshly read inside a commit. */
export async function summaryOf(ctx: Context, db: ReadDatabase, id: string): Promise<IdentitySummary> {
  return summarizeIdentity(ctx, db, await getIdentityRow(db, id));
}

/** Whether nobody could administer the console without this identity. */
export async function isLastAdmin(
  { holdersOf }: Pick<Context, "holdersOf">,
  db: ReadDatabase,
  row: Pick<IdentityRow, "id" | "kind" | "state">,
): Promise<boolean> {
  if (row.state !== "active" || row.kind !== "user") return false;
  const admins = await holdersOf(db, "admin");
  return admins.includes(row.id) && (await countActive(db, admins)) === 1;
}

/** @throws {LastAdmin} */
export async function assertNotLastAdmin(ctx: Context, db: ReadDatabase, row: IdentityRow): Promise<void> {
  if (await isLastAdmin(ctx, db, row)) throw new LastAdmin(row.displayName);
}

/** @throws {IdentityRetired} */
export function assertNotRetired(row: IdentityRow): void {
  if (row.state === "retired") throw new IdentityRetired(row.displayName);
}

/** @throws {Missing} when a team is named that is not there. */
export async function assertTeam(db: ReadDatabase, teamId: string | null | undefined): Promise<void> {
  if (teamId != null && !(await findTeam(db, teamId))) throw new Missing("team", teamId);
}

/** @throws {Missing} */
export async function getTeamRow(db: ReadDatabase, id: string): Promise<TeamRow> {
  const team = await findTeam(db, id);
  if (!team) throw new Missing("team", id);
  return team;
}
