import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { PolicyInput, PolicySummary } from "./contract";
import { authorityInForce } from "./decide";

/** Every policy in force, in the order of the text. */
export async function listPolicies(ctx: Context): Promise<PolicySummary[]> {
  await authorize(ctx, "policy.list", { type: "Policy", id: "*" });
  return authorityInForce().summaries();
}

/** A policy in force by its name. @throws {Missing} */
export async function getPolicy(ctx: Context, input: PolicyInput): Promise<PolicySummary> {
  await authorize(ctx, "policy.read", { type: "Policy", id: input.policy });
  const policy = authorityInForce()
    .summaries()
    .find(({ id }) => id === input.policy);
  if (!policy) throw new Missing("policy", input.policy);
  return policy;
}
