import { and, eq, sql } from "drizzle-orm";
import { identities } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { KnownIdentity, KnownPrincipal } from "@/server/kernel/ports";
import { ReadOnce } from "@/server/platform/deciding-state";
import { Remembered } from "@/server/platform/remembered";

/** What other rooms may know of an identity, by statements prepared once: the gateway asks this on every request. */
const SELECT = "SELECT id, kind, name, team_id AS teamId, state FROM identities";

const INSERT = `
  INSERT INTO identities (id, kind, name, display_name, labels, state, state_changed_at, created_at)
  VALUES (:id, :kind, :name, :name, '{}', 'active', :at, :at)`;

/** The identity with this id. */
export function findKnown(db: ReadDatabase, id: string): KnownIdentity | undefined {
  return known.of(db, id, () => db.statement(`${SELECT} WHERE id = ?`).get(id) as KnownIdentity | undefined);
}

const known = new ReadOnce<KnownIdentity>();

/** The identity of this kind and name. */
export function findKnownByName(
  db: ReadDatabase,
  kind: KnownIdentity["kind"],
  name: string,
): KnownIdentity | undefined {
  return db.statement(`${SELECT} WHERE kind = ? AND name = ?`).get(kind, name) as KnownIdentity | undefined;
}

const PRINCIPAL = `
  SELECT identities.id, kind, identities.name, state, labels, team_id AS teamId, teams.name AS team
  FROM identities LEFT JOIN teams ON teams.id = identities.team_id`;

/** What policies may know of the identity with this id. */
export function findPrincipal(db: ReadDatabase, id: string): KnownPrincipal | undefined {
  return byId.of(db, id, () => principalOf(db, db.statement(`${PRINCIPAL} WHERE identities.id = ?`).get(id)));
}

/** What policies may know of the identity of this kind and name. */
export function findPrincipalByName(
  db: ReadDatabase,
  kind: KnownIdentity["kind"],
  name: string,
): KnownPrincipal | undefined {
  return byName.of(db, `${kind} ${name}`, () =>
    principalOf(db, db.statement(`${PRINCIPAL} WHERE kind = ? AND identities.name = ?`).get(kind, name)),
  );
}

/** What policies may know of every active identity, by name. */
export function activePrincipals(db: ReadDatabase): KnownPrincipal[] {
  const rows = db.statement(`${PRINCIPAL} WHERE state = 'active' ORDER BY kind, identities.name`).all();
  return (rows as PrincipalRow[]).map(madeOf);
}

/** What policies may know of active identities of a kind, by name: those after a name, at most so many. */
export function activePrincipalsAfter(
  db: ReadDatabase,
  kind: KnownIdentity["kind"],
  after: string,
  limit: number,
): KnownPrincipal[] {
  const rows = db
    .statement(
      `${PRINCIPAL} WHERE kind = ? AND identities.name > ? AND +state = 'active' ORDER BY identities.name LIMIT ?`,
    )
    .all(kind, after, limit) as PrincipalRow[];
  return rows.map((row) => principals.of(db, row.id, row));
}

/** The name of a team. */
export function teamNameOf(db: ReadDatabase, teamId: string): string | undefined {
  return (db.statement("SELECT name FROM teams WHERE id = ?").get(teamId) as { name: string } | undefined)?.name;
}

/** A team and all above it, by their ids, the nearest first. */
export function teamsAbove(db: ReadDatabase, teamId: string): readonly string[] {
  const { above } = db.statement(ABOVE).get(teamId) as { readonly above: string };
  return lines.of(db, teamId, above);
}

const ABOVE = `
  WITH RECURSIVE above (id, depth) AS (
    SELECT ?, 0 UNION ALL
    SELECT parent_id, depth + 1 FROM teams JOIN above ON teams.id = above.id WHERE parent_id IS NOT NULL
  )
  SELECT group_concat(id, ' ') AS above FROM (SELECT id FROM above ORDER BY depth)`;

const lines = new Remembered<string, readonly string[]>(
  (above) => above.split(" "),
  (a, b) => a === b,
);

/** The name of the team right above a team, by name. That there is none is read once, too: every question asks. */
export function teamAround(db: ReadDatabase, name: string): string | undefined {
  return around.of(db, name, () => db.statement(AROUND).get(name) as Around)?.name ?? undefined;
}

interface Around {
  readonly name: string | null;
}

const AROUND = `
  SELECT (SELECT above.name FROM teams JOIN teams AS above ON above.id = teams.parent_id WHERE teams.name = ?) AS name`;

const around = new ReadOnce<Around>();

type PrincipalRow = Omit<KnownPrincipal, "labels"> & { readonly labels: string };

const [byId, byName] = [new ReadOnce<KnownPrincipal>(), new ReadOnce<KnownPrincipal>()];

const principals = new Remembered<PrincipalRow, KnownPrincipal>(
  madeOf,
  (a, b) =>
    a.name === b.name &&
    a.kind === b.kind &&
    a.state === b.state &&
    a.teamId === b.teamId &&
    a.team === b.team &&
    a.labels === b.labels,
);

function principalOf(db: ReadDatabase, row: unknown): KnownPrincipal | undefined {
  return row === undefined ? undefined : principals.of(db, (row as PrincipalRow).id, row as PrincipalRow);
}

function madeOf({ labels, ...rest }: PrincipalRow): KnownPrincipal {
  return { ...rest, labels: labels === "{}" ? {} : (JSON.parse(labels) as Record<string, string>) };
}

/** Makes a node or service that is known by nothing but its name yet. */
export function insertMachine(
  tx: Transaction,
  { id, kind, name, at }: { id: string; kind: "node" | "service"; name: string; at: Date },
): KnownIdentity {
  tx.statement(INSERT).run({ id, kind, name, at: at.getTime() });
  return { id, kind, name, teamId: null, state: "active" };
}

/** When and from where an identity was last seen; an older sighting changes nothing. */
export async function markIdentitySeen(
  tx: Pick<Transaction, "update">,
  id: string,
  at: Date,
  address: string | null,
): Promise<void> {
  await tx
    .update(identities)
    .set({ lastSeenAt: at, lastSeenAddress: address })
    .where(and(eq(identities.id, id), sql`coalesce(${identities.lastSeenAt}, 0) < ${at.getTime()}`));
}
