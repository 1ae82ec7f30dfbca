import type { ReadDatabase } from "@/server/kernel/context";
import type { TeamMove } from "./team-contract";

/** What holds at a moment: neither ended nor over, and active or activated. */
const IN_FORCE = `
  grants.ended_at IS NULL AND grants.starts_at <= :at AND (grants.ends_at IS NULL OR grants.ends_at > :at)
  AND (mode = 'active' OR EXISTS (
    SELECT 1 FROM grant_activations AS activation
    WHERE activation.grant_id = grants.id AND activation.ended_at IS NULL
      AND activation.starts_at <= :at AND activation.ends_at > :at))`;

/** The role comes with the program, and is given to people one by one. */
const LEADS = `
  SELECT DISTINCT identities.id, display_name AS displayName, teams.id AS teamId
  FROM grants
  JOIN identities ON identities.id = grants.identity_id AND identities.state = 'active'
  LEFT JOIN teams ON 'Team::' || teams.name = scope
  WHERE role_id = 'rol_team_lead' AND (scope = 'everything' OR teams.id IS NOT NULL) AND ${IN_FORCE}
  ORDER BY display_name, identities.id`;

/** Who leads, and which team they were given; null is everywhere. */
export interface Lead {
  readonly id: string;
  readonly displayName: string;
  readonly teamId: string | null;
}

/** Active people who hold the role of a team lead at a moment, by name. */
export function listLeads(db: ReadDatabase, at: Date): Lead[] {
  return db.statement(LEADS).all({ at: at.getTime() }) as Lead[];
}

const HELD_BY_TEAMS = `
  SELECT team_id AS teamId, count(*) AS count FROM grants
  WHERE team_id IS NOT NULL AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > ?)
  GROUP BY team_id`;

/** How many grants each team holds itself; a team that is left out holds none. */
export function countTeamGrants(db: ReadDatabase, at: Date): { teamId: string; count: number }[] {
  return db.statement(HELD_BY_TEAMS).all(at.getTime()) as { teamId: string; count: number }[];
}

type MovedGrants = TeamMove["gained"];
type MovedGrant = MovedGrants["held"][number];

const MOVED = `
  SELECT roles.name AS role, coalesce(identities.display_name, holders.name) AS holder, scope
  FROM grants
  JOIN roles ON roles.id = grants.role_id
  LEFT JOIN identities ON identities.id = grants.identity_id
  LEFT JOIN teams AS holders ON holders.id = grants.team_id
  WHERE grants.ended_at IS NULL AND (grants.ends_at IS NULL OR grants.ends_at > :at)`;
const BY_NAME = "ORDER BY role, holder, scope";

/** What some teams hold, and what is held within them: what being within them makes of a team. */
export function grantsAround(db: ReadDatabase, teamIds: readonly string[], at: Date): MovedGrants {
  const given = { at: at.getTime(), teams: JSON.stringify(teamIds) };
  const held = `${MOVED} AND grants.team_id IN (SELECT value FROM json_each(:teams)) ${BY_NAME}`;
  const reaching = `${MOVED} AND scope_kind = 'team' AND scope IN (
    SELECT 'Team::' || teams.name FROM teams JOIN json_each(:teams) AS wanted ON wanted.value = teams.id) ${BY_NAME}`;
  return {
    held: db.statement(held).all(given) as MovedGrant[],
    reaching: db.statement(reaching).all(given) as MovedGrant[],
  };
}
