import type { Context, ReadDatabase } from "@/server/kernel/context";
import type { InventoryFilter, InventoryStatus } from "./inventory-contract";
import { ALWAYS, STATUSES } from "./inventory-model";
import type { RowFacts } from "./inventory-store";
import { selectFactsOfIdentities } from "./inventory-team-store";

/** Who belongs to the teams that a filter asks for, `limit` at the most; undefined when it asks for none. */
export async function readMembers(
  ctx: Context,
  { team }: InventoryFilter,
  limit?: number,
): Promise<ReadonlySet<string> | undefined> {
  return team && team.length > 0 ? new Set(await ctx.membersOf(ctx.read, team, limit)) : undefined;
}

/** Rows that were looked up, and the statuses of which they are all that there are. */
export interface KnownRows {
  readonly rows: readonly RowFacts[];
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
 * The certificates of some identities, within bounds: those that have not ended come first, because they are few and
 * what people ask about, so that their counts stay exact when the ended ones are too many.
 */
export function rowsOfMembers(db: ReadDatabase, members: ReadonlySet<string>, now: number, most: Bounds): KnownRows {
  const ids = [...members].slice(0, most.members);
  const valid = selectFactsOfIdentities(db, ids, { from: now, to: ALWAYS.to }, most.rows + 1);
  if (ids.length < members.size || valid.length > most.rows) return { rows: valid.slice(0, most.rows), known: NONE };
  const left = most.rows - valid.length;
  const ended = selectFactsOfIdentities(db, ids, { from: ALWAYS.from, to: now }, left + 1);
  return { rows: [...valid, ...ended.slice(0, left)], known: ended.length > left ? NOT_ENDED : ALL };
}
