import type { EntityData } from "@/server/engines/cedar/data/request";
import type { ReadDatabase } from "@/server/kernel/context";
import type { Held, Ports } from "@/server/kernel/ports";
import type { Asked, Verdict } from "./authority";
import { builtInPolicies } from "./in-force";

/** What let somebody do something. */
interface Allowed {
  readonly asked: Asked;
  readonly verdict: Pick<Verdict, "decision" | "policies">;
  readonly at: Date;
  held(): Held;
}

/** Notes which roles let somebody do something, and by which of their grants: those that reach the resource. */
export function noteRolesUsed(
  { noteRoleUse }: Pick<Ports, "noteRoleUse">,
  db: ReadDatabase,
  { asked, verdict, at, held }: Allowed,
): void {
  if (verdict.decision !== "allow") return;
  for (const policy of verdict.policies) {
    const role = roleOf(policy);
    if (role === undefined) continue;
    const { action, resource } = asked.request;
    const reached = scopesAround(asked.given.find(({ uid }) => uid === resource));
    const grants = held()
      .grants.filter(
        (grant) => grant.roles.includes(role) && (reached.has(grant.scope) || grant.scope === "everything"),
      )
      .map(({ id }) => id);
    noteRoleUse(db, { role, action: action.id, grants, at });
  }
}

function scopesAround(data: EntityData | undefined): ReadonlySet<string> {
  return new Set(data?.parents.filter(({ type }) => type === "Scope").map(({ id }) => id));
}

/** The role that a policy speaks of: that which wrote it, or a built-in one. */
function roleOf(policy: string): string | undefined {
  if (policy.startsWith("role:")) return policy.split(":")[1];
  return builtIn.get(policy);
}

const builtIn: ReadonlyMap<string, string> = new Map(
  builtInPolicies().flatMap(({ name, text }) => {
    const role = /Role::"([^"]+)"/.exec(text)?.[1];
    return role === undefined ? [] : [[name, role]];
  }),
);
