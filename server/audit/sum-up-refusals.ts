import type { Context, Event } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { LeftOut } from "@/server/kernel/refusal-budget";
import { forgetRefusalsLeftOut, refusalsLeftOut } from "@/server/kernel/refusals";

/**
 * Writes down how many refusals of strangers were left out because a network had too many: one entry a network. Each
 * process sums up its own, on the clock and when it stops. Answers how many entries there were.
 */
export async function sumUpRefusals(ctx: Context, which: "due" | "all"): Promise<number> {
  const [first, ...rest] = refusalsLeftOut(ctx, which);
  if (!first) return 0;
  const permit = await authorize(ctx, "housekeeping.run", { type: "Organisation", id: "*" });

  await commit(permit, async () => ({ value: undefined, event: eventOf(first), also: rest.map(eventOf) }));
  forgetRefusalsLeftOut(ctx, [first, ...rest]);
  return rest.length + 1;
}

function eventOf({ network, count, from, until }: LeftOut): Event {
  return {
    kind: "refusals.left_out",
    outcome: "refused",
    object: { type: "Network", id: network },
    detail: { network, count, from: from.toISOString(), until: until.toISOString() },
  };
}
