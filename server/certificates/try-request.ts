import { formatGeneralName } from "@/server/engines/x509/general-names";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { RequestJudgement, TryRequestInput } from "./contract";
import { RequestUnreadable } from "./errors";
import { namesFor } from "./name-model";
import { type IssuePlan, planIssue } from "./plan-issue";
import { isSignedByItsKey } from "./possession";
import { NOT_ITS_KEY, readRequestOf, unreadable } from "./preview-issue";

/** Judges a request against a profile, finding by finding, and issues nothing. */
export async function tryRequest(ctx: Context, input: TryRequestInput): Promise<RequestJudgement> {
  await authorize(ctx, "profile.read", { type: "Profile", id: input.profile });
  try {
    return await judgementOf(await planIssue(ctx, input));
  } catch (error) {
    if (!(error instanceof RequestUnreadable)) throw error;
    return { isAccepted: false, findings: [unreadable(error)], request: null, identityName: null, sans: [] };
  }
}

async function judgementOf({ ground, request, wish, findings: found }: IssuePlan): Promise<RequestJudgement> {
  const findings = (await isSignedByItsKey(request)) ? [...found] : [...found, NOT_ITS_KEY];
  return {
    isAccepted: findings.length === 0,
    findings,
    request: readRequestOf(request),
    identityName: wish?.bearer.name ?? null,
    sans: wish ? namesFor(ground.profile.rules, wish.bearer, wish.names).map(formatGeneralName) : [],
  };
}
