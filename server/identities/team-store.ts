import { and, asc, count, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { identities, teams } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { TeamCount } from "./contract";
import { conditionOf, countOfKind, type IdentityFilter } from "./store";

/**
 * How many identities of each team fit a filter, its own team left out of it. Exact while no more than `budget`
 * identities of that kind are there; beyond that each team is looked through as far as its share goes, and what was not
 * looked at makes its number a lower bound.
 */
export async function countByTeam(db: ReadDatabase, filter: IdentityFilter, budget: number): Promise<TeamCount[]> {
  const fits = conditionOf({ ...filter, teamId: undefined });
  if (countOfKind(db, filter.kind) <= budget) {
    const rows = await db
      .select({ teamId: identities.teamId, count: count() })
      .from(identities)
      .where(and(fits, isNotNull(identities.teamId)))
      .groupBy(identities.teamId);
    return rows.flatMap(({ teamId, count }) => (teamId === null ? [] : [{ teamId, count, isExact: true }]));
  }

  const all = await db.select({ id: teams.id }).from(teams);
  const share = Math.max(1, Math.floor(budget / Math.max(1, all.length)));
  const counts: TeamCount[] = [];
  for (const { id } of all) {
    const looked = db
      .select({ isFitting: sql<number>`${fits}`.as("is_fitting") })
      .from(identities)
      .where(eq(identities.teamId, id))
      .limit(share + 1)
      .as("looked");
    const [row] = await db
      .select({
        count: sql<number>`coalesce(sum(${looked.isFitting}), 0)`.mapWith(Number),
        looked: sql<number>`count(*)`.mapWith(Number),
      })
      .from(looked);
    if (row) counts.push({ teamId: id, count: Math.min(row.count, share), isExact: row.looked <= share });
  }
  return counts;
}

/** Every team by name, without its members. */
export function allTeams(db: ReadDatabase): { id: string; name: string }[] {
  return db.statement("SELECT id, name FROM teams ORDER BY name").all() as { id: string; name: string }[];
}

/** A team as it is kept. */
export interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly createdAt: Date;
}

const columns = { id: teams.id, name: teams.name, parentId: teams.parentId, createdAt: teams.createdAt };

/** Every team, by name. */
export async function listTeamRows(db: ReadDatabase): Promise<TeamRow[]> {
  return db.select(columns).from(teams).orderBy(asc(teams.name));
}

/** A team by its id. */
export async function findTeam(db: ReadDatabase, id: string): Promise<TeamRow | undefined> {
  const [row] = await db.select(columns).from(teams).where(eq(teams.id, id));
  return row;
}

/** A team by its name. */
export async function findTeamByName(db: ReadDatabase, name: string): Promise<TeamRow | undefined> {
  const [row] = await db.select(columns).from(teams).where(eq(teams.name, name));
  return row;
}

/** How many identities of each kind are in each team itself, the retired left out. */
export async function countMembers(
  db: ReadDatabase,
): Promise<{ teamId: string; kind: IdentityFilter["kind"]; count: number }[]> {
  const rows = await db
    .select({ teamId: identities.teamId, kind: identities.kind, count: count() })
    .from(identities)
    .where(and(isNotNull(identities.teamId), inArray(identities.state, ["active", "locked"])))
    .groupBy(identities.teamId, identities.kind);
  return rows.flatMap(({ teamId, ...rest }) => (teamId === null ? [] : [{ teamId, ...rest }]));
}

export async function insertTeam(tx: Transaction, team: TeamRow): Promise<void> {
  await tx.insert(teams).values(team);
}

/** Puts a team within another, or at the top. A trigger refuses a team within itself. */
export async function setTeamParent(tx: Transaction, id: string, parentId: string | null): Promise<void> {
  await tx.update(teams).set({ parentId }).where(eq(teams.id, id));
}
