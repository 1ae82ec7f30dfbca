import { DataError } from "@/server/engines/cedar/data/data-error";
import { readEntities } from "@/server/engines/cedar/data/entities-json";
import { readRequest } from "@/server/engines/cedar/data/request-json";
import type { Request } from "@/server/engines/cedar/data/request";
import { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import type { Context } from "@/server/kernel/context";
import { Authority } from "./authority";
import { asRead } from "./cedar-json";
import { describedIn } from "./described";
import type { TestResult } from "./contract";
import { type Fact, factsAround, findFact } from "./facts";
import type { KnownSet } from "./in-force";
import { asEntities } from "./scopes";
import type { AskedRequest, PolicyTest } from "./test-contract";
import { turn } from "./turn";

/**
 * Runs policy tests against a set. What a test says of entities stands in the place of what the store knows.
 * The set is read for this alone, so that what tests name is not kept.
 *
 * @throws {TextRefused} when a text of the set cannot be read
 */
export async function runTests(ctx: Context, set: KnownSet, tests: readonly PolicyTest[]): Promise<TestResult[]> {
  if (tests.length === 0) return [];
  const authority = Authority.of(set);
  const results: TestResult[] = [];
  for (const [at, test] of tests.entries()) {
    if (at % 50 === 49) await turn();
    results.push(await runTest(ctx, authority, test));
  }
  return results;
}

async function runTest(ctx: Context, authority: Authority, test: PolicyTest): Promise<TestResult> {
  const { name, expect } = test;
  const result = { name, expected: expect.decision };
  try {
    const { decision, policies } = await askFresh(ctx, authority, test);
    const why = whyNot(test, decision, policies);
    return { ...result, passed: why === null, decided: decision, policies: [...policies], why };
  } catch (error) {
    if (error instanceof DataError)
      return { ...result, passed: false, decided: null, policies: [], why: error.message };
    throw error;
  }
}

/** Asks a set that nobody else asks, with entities that may be groups of one another. @throws {DataError} */
export async function askFresh(
  ctx: Context,
  authority: Authority,
  asked: AskedRequest & { readonly entities: readonly unknown[] },
) {
  const { names, schema } = authority;
  const described = describedIn(schema, asked);
  const own = readEntities(asRead([...asked.entities, ...described.entities]), { names, schema });
  const known = new Set(own.map(({ uid }) => uid));
  const facts = await factsOf(ctx, asked);
  const engine = PolicyEngine.from(authority.epoch);
  engine.putEntities(
    readEntities(asRead(asEntities(facts)), { names, schema: null }).filter(({ uid }) => !known.has(uid)),
  );
  engine.putEntities(own);
  const request = readAsked(ctx, authority, { ...asked, context: described.context });
  return authority.at(engine.epoch).ask({ request, given: [] }, { trace: true });
}

/** What the store knows of whoever takes part. */
export async function factsOf(ctx: Context, { principal, resource }: AskedRequest): Promise<Fact[]> {
  const found = [await findFact(ctx, ctx.read, principal), await findFact(ctx, ctx.read, resource)];
  return factsAround(
    ctx,
    ctx.read,
    found.filter((fact) => fact !== undefined),
  );
}

/** The request of people's words; what the context leaves out of what we establish is filled in. @throws {DataError} */
export function readAsked(
  ctx: Context,
  { names, schema }: Authority,
  { principal, action, resource, context }: AskedRequest,
): Request {
  const filled = { now: ctx.now().toISOString(), provedBy: [], risk: [], ...context };
  const json = asRead({ principal, action: { type: "Action", id: action }, resource, context: filled });
  return readRequest(json, { names, schema, validate: true });
}

function whyNot({ expect }: PolicyTest, decision: "allow" | "deny", policies: readonly string[]): string | null {
  const by = policies.length > 0 ? `by ${policies.join(", ")}` : "for no policy permits it";
  if (decision !== expect.decision) return `expected ${expect.decision}, and it is ${decision}, ${by}`;
  const missing = expect.policies?.filter((policy) => !policies.includes(policy)) ?? [];
  return missing.length === 0 ? null : `expected ${missing.join(", ")} to decide, and it is decided ${by}`;
}
