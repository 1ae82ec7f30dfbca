import { eq } from "drizzle-orm";
import { grantActivations, grants } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import { titleOfBuiltIn } from "./contract";
import type { GrantSummary } from "./grant-contract";
import type { GrantRow } from "./held";

/** A grant as it is kept, with what lists show beside it. Times in milliseconds since 1970. */
export interface KeptGrant {
  readonly id: string;
  readonly roleName: string;
  readonly roleTitle: string | null;
  readonly holderKind: "user" | "service" | "node" | "team";
  readonly holderId: string;
  readonly holderName: string;
  /** Of an identity its team, of a team itself. */
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly scope: string;
  readonly mode: "active" | "eligible";
  readonly activationHours: number | null;
  /** The end of the newest activation, as far as anybody let it come to its end. */
  readonly activatedUntil: number | null;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly reason: string;
  readonly ticket: string | null;
  readonly createdAt: number;
  readonly createdById: string;
  readonly createdByName: string;
  readonly endedAt: number | null;
  readonly endedByName: string | null;
  readonly endReason: string | null;
  readonly decisions: number;
  readonly lastUsedAt: number | null;
}

const SELECT = `
  SELECT grants.id, roles.name AS roleName,
    (SELECT title FROM role_versions WHERE role_id = roles.id ORDER BY number DESC LIMIT 1) AS roleTitle,
    coalesce(identities.kind, 'team') AS holderKind, coalesce(grants.identity_id, grants.team_id) AS holderId,
    coalesce(identities.display_name, own.name) AS holderName,
    coalesce(own.id, around.id) AS teamId, coalesce(own.name, around.name) AS teamName,
    scope, mode, activation_hours AS activationHours,
    (SELECT max(activation.ends_at) FROM grant_activations AS activation
      WHERE activation.grant_id = grants.id AND activation.ended_at IS NULL) AS activatedUntil,
    grants.starts_at AS startsAt, grants.ends_at AS endsAt, reason, ticket, grants.created_at AS createdAt,
    created_by_id AS createdById, created_by_name AS createdByName,
    grants.ended_at AS endedAt, ended_by_name AS endedByName, end_reason AS endReason,
    decisions, last_at AS lastUsedAt
  FROM grants
  JOIN roles ON roles.id = grants.role_id
  JOIN grant_uses ON grant_uses.grant_id = grants.id
  LEFT JOIN identities ON identities.id = grants.identity_id
  LEFT JOIN teams AS around ON around.id = identities.team_id
  LEFT JOIN teams AS own ON own.id = grants.team_id`;

/** One grant. */
export function findGrant(db: ReadDatabase, id: string): KeptGrant | undefined {
  return db.statement(`${SELECT} WHERE grants.id = ?`).get(id) as KeptGrant | undefined;
}

/** What a list asks for. Times in milliseconds since 1970. */
export interface GrantFilter {
  readonly role?: string | undefined;
  /** Ids of identities and teams that hold them. */
  readonly holders?: readonly string[] | undefined;
  /** Ids of teams: what they hold, and what identities in them hold. */
  readonly teams?: readonly string[] | undefined;
  readonly isEnded: "ended" | "current";
  readonly endsBefore?: number | undefined;
  /** Made before, and not used since. */
  readonly unusedSince?: number | undefined;
  readonly at: number;
}

/** Grants that fit, the newest first, those before a place, at most so many. */
export function listGrantRows(
  db: ReadDatabase,
  filter: GrantFilter,
  page: { readonly before: string | null; readonly limit: number },
): KeptGrant[] {
  const { where, values } = conditionOf(filter);
  return db
    .statement(
      `${SELECT} WHERE ${where} AND (:before IS NULL OR grants.id < :before) ORDER BY grants.id DESC LIMIT :limit`,
    )
    .all({ ...values, ...page }) as KeptGrant[];
}

/** How many grants fit. */
export function countGrantRows(db: ReadDatabase, filter: GrantFilter): number {
  const { where, values } = conditionOf(filter);
  const { count } = db
    .statement(
      `SELECT count(*) AS count FROM grants
       JOIN roles ON roles.id = grants.role_id
       JOIN grant_uses ON grant_uses.grant_id = grants.id
       LEFT JOIN identities ON identities.id = grants.identity_id
       WHERE ${where}`,
    )
    .get(values) as { readonly count: number };
  return count;
}

function conditionOf(filter: GrantFilter): { where: string; values: Record<string, string | number> } {
  const { at, role, holders, teams, isEnded, endsBefore, unusedSince } = filter;
  const current = "grants.ended_at IS NULL AND (grants.ends_at IS NULL OR grants.ends_at > :at)";
  const parts = [isEnded === "current" ? current : `NOT (${current})`];
  const values: Record<string, string | number> = { at };
  if (role !== undefined) {
    parts.push("roles.name = :role");
    values.role = role;
  }
  if (holders) {
    const among = "(SELECT value FROM json_each(:holders))";
    parts.push(`(grants.identity_id IN ${among} OR grants.team_id IN ${among})`);
    values.holders = JSON.stringify(holders);
  }
  if (teams) {
    const among = "(SELECT value FROM json_each(:teams))";
    parts.push(`(identities.team_id IN ${among} OR grants.team_id IN ${among})`);
    values.teams = JSON.stringify(teams);
  }
  if (endsBefore !== undefined) {
    parts.push("grants.ends_at <= :endsBefore");
    values.endsBefore = endsBefore;
  }
  if (unusedSince !== undefined) {
    parts.push("grants.created_at <= :unusedSince AND coalesce(last_at, 0) <= :unusedSince");
    values.unusedSince = unusedSince;
  }
  return { where: parts.join(" AND "), values };
}

