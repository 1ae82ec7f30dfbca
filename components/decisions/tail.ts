import type { DecisionPage, DecisionRow } from "@/server/policies/decision-contract";

/** The list as the reader sees it, and what came since. */
export interface Tail {
  readonly rows: readonly DecisionRow[];
  /** What to pass as `before` for what is older; null at the end. */
  readonly next: number | null;
  /** Up to this number everything that fits is here or waits. */
  readonly newest: number;
  readonly waiting: Waiting;
}

interface Waiting {
  readonly rows: readonly DecisionRow[];
  /** More came than is kept: what waits stands in the place of the rows, and not above them. */
  readonly isGap: boolean;
  readonly next: number | null;
}

/** So many rows are shown, or wait, at most. */
export const MOST = 500;

const NOTHING: Waiting = { rows: [], isGap: false, next: null };

/** The list of a page. */
export function tailOf({ rows, next, newest }: DecisionPage): Tail {
  return { rows, next, newest, waiting: NOTHING };
}

/** What came since waits until it is shown. A page that does not go on where the list ends leaves a gap. */
export function withArrivals(tail: Tail, page: DecisionPage, joins: "goes on" | "leaves a gap"): Tail {
  const newest = Math.max(tail.newest, page.newest);
  const came = page.rows.filter(({ seq }) => seq > tail.newest);
  if (came.length === 0) return { ...tail, newest };
  if (joins === "leaves a gap") return { ...tail, newest, waiting: { rows: page.rows, isGap: true, next: page.next } };
  const { waiting } = tail;
  const rows = [...came, ...waiting.rows];
  if (rows.length <= MOST) return { ...tail, newest, waiting: { ...waiting, rows } };
  return { ...tail, newest, waiting: { ...cut(rows, waiting.next), isGap: true } };
}

/** What waited is shown: above the rows, or in their place. */
export function withAllShown({ rows, next, newest, waiting }: Tail): Tail {
  if (waiting.rows.length === 0) return { rows, next, newest, waiting };
  const shown = waiting.isGap ? cut(waiting.rows, waiting.next) : cut([...waiting.rows, ...rows], next);
  return { ...shown, newest, waiting: NOTHING };
}

/** What is left out stands on the next page. */
function cut(rows: readonly DecisionRow[], next: number | null): { rows: readonly DecisionRow[]; next: number | null } {
  if (rows.length <= MOST) return { rows, next };
  const kept = rows.slice(0, MOST);
  return { rows: kept, next: kept.at(-1)?.seq ?? next };
}
