import type { Context } from "@/server/kernel/context";
import type { EntityName } from "@/server/kernel/ports";
import { authorize } from "@/server/kernel/permit";
import { type KnownEntities, MOST_KNOWN } from "./contract";
import { typeOf } from "./facts";

/** The roles there are, and how people call them. */
const ROLES = { admin: "Security admin", auditor: "Auditor", team_lead: "Team lead" };

/** What a policy can name and our store knows, for those who write one: the few kinds first, then what there is much of. */
export async function listKnown(ctx: Context): Promise<KnownEntities> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const teams = await ctx.teams(ctx.read);
  const all: KnownEntities["entities"] = [
    ...Object.entries(ROLES).map(([id, label]) => ({ type: "Role", id, label })),
    ...teams.map(({ name }) => ({ type: "Team", id: name })),
    ...byName(ctx.activePrincipals(ctx.read).map(({ kind, name }) => ({ type: typeOf(kind), id: name }))),
    ...byName(ctx.resourcesOf(ctx.read).map(({ type, id }) => ({ type, id }))),
  ];
  return { entities: all.slice(0, MOST_KNOWN), total: all.length };
}

function byName(entities: readonly EntityName[]): EntityName[] {
  return entities.toSorted((a, b) => (a.type === b.type ? compare(a.id, b.id) : compare(a.type, b.type)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
