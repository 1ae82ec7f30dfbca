import { type Context, writerOf } from "./context";
import { TooManyRefusals } from "./errors";
import { networkOf } from "./network";
import { type LeftOut, RefusalBudget } from "./refusal-budget";

const holder = globalThis as typeof globalThis & { swarmRefusals?: WeakMap<object, RefusalBudget> };
holder.swarmRefusals ??= new WeakMap();
/** On `globalThis`, as the writers are: bundles of one process share one budget. */
const budgets = holder.swarmRefusals;

/**
 * Asked before a refusal is written down. Whoever has not proved who they are has a budget of refusals, counted by
 * their network, so that nobody can grow the log without end from outside. Past it nothing is written but, later, one
 * entry that says how many were left out.
 *
 * @throws {TooManyRefusals} in place of the refusal.
 */
export function spendRefusal(ctx: Context): void {
  if (ctx.actor.kind !== "anonymous") return;
  const { address } = ctx.origin;
  const network = address === null ? "unknown" : networkOf(address);
  const waitMs = budgetOf(ctx).take(network, ctx.now().getTime());
  if (waitMs > 0) throw new TooManyRefusals(waitMs);
}

/** Refusals that this process left out and that should be summed up by now, or all of them. */
export function refusalsLeftOut(ctx: Context, which: "due" | "all"): LeftOut[] {
  return budgetOf(ctx).leftOut(ctx.now().getTime(), which);
}

/** Forgets what was summed up in the log. */
export function forgetRefusalsLeftOut(ctx: Context, summed: readonly LeftOut[]): void {
  budgetOf(ctx).forget(summed);
}

function budgetOf(ctx: Context): RefusalBudget {
  const writer = writerOf(ctx);
  const budget = budgets.get(writer) ?? new RefusalBudget();
  budgets.set(writer, budget);
  return budget;
}
