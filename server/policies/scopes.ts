import type { EntityName, Held } from "@/server/kernel/ports";
import { type Fact, KINDS } from "./facts";

/** Types that are no things a role could be held within: who asks, and what a question itself describes. */
const NO_THINGS = new Set([...Object.keys(KINDS), "Workload"]);

/**
 * The scopes within which a grant reaches an entity, as far as it says itself where it belongs: everything, itself, each
 * group that it names, each label. What its groups lie within, they say.
 */
export function scopesOf({ uid, parents, tags }: Pick<Fact, "uid" | "parents" | "tags">): EntityName[] {
  if (NO_THINGS.has(uid.type)) return [];
  const labels = Object.entries(tags).map(([key, value]) => scopeNamed(`label:${key}=${value}`));
  const around = [uid, ...parents].map(scopeOf);
  // A team is no resource: it only says what it lies within.
  return uid.type === "Team" ? around : [scopeNamed("everything"), ...around, ...labels];
}

/** The scope that is an entity and everything within it. */
export function scopeOf({ type, id }: EntityName): EntityName {
  return scopeNamed(`${type}::${id}`);
}

/** The scope that is written so. */
export function scopeNamed(id: string): EntityName {
  return { type: "Scope", id };
}

/** What somebody's grants are called. */
export function grantsOf({ type, id }: EntityName): EntityName {
  return { type: "Grants", id: `${type}::${id}` };
}

/** What somebody holds, as an entity of its own: by role the set of scopes. */
export function grantsEntity(uid: EntityName, held: Held["scopes"]) {
  const tags = Object.entries(held).map(([role, scopes]) => [
    role,
    scopes.map((scope) => ({ __entity: scopeNamed(scope) })),
  ]);
  return { uid: grantsOf(uid), attrs: {}, tags: Object.fromEntries(tags) as Record<string, unknown>, parents: [] };
}

/** Facts in Cedar's JSON of entities, with the scopes that they lie within, and with what identities hold. */
export function asEntities(facts: readonly Fact[]): readonly unknown[] {
  return facts.flatMap((fact): unknown[] => {
    const { held, ...rest } = fact;
    const parents = [...fact.parents, ...scopesOf(fact)];
    if (!held) return [{ ...rest, parents }];
    const granted = { granted: { __entity: grantsOf(fact.uid) } };
    return [{ ...rest, attrs: { ...fact.attrs, ...granted }, parents }, grantsEntity(fact.uid, held)];
  });
}
