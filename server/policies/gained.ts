import type { GainedAccess, Ports } from "@/server/kernel/ports";
import { Authority } from "./authority";
import { type Fact, factOfPrincipal, factsAround, typeOf } from "./facts";
import { actionsNamedBy, Asker, groundOf, withFacts, workloadFacts } from "./gains";
import { inForce } from "./in-force";
import { turn } from "./turn";

/** See `Ports.accessGained`. */
export const accessGained: Ports["accessGained"] = async (ctx, { who, policies, added }) => {
  const { set } = await inForce(ctx.read);
  const authority = Authority.of(set);
  const touched = new Set(policies);
  const { matters, limits } = groundOf(ctx, actionsNamedBy([authority], touched));
  const before = await Promise.all(who.map((principal) => factOfPrincipal(ctx, ctx.read, principal)));
  const after = before.map((fact) => holding(fact, added));
  const around = await factsAround(ctx, ctx.read, [
    ...before,
    ...matters.flatMap(({ facts }) => facts),
    ...workloadFacts(),
  ]);
  const own = new Set(before);
  const others = around.filter((fact) => !own.has(fact));
  const asker = new Asker(
    ctx.now(),
    withFacts(authority, [...before, ...others]),
    withFacts(authority, [...after, ...others]),
  );
  const gains: GainedAccess[][] = [];
  for (const principal of who) {
    await turn();
    const differences = asker.differencesFor({ type: typeOf(principal.kind), id: principal.name }, matters);
    gains.push(differences);
  }
  return { gains, limits };
};

/** What would be known of somebody who holds more. */
function holding(fact: Fact, added: NonNullable<Fact["held"]>): Fact {
  const held: Record<string, readonly string[]> = { ...fact.held };
  for (const [role, scopes] of Object.entries(added)) held[role] = [...new Set([...(held[role] ?? []), ...scopes])];
  const known = new Set(fact.parents.map(({ type, id }) => `${type}\0${id}`));
  const roles = Object.keys(added).map((id) => ({ type: "Role", id }));
  return {
    ...fact,
    parents: [...fact.parents, ...roles.filter(({ type, id }) => !known.has(`${type}\0${id}`))],
    held,
  };
}
