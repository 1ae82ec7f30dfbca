import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { DecisionPoint } from "./authzen-contract";

/** Where decisions can be asked for: AuthZEN 9. It is public, as is that the gateway is there. */
export async function describeDecisionPoint(ctx: Context): Promise<DecisionPoint> {
  await authorize(ctx, "health.read", { type: "Organisation", id: "*" });
  const { gatewayUrl } = ctx.addresses;
  return {
    policy_decision_point: gatewayUrl,
    access_evaluation_endpoint: `${gatewayUrl}/access/v1/evaluation`,
    access_evaluations_endpoint: `${gatewayUrl}/access/v1/evaluations`,
    search_subject_endpoint: `${gatewayUrl}/access/v1/search/subject`,
    search_resource_endpoint: `${gatewayUrl}/access/v1/search/resource`,
    search_action_endpoint: `${gatewayUrl}/access/v1/search/action`,
  };
}
