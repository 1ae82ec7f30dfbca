import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { Account } from "./contract";
import { findTotp, listRecoveryCodes } from "./credential-store";
import { sessionEndsAt } from "./model";
import { getOwnAccount } from "./own-account";
import { findSession } from "./session-store";
import { findOrganisation } from "./store";

/** Who is signed in, and how well the account is protected. */
export async function readAccount(ctx: Context): Promise<Account> {
  const { identity, password, resource } = await getOwnAccount(ctx);
  await authorize(ctx, "identity.read", resource);
  const organisation = await findOrganisation(ctx.read);
  const totp = await findTotp(ctx.read, identity.id);
  const session = ctx.actor.sessionId ? await findSession(ctx.read, ctx.actor.sessionId) : undefined;

  return {
    id: identity.id,
    name: identity.name,
    displayName: identity.displayName,
    email: identity.email,
    roles: [...ctx.heldBy(ctx.read, identity, ctx.now()).roles],
    team: identity.teamId === null ? null : { id: identity.teamId, name: identity.teamName ?? identity.teamId },
    organisation: organisation?.name ?? "",
    trustDomain: organisation?.trustDomain ?? "",
    sessionId: session?.id ?? null,
    sessionEndsAt: session ? sessionEndsAt(session) : null,
    passwordChangedAt: password.changedAt,
    secondFactorSince: totp?.confirmedAt ?? null,
    recoveryCodesLeft: (await listRecoveryCodes(ctx.read, identity.id)).length,
  };
}
