import "server-only";
import { cache } from "react";
import { currentAccount, currentPermissions } from "@/components/shell/guard";
import { serverCaller } from "@/server/api/caller";
import type { Attention } from "@/server/certificates/attention-contract";
import type { AuthorityCounts, InventoryPage } from "@/server/certificates/inventory-contract";
import type { IdentityKind, IdentitySummary } from "@/server/identities/contract";
import { NAMED } from "./needs";

const DAY_MS = 86_400_000;

/** Locked identities of one kind: the first of them, and how many there are. */
export interface LockedOnes {
  readonly kind: IdentityKind;
  readonly items: readonly IdentitySummary[];
  readonly total: number;
}

/** What is asked to tell what needs a person. */
export interface NeedsFacts {
  readonly now: number;
  readonly attention: Attention;
  /** Certificates that will not renew by themselves, the nearest end first. */
  readonly due: InventoryPage;
  readonly dueInAll: number;
  readonly dueWithinDay: number;
  readonly locked: readonly LockedOnes[];
  /** Others who sign in with a password alone. Not exact: there are at least so many. */
  readonly peopleWithoutSecondFactor: { readonly count: number; readonly isExact: boolean };
  readonly iHaveNoSecondFactor: boolean;
}

/** Actions that `readNeeds` asks for. */
export const NEEDS_ACTIONS = ["overview.read", "certificate.list", "identity.list"] as const;

/** Certificates of each authority by what they are now. Once a request. */
export const readAuthorityCounts = cache(async (): Promise<AuthorityCounts> => {
  const caller = await serverCaller();
  return caller.inventory.countByAuthority();
});

/** Reads what needs a person, with the permissions of whoever asks. Once a request: the sidebar has its number. */
export const readNeeds = cache(async (): Promise<NeedsFacts> => {
  const now = Date.now();
  const [caller, account, permissions] = await Promise.all([serverCaller(), currentAccount(), currentPermissions()]);
  const isDue = { status: ["due" as const] };
  const attention = await caller.certificates.attention();
  const [counts, due, dueSoon, locked, people] = await Promise.all([
    readAuthorityCounts(),
    // Those whose renewal was refused may come first, and are named by themselves.
    caller.inventory.list({ filter: isDue, sort: "ends", limit: NAMED + attention.failedRenewals.length }),
    caller.inventory.facets({ filter: { ...isDue, endsBefore: now + DAY_MS } }),
    readLocked(NAMED + attention.alerts.length),
    permissions["identity.unlock"] === null
      ? caller.identities.list({ kind: "user", state: "active", limit: 200 })
      : undefined,
  ]);
  const others = people?.items.filter((person) => person.hasSecondFactor === false && person.id !== account.id) ?? [];
  return {
    now,
    attention,
    due,
    dueInAll: counts.authorities.reduce((sum, authority) => sum + authority.counts.due, 0),
    dueWithinDay: dueSoon.total.count,
    locked,
    peopleWithoutSecondFactor: { count: others.length, isExact: !people?.nextCursor },
    iHaveNoSecondFactor: account.secondFactorSince === null,
  };
});

async function readLocked(limit: number): Promise<LockedOnes[]> {
  const caller = await serverCaller();
  return Promise.all(
    (["node", "service", "user"] as const).map(async (kind) => {
      const { items, total } = await caller.identities.list({ kind, state: "locked", limit });
      return { kind, items, total };
    }),
  );
}
