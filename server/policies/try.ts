import type { TraceStep } from "@/server/engines/cedar/evaluation/answer";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { Authority } from "./authority";
import type { Fact } from "./facts";
import { inForce } from "./in-force";
import { orRefuse, propose } from "./propose";
import { askFresh, factsOf } from "./run-tests";
import type { TraceLine, TryInput, TryResult } from "./test-contract";

/**
 * Asks the policies in force, with some changes, and tells what became of each.
 *
 * @throws {RequestRefused} when the request does not follow the schema, or a text cannot be read; and as `propose`
 */
export async function tryRequest(ctx: Context, { changes, ...asked }: TryInput): Promise<TryResult> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  const proposal = propose(set, changes);
  return orRefuse(async () => {
    const authority = Authority.of(proposal.set);
    const verdict = await askFresh(ctx, authority, asked);
    const texts = new Map(proposal.set.policies.map(({ name, text }) => [name, text]));
    return {
      decision: verdict.decision,
      policies: [...verdict.policies],
      failed: verdict.failed,
      trace: (verdict.trace ?? []).map((step) => lineOf(step, texts.get(step.policyId) ?? "")),
      facts: (await factsOf(ctx, asked)).map(shown),
    };
  });
}

/** What became of a policy, with the part of its text that failed. */
export function lineOf({ policyId, effect, outcome, failed }: TraceStep, text: string): TraceLine {
  const part = failed && {
    text: text.slice(failed.start, failed.end),
    saw: [...failed.saw],
    message: failed.message,
  };
  return { policy: policyId, effect, outcome, failed: part };
}

function shown({ uid, attrs, tags, parents }: Fact): TryResult["facts"][number] {
  return { uid, attrs: { ...attrs }, tags: { ...tags }, parents: [...parents] };
}
