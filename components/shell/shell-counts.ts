import "server-only";
import type { Permissions } from "@/server/roles/contract";
import type { Caller } from "./guard";
import type { NavKey } from "./nav";
import type { NavCount } from "./sidebar";

type Counter = { readonly action: string; readonly count: (caller: Caller) => Promise<NavCount> };

const COUNTERS: Readonly<Partial<Record<NavKey, Counter>>> = {
  certificates: {
    action: "certificate.list",
    count: async (caller) => {
      const { authorities } = await caller.inventory.countByAuthority();
      const valid = authorities.map(({ counts }) => counts.active + counts.due + counts.renewed);
      return { count: valid.reduce((sum, count) => sum + count, 0) };
    },
  },
  authorities: {
    action: "authority.list",
    count: async (caller) => ({ count: (await caller.authorities.list()).authorities.length }),
  },
  profiles: {
    action: "profile.list",
    count: async (caller) => ({ count: (await caller.profiles.list()).length }),
  },
  "join-tokens": {
    action: "join_token.list",
    count: async (caller) => ({ count: (await caller.joinTokens.list({ limit: 1 })).counts.open }),
  },
  nodes: identityCounter("node"),
  services: identityCounter("service"),
  people: identityCounter("user"),
};

/** The numbers beside the places. What the person may not list is not asked for, so that nothing is refused. */
export async function readShellCounts(
  caller: Caller,
  permissions: Permissions,
): Promise<Partial<Record<NavKey, NavCount>>> {
  const wanted = Object.entries(COUNTERS).filter(([, { action }]) => permissions[action] === null);
  const counts = await Promise.all(wanted.map(async ([key, { count }]) => [key, await count(caller)] as const));
  return Object.fromEntries(counts);
}

function identityCounter(kind: "user" | "service" | "node"): Counter {
  return {
    action: "identity.list",
    count: async (caller) => {
      const { byState } = await caller.identities.list({ kind, limit: 1 });
      return { count: byState.active + byState.locked };
    },
  };
}
