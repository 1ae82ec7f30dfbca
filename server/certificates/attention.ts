import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { failedRenewals } from "./alert-store";
import { listAlerts } from "./alerts";
import type { Attention } from "./attention-contract";
import { crlStandings } from "./crl-store";

const SHOWN = 20;

/** What of the certificates needs a person: alerts, refused renewals, late revocation lists, where the master key lies. */
export async function readAttention(ctx: Context): Promise<Attention> {
  await authorize(ctx, "overview.read", { type: "Organisation", id: "*" });
  const now = ctx.now();

  return {
    alerts: await listAlerts(ctx),
    failedRenewals: failedRenewals(ctx.read, now, SHOWN).map((row) => ({
      serial: row.serial,
      name: row.name,
      kind: row.kind,
      identityId: row.identity_id,
      failures: row.failures,
      lastAt: new Date(row.last_at),
      lastMessage: row.last_message,
      notBefore: new Date(row.not_before),
      notAfter: new Date(row.not_after),
      renewAfter: new Date(row.renew_after),
    })),
    lateCrls: crlStandings(ctx.read)
      .filter((standing) => (standing.next_update ?? 0) <= now.getTime())
      .map(({ slug, name, next_update }) => ({
        slug,
        name,
        nextUpdate: next_update === null ? null : new Date(next_update),
      })),
    keyProtection: ctx.keyProtection(),
  };
}
