import "server-only";
import type { Caller } from "@/components/shell/guard";

/** A pool in its place, with how much compute is in it itself. */
export interface Pool {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  /** The pools that it lies within, beside the first. */
  readonly others: readonly string[];
  readonly team: string | null;
  readonly computes: number;
}

/** So many pools are shown; the resources screen has them all. */
const MOST = 100;

/** The first pools by name, each with its compute, and how many there are in all. */
export async function readPools(caller: Caller): Promise<{ readonly pools: readonly Pool[]; readonly total: number }> {
  const { items, total } = await caller.resources.list({ type: "Pool", limit: MOST });
  const pools = await Promise.all(
    items.map(async ({ id, parents, team }): Promise<Pool> => {
      const { usedBy } = await caller.resources.get({ type: "Pool", id });
      const [first, ...others] = parents.filter(({ type }) => type === "Pool").map((parent) => parent.id);
      const computes = usedBy.find(({ type }) => type === "Compute")?.count ?? 0;
      return { id, name: id, parentId: first ?? null, others, team: team?.name ?? null, computes };
    }),
  );
  return { pools, total };
}
