import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { AuthorityCounts } from "./inventory-contract";
import { countMatrix } from "./inventory-count-store";
import { ALWAYS, STATUSES } from "./inventory-model";
import { selectCells } from "./inventory-store";

/** How many certificates of each status every authority has issued, by name; authorities without any are not in it. */
export async function countByAuthority(ctx: Context): Promise<AuthorityCounts> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const now = ctx.now().getTime();
  const cells = selectCells(ctx.read);
  const matrix = countMatrix(ctx.read, cells, ALWAYS, now);
  const authorities = new Map<string, AuthorityCounts["authorities"][number]>();
  for (const cell of cells) {
    const entry = authorities.get(cell.authorityId) ?? {
      authorityId: cell.authorityId,
      authorityName: cell.authorityName,
      counts: { due: 0, active: 0, renewed: 0, expired: 0, revoked: 0 },
      total: 0,
    };
    for (const [at, status] of STATUSES.entries()) {
      const count = matrix.get(cell.id)?.[at] ?? 0;
      entry.counts[status] += count;
      entry.total += count;
    }
    authorities.set(cell.authorityId, entry);
  }
  const byName = [...authorities.values()].sort((a, b) => a.authorityName.localeCompare(b.authorityName, "en"));
  return { authorities: byName, now };
}
