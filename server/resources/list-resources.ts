import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { ListResourcesInput, ResourcePage } from "./contract";
import { cursorOf } from "./model";
import { countAll, countByType, listRows } from "./store";

/** Resources by type and name: a page, and counts of everything that fits. */
export async function listResources(ctx: Context, input: ListResourcesInput): Promise<ResourcePage> {
  await authorize(ctx, "resource.list", { type: "Resource", id: "*", kind: input.type });
  const rows = listRows(ctx.read, input, input.limit + 1);
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  const byType = countByType(ctx.read, input);
  return {
    items,
    nextCursor: rows.length > items.length && last ? cursorOf(last) : null,
    total: byType
      .filter(({ type }) => input.type === undefined || type === input.type)
      .reduce((sum, { count }) => sum + count, 0),
    byType,
    all: countAll(ctx.read),
  };
}
