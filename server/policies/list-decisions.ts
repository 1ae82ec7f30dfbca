import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { ListDecisionsInput, ListedDecisions } from "./decision-contract";
import { newestDecision, rangeOf, selectNewest, selectOldest } from "./decision-read-store";

/**
 * What was decided, the newest first. A page looks through a part of the log: what is older, or came since, is asked for with
 * `before` and `after`.
 */
export async function listDecisions(ctx: Context, input: ListDecisionsInput): Promise<ListedDecisions> {
  await authorize(ctx, "decision.list", { type: "Decision", id: "*" });
  const { before, after, limit, ...filter } = input;
  const { first, last } = rangeOf(ctx.read, filter);
  const askAt = `${ctx.addresses.gatewayUrl}/access/v1/evaluation`;
  if (after !== undefined) {
    const range = { first: Math.max(first, after + 1), last };
    const { rows, upTo } = await selectOldest(ctx.read, filter, range, limit);
    return { rows: rows.reverse(), next: null, newest: Math.max(after, Math.min(upTo, last)), askAt };
  }
  const newest = newestDecision(ctx.read);
  const range = { first, last: before === undefined ? last : Math.min(last, before - 1) };
  const { rows, downTo } = await selectNewest(ctx.read, filter, range, limit);
  return { rows, next: downTo > first ? downTo : null, newest, askAt };
}
