import "server-only";
import { needsOf } from "@/components/overview/needs";
import { NEEDS_ACTIONS, readAuthorityCounts, readNeeds } from "@/components/overview/read-needs";
import type { Permissions } from "@/server/roles/contract";
import type { Caller } from "./guard";
import type { NavKey } from "./nav";
import type { NavCount } from "./sidebar";

type Counter = {
  /** What it asks for. */
  readonly actions: readonly string[];
  readonly count: (caller: Caller) => Promise<NavCount | undefined>;
};

const COUNTERS: Readonly<Partial<Record<NavKey, Counter>>> = {
  overview: {
    actions: NEEDS_ACTIONS,
    count: async () => {
      const needs = needsOf(await readNeeds());
      const tone = needs.some((need) => need.tone === "danger") ? "danger" : "warn";
      return needs.length > 0 ? { count: needs.length, word: "now", tone } : undefined;
    },
  },
  certificates: {
    actions: ["certificate.list"],
    count: async () => {
      const { authorities } = await readAuthorityCounts();
      const valid = authorities.map(({ counts }) => counts.active + counts.due + counts.renewed);
      return { count: valid.reduce((sum, count) => sum + count, 0) };
    },
  },
  authorities: {
    actions: ["authority.list"],
    count: async (caller) => ({ count: (await caller.authorities.list()).authorities.length }),
  },
  profiles: {
    actions: ["profile.list"],
    count: async (caller) => ({ count: (await caller.profiles.list()).length }),
  },
  "join-tokens": {
    actions: ["join_token.list"],
    count: async (caller) => ({ count: (await caller.joinTokens.list({ limit: 1 })).counts.open }),
  },
  nodes: identityCounter("node"),
  services: identityCounter("service"),
  people: identityCounter("user"),
  roles: {
    actions: ["role.list"],
    count: async (caller) => {
      const { roles } = await caller.roles.list();
      return { count: roles.filter(({ retiredAt }) => retiredAt === null).length };
    },
  },
  policies: {
    actions: ["policy.list"],
    count: async (caller) => {
      const { policies } = await caller.policies.list();
      return { count: policies.filter(({ version }) => version !== null).length };
    },
  },
  resources: {
    actions: ["resource.list"],
    count: async (caller) => ({ count: (await caller.resources.list({ limit: 1 })).all.resources }),
  },
};

/** The numbers beside the places. What the person may not list is not asked for, so that nothing is refused. */
export async function readShellCounts(
  caller: Caller,
  permissions: Permissions,
): Promise<Partial<Record<NavKey, NavCount>>> {
  const wanted = Object.entries(COUNTERS).filter(([, { actions }]) =>
    actions.every((action) => permissions[action] === null),
  );
  const counts = await Promise.all(wanted.map(async ([key, { count }]) => [key, await count(caller)] as const));
  return Object.fromEntries(counts);
}

function identityCounter(kind: "user" | "service" | "node"): Counter {
  return {
    actions: ["identity.list"],
    count: async (caller) => {
      const { byState } = await caller.identities.list({ kind, limit: 1 });
      return { count: byState.active + byState.locked };
    },
  };
}
