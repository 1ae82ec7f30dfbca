import { sumUpRefusals } from "@/server/audit/sum-up-refusals";
import { flushSeen } from "@/server/certificates/authenticate";
import { catchUpSearch, WORTH_WHILE } from "@/server/certificates/catch-up-search";
import { crlsDue, publishCrl } from "@/server/certificates/publish-crl";
import { forgetOldSignIns } from "@/server/identities/forget-old-sign-ins";
import type { Context } from "@/server/kernel/context";
import { flushUses } from "@/server/policies/uses";
import { flushRoleUses } from "@/server/roles/uses";
import type { Database } from "@/server/platform/database";
import type { Job } from "./scheduler";

/** How often the database is asked whether anything changed, which costs microseconds. */
const LOOK_EVERY_MS = 150;
/** How often CRLs are looked at although nothing changed: they grow old by themselves. */
const LOOK_ANYWAY_MS = 15_000;
/** Certificates that are searched one by one before a search takes noticeably longer. */
const SEARCHES_FEEL_IT = 10_000;

/** What jobs work with: a context of their own for each run. */
export interface JobWorld {
  readonly database: Pick<Database, "dataVersion">;
  contextFor(job: string): Context;
}

/** What the clock does in the gateway's process. */
export function jobsOf(world: JobWorld): Job[] {
  return [
    publishCrls(world),
    {
      name: "flush-last-seen",
      everyMs: 20_000,
      run: async () => void (await flushSeen(world.contextFor("flush-last-seen"))),
    },
    catchUpSearchOf(world),
    flushUsesOf(world.contextFor),
    sumUpRefusalsOf(world.contextFor),
    {
      name: "forget-old-sign-ins",
      everyMs: 3_600_000,
      run: async () => void (await forgetOldSignIns(world.contextFor("forget-old-sign-ins"))),
    },
  ];
}

/**
 * Indexes certificates for the search once no more of them came for a while: in the middle of a rush it would take from
 * the rush, unless so many wait that searches feel it.
 */
function catchUpSearchOf({ contextFor }: JobWorld): Job {
  const name = "catch-up-search";
  let before = 0;
  return {
    name,
    everyMs: 3_000,
    run: async (isOver) => {
      const { waiting } = await catchUpSearch(contextFor(name), SEARCHES_FEEL_IT, isOver);
      if (waiting > 0 && waiting === before) await catchUpSearch(contextFor(name), WORTH_WHILE, isOver);
      before = waiting;
    },
  };
}

/** Writes down, in each process that answers strangers, how many of their refusals were left out of the log. */
export function sumUpRefusalsOf(contextFor: JobWorld["contextFor"]): Job {
  const name = "sum-up-refusals";
  return { name, everyMs: 15_000, run: async () => void (await sumUpRefusals(contextFor(name), "due")) };
}

/** Writes down, in each process that decides, what policies, roles and grants decided. */
export function flushUsesOf(contextFor: JobWorld["contextFor"]): Job {
  const name = "flush-policy-uses";
  return { name, everyMs: 20_000, run: () => flushAllUses(contextFor(name)) };
}

/** What policies, roles and grants decided since the last time. */
export async function flushAllUses(ctx: Context): Promise<void> {
  await flushUses(ctx);
  await flushRoleUses(ctx);
}

/**
 * Publishes a CRL within a second of a revocation by any process, and on a clock. It looks at the authorities only
 * when some connection has committed since the last look.
 */
function publishCrls({ database, contextFor }: JobWorld): Job {
  let version = -1;
  let lookedAt = 0;
  return {
    name: "publish-crls",
    everyMs: LOOK_EVERY_MS,
    run: async () => {
      const current = database.dataVersion();
      if (current === version && performance.now() - lookedAt < LOOK_ANYWAY_MS) return;
      const ctx = contextFor("publish-crls");
      for (const { authorityId } of await crlsDue(ctx)) await publishCrl(ctx, { authority: authorityId });
      version = current;
      lookedAt = performance.now();
    },
  };
}