/** A grant for people, as it stands at a moment. */
export function summarizeGrant(grant: KeptGrant, at: number): GrantSummary {
  const { id, roleName, roleTitle, holderKind, holderId, holderName, scope, mode, activationHours } = grant;
  const { reason, ticket, decisions } = grant;
  const isActivated = grant.activatedUntil !== null && grant.activatedUntil > at;
  return {
    ...{ id, scope, mode, activationHours, reason, ticket, decisions },
    role: { name: roleName, title: roleTitle ?? titleOfBuiltIn(roleName) },
    holder: {
      ...{ kind: holderKind, id: holderId, name: holderName },
      team:
        holderKind === "team" || grant.teamId === null
          ? null
          : { id: grant.teamId, name: grant.teamName ?? grant.teamId },
    },
    activatedUntil: isActivated ? new Date(grant.activatedUntil ?? 0) : null,
    state: stateOf(grant, at),
    startsAt: new Date(grant.startsAt),
    endsAt: dateOf(grant.endsAt),
    createdAt: new Date(grant.createdAt),
    createdBy: { id: grant.createdById, name: grant.createdByName },
    ended: endOf(grant, at),
    lastUsedAt: dateOf(grant.lastUsedAt),
  };
}

/** How a grant stands at a moment. */
export function stateOf(grant: KeptGrant, at: number): GrantSummary["state"] {
  if (grant.endedAt !== null || (grant.endsAt !== null && grant.endsAt <= at)) return "ended";
  if (grant.startsAt > at) return "waiting";
  if (grant.mode === "active") return "active";
  return grant.activatedUntil !== null && grant.activatedUntil > at ? "activated" : "eligible";
}

function endOf({ endedAt, endedByName, endReason, endsAt }: KeptGrant, at: number): GrantSummary["ended"] {
  if (endedAt !== null) return { at: new Date(endedAt), by: endedByName ?? "", reason: endReason ?? "" };
  if (endsAt !== null && endsAt <= at) return { at: new Date(endsAt), by: "the clock", reason: "its time was over" };
  return null;
}

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}

/** Keeps a grant. */
export async function insertGrant(tx: Transaction, row: typeof grants.$inferInsert): Promise<void> {
  await tx.insert(grants).values(row);
}

/** Moves the end of a grant. */
export async function moveEnd(tx: Transaction, id: string, endsAt: Date | null): Promise<void> {
  await tx.update(grants).set({ endsAt }).where(eq(grants.id, id));
}

/** Ends a grant now. */
export async function markGrantEnded(
  tx: Transaction,
  id: string,
  {
    at,
    by,
    reason,
  }: { readonly at: Date; readonly by: { readonly id: string; readonly name: string }; readonly reason: string },
): Promise<void> {
  await tx
    .update(grants)
    .set({ endedAt: at, endedById: by.id, endedByName: by.name, endReason: reason })
    .where(eq(grants.id, id));
}

/** Keeps an activation. */
export async function insertActivation(tx: Transaction, row: typeof grantActivations.$inferInsert): Promise<void> {
  await tx.insert(grantActivations).values(row);
}

/** Ends the activations of a grant by somebody; answers how many. */
export function endActivations(
  tx: Transaction,
  { grantId, identityId, at }: { readonly grantId: string; readonly identityId: string; readonly at: Date },
): number {
  return tx
    .statement(
      `UPDATE grant_activations SET ended_at = :at
       WHERE grant_id = :grantId AND identity_id = :identityId AND ended_at IS NULL AND ends_at > :at`,
    )
    .run({ grantId, identityId, at: at.getTime() }).changes;
}

/**
 * Every grant of a holder that has not ended, those of an identity's teams included, as if each were active for all of its
 * time: what somebody has or could come to have.
 */
export function everyGrantOf(
  db: ReadDatabase,
  {
    identityId,
    teams,
    at,
  }: { readonly identityId: string | null; readonly teams: readonly string[]; readonly at: number },
): (GrantRow & { readonly mode: "active" | "eligible" })[] {
  return db
    .statement(
      `SELECT grants.id AS grantId, roles.name AS role, scope, mode, starts_at AS startsAt, ends_at AS endsAt
       FROM grants JOIN roles ON roles.id = role_id
       WHERE (identity_id = :identityId OR team_id IN (SELECT value FROM json_each(:teams)))
         AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > :at)`,
    )
    .all({ identityId, teams: JSON.stringify(teams), at }) as (GrantRow & { mode: "active" | "eligible" })[];
}

/** How many grants of each role have not ended, by what holds them. */
export function holdersByRole(db: ReadDatabase, at: Date) {
  return db
    .statement(
      `SELECT roles.name AS role, coalesce(identities.kind, 'team') AS kind, count(DISTINCT coalesce(identity_id, grants.team_id)) AS count
       FROM grants JOIN roles ON roles.id = role_id LEFT JOIN identities ON identities.id = identity_id
       WHERE ended_at IS NULL AND (ends_at IS NULL OR ends_at > ?) GROUP BY 1, 2`,
    )
    .all(at.getTime()) as { role: string; kind: "user" | "service" | "node" | "team"; count: number }[];
}
