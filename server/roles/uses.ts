import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize, observe } from "@/server/kernel/permit";
import type { Ports } from "@/server/kernel/ports";
import { addGrantUses, addRoleUses, type Use } from "./use-store";

/** By the id of a grant; and by a role and an action, divided by a space. */
interface Noted {
  readonly grants: Map<string, Use>;
  readonly actions: Map<string, Use>;
}

const holder = globalThis as typeof globalThis & { swarmRoleUses?: WeakMap<ReadDatabase, Noted> };
holder.swarmRoleUses ??= new WeakMap();
/** On `globalThis`: bundles of one process decide, and one of them writes it down. */
const uses = holder.swarmRoleUses;

/** See `Ports.noteRoleUse`; `flushRoleUses` writes it down. */
export const noteRoleUse: Ports["noteRoleUse"] = (db, { role, action, grants, at }) => {
  let noted = uses.get(db);
  if (!noted) uses.set(db, (noted = { grants: new Map(), actions: new Map() }));
  note(noted.actions, `${role} ${action}`, at);
  for (const grant of grants) note(noted.grants, grant, at);
};

function note(uses: Map<string, Use>, key: string, at: Date): void {
  const use = uses.get(key);
  if (!use) uses.set(key, { decisions: 1, lastAt: at });
  else {
    use.decisions += 1;
    use.lastAt = at;
  }
}

/** Writes down what roles and grants let people do since the last time; answers how many grants did. */
export async function flushRoleUses(ctx: Context): Promise<number> {
  const noted = uses.get(ctx.read);
  if (!noted || noted.actions.size === 0) return 0;
  await authorize(ctx, "housekeeping.run", { type: "Organisation", id: "*" });
  uses.delete(ctx.read);
  await observe(ctx, async (tx) => {
    for (const [id, use] of noted.grants) await addGrantUses(tx, id, use);
    for (const [key, use] of noted.actions) {
      const [role = "", action = ""] = key.split(" ");
      await addRoleUses(tx, { role, action }, use);
    }
  });
  return noted.grants.size;
}
