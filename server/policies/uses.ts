import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize, observe } from "@/server/kernel/permit";
import { addUses } from "./store";

interface Use {
  decisions: number;
  lastAt: Date;
}

const holder = globalThis as typeof globalThis & { swarmPolicyUses?: WeakMap<ReadDatabase, Map<string, Use>> };
holder.swarmPolicyUses ??= new WeakMap();
/** On `globalThis`: bundles of one process decide, and one of them writes it down. */
const uses = holder.swarmPolicyUses;

/** Remembers that a policy decided something; `flushUses` writes it down. */
export function noteUse(db: ReadDatabase, policy: string, at: Date): void {
  let ofDatabase = uses.get(db);
  if (!ofDatabase) uses.set(db, (ofDatabase = new Map()));
  const use = ofDatabase.get(policy);
  if (!use) ofDatabase.set(policy, { decisions: 1, lastAt: at });
  else {
    use.decisions += 1;
    use.lastAt = at;
  }
}

/** Writes down what policies decided since the last time; answers how many did. */
export async function flushUses(ctx: Context): Promise<number> {
  const noted = uses.get(ctx.read);
  if (!noted || noted.size === 0) return 0;
  await authorize(ctx, "housekeeping.run", { type: "Organisation", id: "*" });
  const batch = [...noted];
  noted.clear();
  await observe(ctx, async (tx) => {
    for (const [policy, use] of batch) await addUses(tx, policy, use);
  });
  return batch.length;
}
