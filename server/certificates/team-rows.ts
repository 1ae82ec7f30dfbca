import type { Context, ReadDatabase } from "@/server/kernel/context";
import type { InventoryFilter, InventoryStatus } from "./inventory-contract";
import { type Matrix, STATUSES, type StatusCounts, type Window } from "./inventory-model";
import { type Counted, countOwnedByStanding, selectHolders, selectOwned } from "./inventory-team-store";
import { fewMembers } from "./team-model";

/** Of more members than can be looked at, as many as this are, for a number that is a lower bound anyway. */
const SAMPLE = 2_500;

/** Who belongs to the teams that are asked for. Large ones are never read whole: they are asked about whom it concerns. */
export interface Members {
  /** Whether there are more than so many. */
  areMoreThan(most: number): Promise<boolean>;
  /** The ids of some of them, so many at the most. */
  some(most: number): Promise<readonly string[]>;
  /** Which of some identities are among them. */
  among(identityIds: ReadonlySet<string>): Promise<ReadonlySet<string>>;
}

/** The members of the teams that a filter asks for; undefined when it asks for none. */
export function membersAskedFor(ctx: Context, { team }: InventoryFilter): Members | undefined {
  return team && team.length > 0 ? membersOf(ctx, team) : undefined;
}

/** The members of some teams. */
export function membersOf(ctx: Context, team: readonly string[]): Members {
  const wanted = new Set(team);
  return {
    areMoreThan: async (most) => (await ctx.countMembers(ctx.read, team, most + 1)) > most,
    some: (most) => ctx.membersOf(ctx.read, team, most),
    async among(identityIds) {
      const teams = await ctx.teamsOf(ctx.read, [...identityIds]);
      return new Set([...identityIds].filter((id) => wanted.has(teams.get(id) ?? "")));
    },
  };
}

/** The same as they are now, whoever comes or goes while somebody reads on. */
export async function membersNow(ctx: Context, { team }: InventoryFilter): Promise<Members | undefined> {
  if (!team || team.length === 0) return undefined;
  const ids = await ctx.membersOf(ctx.read, team);
  const all = new Set(ids);
  return {
    areMoreThan: async (most) => ids.length > most,
    some: async (most) => ids.slice(0, most),
    among: async (identityIds) => new Set([...identityIds].filter((id) => all.has(id))),
  };
}

/** Which of some certificates, by their place in the order of issuance, belong to members; all where anybody's are wanted. */
export async function ownedBy(
  db: ReadDatabase,
  members: Members | undefined,
  seqs: readonly number[],
): Promise<readonly number[]> {
  if (!members || seqs.length === 0) return seqs;
  const holders = selectHolders(db, seqs);
  const own = await members.among(new Set(holders.values()));
  return seqs.filter((seq) => own.has(holders.get(seq) ?? ""));
}

/** Certificates that were counted, and the statuses of which they are all that there are. */
export interface KnownCounts {
  readonly matrix: Matrix;
  readonly known: ReadonlySet<InventoryStatus>;
}

const ALL: ReadonlySet<InventoryStatus> = new Set(STATUSES);
const NONE: ReadonlySet<InventoryStatus> = new Set();
/** What only certificates can be that have not ended. */
const NOT_ENDED: ReadonlySet<InventoryStatus> = new Set(["due", "active", "renewed"]);

/** What is known of a complete set of rows, or of a part of one. */
export function knownOf(isComplete: boolean): ReadonlySet<InventoryStatus> {
  return isComplete ? ALL : NONE;
}

/** How much is looked at before a number becomes a lower bound. */
export interface Bounds {
  readonly members: number;
  readonly rows: number;
}

/**
 * Looks at certificates of identities that end within a window, `limit` at the most. Answers how many there are; of more
 * than the limit, only that there are more.
 */
export type Look = (ids: readonly string[], ends: Window, limit: number) => number;

/**
 * Looks at the certificates of members within bounds: those that have not ended come first, because they are few and what
 * people ask about, so that all of them are seen where the ended ones are too many. Answers of which statuses all were.
 */
export async function lookWithin(
  members: Members,
  { from, to }: Window,
  now: number,
  most: Bounds,
  look: Look,
): Promise<ReadonlySet<InventoryStatus>> {
  const isSample = await members.areMoreThan(most.members);
  const ids = await members.some(isSample ? Math.min(SAMPLE, most.members) : most.members);
  const lasting = look(ids, { from: Math.max(from, now + 1), to }, most.rows);
  if (isSample || lasting > most.rows) return NONE;
  const left = most.rows - lasting;
  return look(ids, { from, to: Math.min(to, now + 1) }, left) > left ? NOT_ENDED : ALL;
}

/** The certificates of members that end within a window, counted as far as the bounds allow. */
export async function countOfMembers(
  db: ReadDatabase,
  members: Members,
  window: Window,
  now: number,
  most: Bounds,
): Promise<KnownCounts> {
  const matrix = new Map<number, StatusCounts>();
  const known = await lookWithin(members, window, now, most, (ids, ends, limit) =>
    addCounts(matrix, countOwnedByStanding(db, ids, ends, now, limit + 1), limit),
  );
  return { matrix, known };
}

/** Every certificate of members that ends within a window, where there are no more than `most`. */
export async function fewOwned(
  db: ReadDatabase,
  members: Members,
  window: Window,
  most: number,
): Promise<readonly number[] | undefined> {
  const few = fewMembers(Infinity, 1, most);
  if (await members.areMoreThan(few)) return undefined;
  const seqs = selectOwned(db, await members.some(few), window, most + 1);
  return seqs.length > most ? undefined : seqs;
}

/** Puts counts into a matrix, `most` certificates of them. Answers how many there are. */
export function addCounts(matrix: Map<number, StatusCounts>, counted: readonly Counted[], most: number): number {
  let seen = 0;
  for (const { cell, standing, certificates } of counted) {
    const counts = matrix.get(cell) ?? STATUSES.map(() => 0);
    counts[standing] = (counts[standing] ?? 0) + Math.min(certificates, most - Math.min(seen, most));
    matrix.set(cell, counts);
    seen += certificates;
  }
  return seen;
}
