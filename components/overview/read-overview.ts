import "server-only";
import { type Caller, currentPermissions } from "@/components/shell/guard";
import type { AuditHistogram, AuditRow } from "@/server/audit/contract";
import type { AuthorityCounts, ExpiryCalendar, IssuanceHistory } from "@/server/certificates/inventory-contract";
import { type NeedsFacts, readAuthorityCounts, readNeeds } from "./read-needs";

const HISTORY_HOURS = 48;
const LATEST = 7;

/** All that the overview shows. What the person may not read is absent, and was not asked for. */
export interface Overview extends NeedsFacts {
  readonly authorities: AuthorityCounts;
  readonly calendar: ExpiryCalendar;
  readonly history: IssuanceHistory;
  readonly refusals?: AuditHistogram;
  readonly latest?: readonly AuditRow[];
}

/** Reads the overview with the permissions of whoever asks. */
export async function readOverview(caller: Caller): Promise<Overview> {
  const permissions = await currentPermissions();
  const may = (action: string) => permissions[action] === null;
  const [needs, authorities, calendar, history, refusals, latest] = await Promise.all([
    readNeeds(),
    readAuthorityCounts(),
    caller.inventory.expiryCalendar(),
    caller.inventory.issuanceHistory(),
    may("audit.list") ? caller.audit.histogram({ outcome: "refused", lastHours: HISTORY_HOURS }) : undefined,
    may("audit.list") ? caller.audit.list({ limit: LATEST }) : undefined,
  ]);
  return { ...needs, authorities, calendar, history, refusals, latest: latest?.rows };
}
