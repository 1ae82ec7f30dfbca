import { readEntities } from "@/server/engines/cedar/data/entities-json";
import { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import { findAllowed } from "@/server/engines/cedar/evaluation/partial";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { Authority } from "./authority";
import { asRead } from "./cedar-json";
import { describedIn } from "./described";
import { type Fact, factOfPrincipal, factsAround, findFact, KINDS } from "./facts";
import { inForce } from "./in-force";
import { orRefuse, propose } from "./propose";
import { readAsked } from "./run-tests";
import { asEntities } from "./scopes";
import type { WhoCanInput, WhoCanResult } from "./test-contract";
import { turn } from "./turn";

/** So many are named; the others are counted. */
const NAMED = 500;

/**
 * Every active identity that may do something to a resource, by the policies in force with some changes: exact, by what is
 * left of the policies when all but the principal is known.
 *
 * @throws {RequestRefused} and as `propose`
 */
export async function whoCan(ctx: Context, { changes, action, resource, context }: WhoCanInput): Promise<WhoCanResult> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  const proposal = propose(set, changes);
  return orRefuse(async () => {
    const authority = Authority.of(proposal.set);
    const facts = await factsOfEverybody(ctx, { resource });
    const engine = PolicyEngine.from(authority.epoch);
    const { names, schema } = authority;
    const described = describedIn(schema, { action, context });
    engine.putEntities(readEntities(asRead(asEntities(facts)), { names, schema: null }));
    engine.putEntities(readEntities(asRead(described.entities), { names, schema }));
    const types = [...(authority.schema?.actions.get(`Action::"${action}"`)?.appliesTo?.principals ?? [])];
    const somebody = { type: types.find((type) => type in KINDS) ?? "User", id: "*" };
    const asked = readAsked(ctx, authority, {
      ...{ principal: somebody, action, resource },
      context: described.context,
    });
    const over = authority.at(engine.epoch);
    const { entities } = findAllowed(engine.epoch, { ...asked, unknown: "principal" });
    const people = entities.filter(({ type, id }) => type in KINDS && types.includes(type) && id !== "*");
    return {
      total: people.length,
      principals: people.slice(0, NAMED).map((principal) => {
        const { policies } = over.ask({ request: { ...asked, principal }, given: [] });
        return { type: principal.type, id: principal.id, policies: [...policies] };
      }),
    };
  });
}

/** What is known of every active identity, and of one resource. */
async function factsOfEverybody(ctx: Context, { resource }: Pick<WhoCanInput, "resource">): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const [at, principal] of ctx.activePrincipals(ctx.read).entries()) {
    if (at % 500 === 499) await turn();
    facts.push(await factOfPrincipal(ctx, ctx.read, principal));
  }
  const asked = await findFact(ctx, ctx.read, resource);
  // With them the providers of nodes: policies ask how far they are trusted.
  return factsAround(ctx, ctx.read, asked ? [...facts, asked] : facts);
}
