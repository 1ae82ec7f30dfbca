import { DataError } from "@/server/engines/cedar/data/data-error";
import { readEntities } from "@/server/engines/cedar/data/entities-json";
import { readRequest } from "@/server/engines/cedar/data/request-json";
import type { EntityData } from "@/server/engines/cedar/data/request";
import { TextRefused } from "@/server/engines/cedar/texts";
import { RequestNames } from "@/server/engines/cedar/values/request-names";
import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { Authority, Verdict } from "./authority";
import { asRead } from "./cedar-json";
import type { DecisionDetail, DecisionExplanation, DecisionInput } from "./decision-contract";
import { findDecision } from "./decision-read-store";
import { getSet } from "./epochs";
import { authorityOf } from "./in-force";
import { lineOf } from "./try";

/** A decision with all that was known when it was made. @throws {Missing} */
export async function getDecision(ctx: Context, { seq }: DecisionInput): Promise<DecisionDetail> {
  await authorize(ctx, "decision.read", { type: "Decision", id: String(seq) });
  const found = await findDecision(ctx.read, seq);
  if (!found) throw new Missing("decision", String(seq));
  const { asked, ...row } = found;
  const known = JSON.parse(asked) as Pick<DecisionDetail, "context" | "facts">;
  return { ...row, context: known.context, facts: known.facts };
}

/** Makes a decision again, by the policies and the facts of its time, and tells what became of each policy. @throws {Missing} */
export async function explainDecision(ctx: Context, input: DecisionInput): Promise<DecisionExplanation> {
  const detail = await getDecision(ctx, input);
  if (detail.reason !== null) return { ...detail, again: null, whyNot: `no policy was asked: ${detail.reason}` };
  const set = await getSet(ctx.read, detail.epoch);
  try {
    const verdict = askAgain(authorityOf(set), detail);
    const texts = new Map(set.policies.map(({ name, text }) => [name, text]));
    const again = {
      ...{ decision: verdict.decision, policies: [...verdict.policies], failed: verdict.failed },
      trace: (verdict.trace ?? []).map((step) => lineOf(step, texts.get(step.policyId) ?? "")),
      isSame: verdict.decision === detail.decision && isSameSet(verdict.policies, detail.policies),
    };
    return { ...detail, again, whyNot: null };
  } catch (error) {
    if (!(error instanceof DataError) && !(error instanceof TextRefused)) throw error;
    return { ...detail, again: null, whyNot: `it cannot be asked again: ${error.message}` };
  }
}

/** @throws {DataError} */
function askAgain(authority: Authority, { subject, action, resource, context, facts }: DecisionDetail): Verdict {
  const { schema } = authority;
  const names = new RequestNames(authority.names);
  const given = withGroups(readEntities(asRead(facts), { names, schema: null }));
  const json = asRead({ principal: subject, action: { type: "Action", id: action }, resource, context });
  const request = readRequest(json, { names, schema, validate: true });
  return authority.ask({ request, given }, { trace: true });
}

/** Groups of groups are groups: what comes with a question is not looked through. */
function withGroups(entities: readonly EntityData[]): EntityData[] {
  const known = new Map(entities.map((entity) => [entity.uid, entity]));
  return entities.map((entity) => {
    const groups = new Set(entity.parents);
    for (const group of groups) for (const above of known.get(group)?.parents ?? []) groups.add(above);
    return { ...entity, parents: [...groups] };
  });
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
