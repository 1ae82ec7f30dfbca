import { and, count, eq, isNotNull, sql } from "drizzle-orm";
import { identities, teams } from "@/drizzle/schema";
import type { ReadDatabase } from "@/server/kernel/context";
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
