import type { Context } from "@/server/kernel/context";
import type { AuditFilter } from "./contract";
import type { AskedFilter } from "./read-store";

/** Finds the keys of a filter's object: its id, and what else the index calls it. */
export async function askedFilter(ctx: Context, filter: AuditFilter): Promise<AskedFilter> {
  const { objectId } = filter;
  if (!objectId) return filter;
  const key = await ctx.objectKeyOf(ctx.read, objectId);
  return { ...filter, objectKeys: key === null ? [objectId] : [objectId, key] };
}
