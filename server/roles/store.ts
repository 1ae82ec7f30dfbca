import { grants } from "@/drizzle/schema";
import type { Event, ReadDatabase } from "@/server/kernel/context";
import type { Ports } from "@/server/kernel/ports";
import { RoleNeedsTeam } from "./errors";
import { EVERYTHING } from "./model";

/** See `Ports.holdersOf`. */
export async function holdersOf(db: ReadDatabase, role: string): Promise<readonly string[]> {
  const rows = db
    .statement(
      `SELECT DISTINCT identity_id AS id FROM grants JOIN roles ON roles.id = role_id
       WHERE roles.name = ? AND mode = 'active' AND scope_kind = 'everything'
         AND identity_id IS NOT NULL AND ended_at IS NULL AND ends_at IS NULL`,
    )
    .all(role) as { readonly id: string }[];
  return rows.map(({ id }) => id);
}

/** See `Ports.giveRole`. */
export const giveRole: Ports["giveRole"] = async (tx, { identityId, teamId, role, reason, id, by, at }) => {
  const scope = role === "team_lead" ? teamScopeOf(tx, teamId) : EVERYTHING;
  await tx.insert(grants).values({
    ...{ id, roleId: roleIdOf(tx, role), identityId, mode: "active", startsAt: at, reason, createdAt: at },
    ...{ scopeKind: scope === EVERYTHING ? "everything" : "team", scope, createdById: by.id, createdByName: by.name },
  });
  return {
    kind: "grant.added",
    object: { type: "Identity", id: identityId },
    after: { grant: id, role, scope, reason },
  };
};

function teamScopeOf(db: ReadDatabase, teamId: string | null): string {
  const row = db.statement("SELECT name FROM teams WHERE id = ?").get(teamId) as { readonly name: string } | undefined;
  if (!row) throw new RoleNeedsTeam("team_lead");
  return `Team::${row.name}`;
}

function roleIdOf(db: ReadDatabase, name: string): string {
  const row = db.statement("SELECT id FROM roles WHERE name = ?").get(name) as { readonly id: string } | undefined;
  if (!row) throw new Error(`the built-in role ${name} comes with the database`);
  return row.id;
}

/** See `Ports.endGrantsOf`. */
export const endGrantsOf: Ports["endGrantsOf"] = async (tx, { identityId, reason, by, at }) => {
  const rows = tx
    .statement(
      `SELECT grants.id, roles.name AS role, scope FROM grants JOIN roles ON roles.id = role_id
       WHERE identity_id = ? AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > ?)`,
    )
    .all(identityId, at.getTime()) as { readonly id: string; readonly role: string; readonly scope: string }[];
  const end = tx.statement(
    "UPDATE grants SET ended_at = ?, ended_by_id = ?, ended_by_name = ?, end_reason = ? WHERE id = ?",
  );
  return rows.map(({ id, role, scope }): Event => {
    end.run(at.getTime(), by.id, by.name, reason, id);
    return {
      kind: "grant.ended",
      object: { type: "Identity", id: identityId },
      before: { grant: id, role, scope },
      detail: { reason },
    };
  });
};

/** See `Ports.countGrants`. */
export const countGrants: Ports["countGrants"] = async (db, identityId, at) => {
  const { count } = db
    .statement(
      "SELECT count(*) AS count FROM grants WHERE identity_id = ? AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > ?)",
    )
    .get(identityId, at.getTime()) as { readonly count: number };
  return count;
};
