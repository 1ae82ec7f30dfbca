import { and, asc, count, eq, gt, inArray, like, or, type SQL, sql } from "drizzle-orm";
import { identities, organisation, teams, totpSecrets } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { IdentityKind, IdentityState } from "./contract";

/** An identity as it is kept, with what lists show beside it. */
export interface IdentityRow {
  readonly id: string;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly labels: Record<string, string>;
  readonly state: IdentityState;
  readonly stateReason: string | null;
  readonly stateChangedAt: Date;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly lastSeenAddress: string | null;
  readonly hasTotp: boolean;
}

const columns = {
  id: identities.id,
  kind: identities.kind,
  name: identities.name,
  displayName: identities.displayName,
  email: identities.email,
  teamId: identities.teamId,
  teamName: teams.name,
  labels: identities.labels,
  state: identities.state,
  stateReason: identities.stateReason,
  stateChangedAt: identities.stateChangedAt,
  createdAt: identities.createdAt,
  lastSeenAt: identities.lastSeenAt,
  lastSeenAddress: identities.lastSeenAddress,
  hasTotp: sql<number>`${totpSecrets.confirmedAt} is not null`.mapWith(Boolean),
};

function selectIdentities(db: ReadDatabase) {
  return db
    .select(columns)
    .from(identities)
    .leftJoin(teams, eq(teams.id, identities.teamId))
    .leftJoin(totpSecrets, eq(totpSecrets.identityId, identities.id))
    .$dynamic();
}

/** One identity by its id. */
export async function findIdentityRow(db: ReadDatabase, id: string): Promise<IdentityRow | undefined> {
  const [row] = await selectIdentities(db).where(eq(identities.id, id));
  return row;
}

/** One identity by kind and name. */
export async function findIdentityRowByName(
  db: ReadDatabase,
  kind: IdentityKind,
  name: string,
): Promise<IdentityRow | undefined> {
  const [row] = await selectIdentities(db).where(and(eq(identities.kind, kind), eq(identities.name, name)));
  return row;
}

/** One person by e-mail address, in lower case. */
export async function findIdentityRowByEmail(db: ReadDatabase, email: string): Promise<IdentityRow | undefined> {
  const [row] = await selectIdentities(db).where(eq(identities.email, email));
  return row;
}

/** What a list asks for. */
export interface IdentityFilter {
  readonly kind: IdentityKind;
  readonly query: string;
  readonly state?: IdentityState | undefined;
  readonly teamId?: string | undefined;
}

/** Identities in the order of their names, after a name, at most so many. */
export async function listIdentityRows(
  db: ReadDatabase,
  filter: IdentityFilter,
  after: string | undefined,
  limit: number,
): Promise<IdentityRow[]> {
  const wanted = [conditionOf(filter), ...(after === undefined ? [] : [gt(identities.name, after)])];
  return selectIdentities(db)
    .where(and(...wanted))
    .orderBy(asc(identities.name))
    .limit(limit);
}

/** How many there are in each state. */
export type StateCounts = Readonly<Record<IdentityState, number>>;

/** How many fit the filter in each state; the filter's own state is left out of it. */
export async function countByState(db: ReadDatabase, filter: IdentityFilter): Promise<StateCounts> {
  const rows =
    filter.query === "" && filter.teamId === undefined
      ? countAll(db, filter.kind)
      : await db
          .select({ state: identities.state, identities: count() })
          .from(identities)
          .where(conditionOf({ ...filter, state: undefined }))
          .groupBy(identities.state);
  const of = (state: IdentityState) => rows.find((row) => row.state === state)?.identities ?? 0;
  return { active: of("active"), locked: of("locked"), retired: of("retired") };
}

/** How many identities of a kind there are in all. */
export function countOfKind(db: ReadDatabase, kind: IdentityKind): number {
  return countAll(db, kind).reduce((sum, row) => sum + row.identities, 0);
}

/** Kept by triggers, so that it costs nothing to ask. */
function countAll(db: ReadDatabase, kind: IdentityKind): { state: IdentityState; identities: number }[] {
  const rows = db.statement("SELECT state, identities FROM identity_counts WHERE kind = ?").all(kind);
  return rows as { state: IdentityState; identities: number }[];
}

/** What an identity must be to fit. */
export function conditionOf({ kind, query, state, teamId }: IdentityFilter): SQL | undefined {
  return and(
    eq(identities.kind, kind),
    // Most are active: `+` keeps SQLite from fetching them all by state and sorting them, in place of reading by name.
    state && (state === "active" ? sql`+${identities.state} = 'active'` : eq(identities.state, state)),
    teamId ? eq(identities.teamId, teamId) : undefined,
    query === "" ? undefined : hasWords(query),
  );
}

function hasWords(query: string): SQL {
  const part = `%${query.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(
    ${identities.name} || char(10) || ${identities.displayName} || char(10) || coalesce(${identities.email}, '')
      || char(10) || ${identities.labels} like ${part} escape '\\'
    or ${identities.teamId} in (select ${teams.id} from ${teams} where ${teams.name} like ${part} escape '\\')
  )`;
}

/** A new identity, active. */
export interface NewIdentity {
  readonly id: string;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly teamId: string | null;
  readonly labels: Record<string, string>;
  readonly at: Date;
}

export async function insertIdentity(tx: Transaction, { at, ...identity }: NewIdentity): Promise<void> {
  await tx.insert(identities).values({ ...identity, state: "active", stateChangedAt: at, createdAt: at });
}

/** Changes what people say about an identity; what is left out stays. */
export async function updateIdentityWords(
  tx: Transaction,
  id: string,
  words: {
    name?: string;
    displayName?: string;
    email?: string;
    teamId?: string | null;
    labels?: Record<string, string>;
  },
): Promise<void> {
  if (Object.keys(words).length === 0) return;
  await tx.update(identities).set(words).where(eq(identities.id, id));
}

/** Sets the state, with the reason that people read. */
export async function setIdentityState(
  tx: Transaction,
  id: string,
  state: IdentityState,
  reason: string | null,
  at: Date,
): Promise<void> {
  await tx.update(identities).set({ state, stateReason: reason, stateChangedAt: at }).where(eq(identities.id, id));
}

/** How many of these identities are active. */
export async function countActive(db: ReadDatabase, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const [row] = await db
    .select({ count: count() })
    .from(identities)
    .where(and(inArray(identities.id, [...ids]), eq(identities.state, "active")));
  return row?.count ?? 0;
}

/** A user's name that nobody has: the wanted one, or the wanted one with a number. */
export async function freeUserName(db: ReadDatabase, wanted: string): Promise<string> {
  const rows = await db
    .select({ name: identities.name })
    .from(identities)
    .where(and(eq(identities.kind, "user"), or(eq(identities.name, wanted), like(identities.name, `${wanted}-%`))));
  const taken = new Set(rows.map((row) => row.name));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const name = `${wanted}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The organisation, or undefined before the first setup. */
export async function findOrganisation(db: ReadDatabase): Promise<{ name: string; trustDomain: string } | undefined> {
  const [row] = await db.select({ name: organisation.name, trustDomain: organisation.trustDomain }).from(organisation);
  return row;
}

/** Founds the organisation. There is one: a second one does not fit the table. */
export async function insertOrganisation(
  tx: Transaction,
  wanted: { name: string; trustDomain: string; at: Date },
): Promise<void> {
  await tx
    .insert(organisation)
    .values({ id: 1, name: wanted.name, trustDomain: wanted.trustDomain, createdAt: wanted.at });
}
