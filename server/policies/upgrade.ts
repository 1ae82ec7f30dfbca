import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { BUILT_IN_VERSION } from "./built-in";
import { EpochMoved } from "./errors";
import { builtInPolicies, inForce, setOf } from "./in-force";
import { proposalOf } from "./propose";
import { putInForce } from "./put-in-force";

/**
 * Puts the built-in policies of this program in force where those of another version are. Before the first epoch they are
 * in force by themselves. Two processes may begin at the same time: one of them does it.
 */
export async function upgradeBuiltIns(ctx: Context): Promise<boolean> {
  const { set } = await inForce(ctx.read);
  if (set.epoch === 0) return false;
  const old = new Map(set.policies.map((policy) => [policy.name, policy]));
  const builtIn = builtInPolicies().map((policy) => {
    const before = old.get(policy.name);
    return before?.text === policy.text && before.origin === "built-in" ? before : policy;
  });
  const names = new Set(builtIn.map(({ name }) => name));
  const written = set.policies.filter(({ origin, name }) => origin !== "built-in" && !names.has(name));
  const proposal = proposalOf(set, setOf({ ...set, policies: [...builtIn, ...written] }));
  if (proposal.added.length + proposal.changed.length + proposal.removed.length === 0) return false;
  const permit = await authorize(ctx, "policy.upgrade", { type: "Policy", id: "*" });
  const how = { kind: "upgraded", base: set.epoch, note: `The program brought ${BUILT_IN_VERSION}` } as const;
  try {
    await putInForce(ctx, permit, { proposal, tests: [], how });
    return true;
  } catch (error) {
    if (error instanceof EpochMoved) return false;
    throw error;
  }
}
