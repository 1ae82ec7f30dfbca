import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import type { KnownIdentity } from "@/server/kernel/ports";
import { type AlertRow, findAlert, markAlertResolved, openAlerts } from "./alert-store";
import type { Alert, ResolveAlertInput } from "./alert-contract";
import { dateOf } from "./store";

const SHOWN = 100;

/** Alerts that nobody has looked at, the newest first. */
export async function listAlerts(ctx: Context): Promise<Alert[]> {
  await authorize(ctx, "overview.read", { type: "Organisation", id: "*" });
  return Promise.all(openAlerts(ctx.read, SHOWN).map(async (row) => alertOf(row, await bearerOf(ctx, row))));
}

/** Marks an alert as looked at, by somebody who could unlock the identity. It unlocks nothing. */
export async function resolveAlert(ctx: Context, input: ResolveAlertInput): Promise<Alert> {
  const row = findAlert(ctx.read, input.id);
  if (!row) throw new Missing("alert", input.id);
  const identity = await bearerOf(ctx, row);
  const { id, name, kind, teamId } = identity;
  const permit = await authorize(ctx, "identity.unlock", { type: "Identity", id, name, kind, teamId });
  const at = ctx.now();

  return commit(permit, async (tx) => {
    if (!markAlertResolved(tx, row.id, ctx.actor.name, at)) throw new Missing("open alert", row.id);
    return {
      value: alertOf({ ...row, resolved_at: at.getTime(), resolved_by: ctx.actor.name }, identity),
      event: { kind: "alert.resolved", detail: { alert: row.id, kind: row.kind, serial: row.serial } },
    };
  });
}

async function bearerOf(ctx: Context, row: AlertRow): Promise<KnownIdentity> {
  const identity = await ctx.findIdentity(ctx.read, row.identity_id);
  if (!identity) throw new Missing("identity", row.identity_id);
  return identity;
}

function alertOf(row: AlertRow, identity: KnownIdentity): Alert {
  return {
    id: row.id,
    kind: row.kind,
    identityId: row.identity_id,
    identityName: identity.name,
    identityKind: identity.kind,
    identityState: identity.state,
    serial: row.serial,
    detail: row.detail,
    raisedAt: new Date(row.raised_at),
    resolvedAt: dateOf(row.resolved_at),
    resolvedBy: row.resolved_by,
  };
}
