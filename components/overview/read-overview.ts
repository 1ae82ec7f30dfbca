import "server-only";
import { type Caller, currentAccount, currentPermissions } from "@/components/shell/guard";
import type { AuditHistogram, AuditRow } from "@/server/audit/contract";
import type { Attention } from "@/server/certificates/attention-contract";
import type {
  AuthorityCounts,
  ExpiryCalendar,
  InventoryFacets,
  InventoryPage,
  IssuanceHistory,
} from "@/server/certificates/inventory-contract";
import type { IdentitySummary } from "@/server/identities/contract";

const HISTORY_HOURS = 48;
const LATEST = 7;

/** All that the overview shows. What the person may not read is absent, and was not asked for. */
export interface Overview {
  readonly now: number;
  readonly attention: Attention;
  /** Certificates that will not renew by themselves, the nearest end first. */
  readonly due: InventoryPage;
  readonly dueWithinDay: number;
  readonly totals: InventoryFacets;
  readonly authorities: AuthorityCounts;
  readonly calendar: ExpiryCalendar;
  readonly history: IssuanceHistory;
  readonly refusals?: AuditHistogram;
  readonly latest?: readonly AuditRow[];
  readonly locked: readonly IdentitySummary[];
  readonly peopleWithoutSecondFactor: number;
  readonly iHaveNoSecondFactor: boolean;
  readonly mayPublish: boolean;
}

/** Reads the overview with the permissions of whoever asks. */
export async function readOverview(caller: Caller): Promise<Overview> {
  const now = Date.now();
  const [account, permissions] = await Promise.all([currentAccount(), currentPermissions()]);
  const may = (action: string) => permissions[action] === null;
  const due = { status: ["due" as const] };

  const [attention, duePage, dueSoon, totals, authorities, calendar, history, refusals, latest, locked, people] =
    await Promise.all([
      caller.certificates.attention(),
      caller.inventory.list({ filter: due, sort: "ends", limit: 3 }),
      caller.inventory.facets({ filter: { ...due, endsBefore: now + 86_400_000 } }),
      caller.inventory.facets({ filter: {} }),
      caller.inventory.countByAuthority(),
      caller.inventory.expiryCalendar(),
      caller.inventory.issuanceHistory(),
      may("audit.list") ? caller.audit.histogram({ outcome: "refused", lastHours: HISTORY_HOURS }) : undefined,
      may("audit.list") ? caller.audit.list({ limit: LATEST }) : undefined,
      lockedOnes(caller),
      may("identity.unlock") ? caller.identities.list({ kind: "user", state: "active" }) : undefined,
    ]);
  return {
    now,
    attention,
    due: duePage,
    dueWithinDay: dueSoon.total.count,
    totals,
    authorities,
    calendar,
    history,
    refusals,
    latest: latest?.rows,
    locked,
    peopleWithoutSecondFactor:
      people?.items.filter((person) => person.hasSecondFactor === false && person.id !== account.id).length ?? 0,
    iHaveNoSecondFactor: account.secondFactorSince === null,
    mayPublish: may("authority.publish_crl"),
  };
}

async function lockedOnes(caller: Caller): Promise<IdentitySummary[]> {
  const pages = await Promise.all(
    (["node", "service", "user"] as const).map((kind) => caller.identities.list({ kind, state: "locked", limit: 5 })),
  );
  return pages.flatMap((page) => page.items);
}
