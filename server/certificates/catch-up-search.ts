import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { indexNext, searchProgress } from "./inventory-search-store";

/** Certificates that are searched one by one before it is worth while to index them. */
export const WORTH_WHILE = 1_000;

/** Certificates a commit: about 20 ms of the writer. */
const BATCH = 500;

/** How far the search indexes have come. */
export interface CaughtUp {
  readonly indexed: number;
  readonly waiting: number;
}

/**
 * Brings the search indexes up to date when so many certificates are not in them. A search finds those too, by looking at
 * each, so this is about speed and never about what is found. For a job; stops when `isOver` says so.
 */
export async function catchUpSearch(
  ctx: Context,
  from = WORTH_WHILE,
  isOver: () => boolean = () => false,
): Promise<CaughtUp> {
  const { through, last } = searchProgress(ctx.read);
  if (last - through < from) return { indexed: 0, waiting: last - through };

  const permit = await authorize(ctx, "housekeeping.run", { type: "Organisation", id: "*" });
  let indexed = 0;
  let reached = through;
  while (reached < last && !isOver()) {
    const step = await commit(permit, async (tx) => {
      const value = indexNext(tx, BATCH);
      return { value, event: { kind: "certificate.search_indexed", detail: { ...value } } };
    });
    if (step.certificates === 0) break;
    indexed += step.certificates;
    reached = step.through;
  }
  return { indexed, waiting: Math.max(0, last - reached) };
}
