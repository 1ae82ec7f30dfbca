import type { ReadDatabase } from "@/server/kernel/context";
import type { HolderInput } from "./grant-contract";

/** A holder by its id. */
export function findHolder(db: ReadDatabase, { kind, id }: HolderInput): Holder | undefined {
  const row =
    kind === "team"
      ? db.statement(
          "SELECT id, 'team' AS kind, name, name AS displayName, 'active' AS state, id AS teamId FROM teams WHERE id = ?",
        )
      : db.statement(
          "SELECT id, kind, name, display_name AS displayName, state, team_id AS teamId FROM identities WHERE id = ?",
        );
  return row.get(id) as Holder | undefined;
}

/** Whoever holds, or is to hold, a grant. */
export interface Holder {
  readonly id: string;
  readonly kind: "user" | "service" | "node" | "team";
  readonly name: string;
  readonly displayName: string;
  readonly state: "active" | "locked" | "retired";
  /** Of a team itself. */
  readonly teamId: string | null;
}

/** Active members of teams, at most so many. */
export function membersOf(db: ReadDatabase, teams: readonly string[], limit: number): Holder[] {
  return db
    .statement(
      `SELECT id, kind, name, display_name AS displayName, state, team_id AS teamId FROM identities
       WHERE state = 'active' AND team_id IN (SELECT value FROM json_each(?)) ORDER BY kind, name LIMIT ?`,
    )
    .all(JSON.stringify(teams), limit) as Holder[];
}

/** A team and all within it, by their ids. */
export function teamsWithin(db: ReadDatabase, teamId: string): string[] {
  const rows = db
    .statement(
      `WITH RECURSIVE within (id) AS (SELECT ? UNION SELECT teams.id FROM teams JOIN within ON teams.parent_id = within.id)
       SELECT id FROM within`,
    )
    .all(teamId) as { readonly id: string }[];
  return rows.map(({ id }) => id);
}

/** Names, as people read them, of those who hold a built-in role everywhere and are active. */
export function namesOfHolders(db: ReadDatabase, role: string, limit: number): string[] {
  const rows = db
    .statement(
      `SELECT DISTINCT display_name AS name FROM grants
       JOIN roles ON roles.id = role_id JOIN identities ON identities.id = identity_id
       WHERE roles.name = ? AND mode = 'active' AND scope_kind = 'everything' AND state = 'active'
         AND ended_at IS NULL AND ends_at IS NULL ORDER BY 1 LIMIT ?`,
    )
    .all(role, limit) as { readonly name: string }[];
  return rows.map(({ name }) => name);
}

/** Active identities that hold one of some roles, or are in a team that does, now or later. */
export function holdersOfRoles(db: ReadDatabase, roles: readonly string[], at: number): Holder[] {
  return db
    .statement(
      `WITH RECURSIVE given (identity_id, team_id) AS MATERIALIZED (
         SELECT identity_id, team_id FROM grants JOIN roles ON roles.id = role_id
         WHERE roles.name IN (SELECT value FROM json_each(:roles))
           AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > :at)
       ), within (id) AS (
         SELECT team_id FROM given WHERE team_id IS NOT NULL
         UNION SELECT teams.id FROM teams JOIN within ON teams.parent_id = within.id
       )
       SELECT id, kind, name, display_name AS displayName, state, team_id AS teamId FROM identities
       WHERE state = 'active' AND (id IN (SELECT identity_id FROM given) OR team_id IN (SELECT id FROM within))
       ORDER BY kind, name`,
    )
    .all({ roles: JSON.stringify(roles), at }) as Holder[];
}

/** How many active identities are in some teams. */
export function countMembers(db: ReadDatabase, teams: readonly string[]): number {
  const { count } = db
    .statement(
      `SELECT count(*) AS count FROM identities
       WHERE state = 'active' AND team_id IN (SELECT value FROM json_each(?))`,
    )
    .get(JSON.stringify(teams)) as { readonly count: number };
  return count;
}
