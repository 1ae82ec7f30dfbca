import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { CreateAuthoritiesInput, SetupDone } from "./contract";
import { makeDevice } from "./device";
import { SetupOutOfOrder } from "./errors";
import { firstRole } from "./first-role";
import type { SetupHolder } from "./read-setup";
import { makeSession } from "./session";
import { insertSession } from "./session-store";
import { getHeldSetup } from "./setup-access";
import { updateSetup } from "./setup-store";
import { findIdentityRow } from "./store";

/** A finished setup, and the admin's first session. Token and device are for the browser's cookies alone. */
export interface FinishedSetup {
  readonly done: SetupDone;
  readonly token: string;
  readonly device: string;
  readonly expiresAt: Date;
}

/**
 * Setup, its last step: makes the authorities, founds the organisation, gives the admin the role and signs the admin
 * in, all in one commit.
 *
 * @throws {SetupOutOfOrder} @throws {SetupNotClaimed} @throws {SetupAlreadyDone}
 */
export async function createAuthorities(
  ctx: Context,
  input: z.infer<typeof CreateAuthoritiesInput> & SetupHolder,
): Promise<FinishedSetup> {
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  const { organisationName, trustDomain, adminId } = await getHeldSetup(ctx.read, input.holder);
  if (organisationName === null || trustDomain === null) throw new SetupOutOfOrder("name the organisation");
  const admin = adminId === null ? undefined : await findIdentityRow(ctx.read, adminId);
  if (!admin) throw new SetupOutOfOrder("make the first admin");

  const request = { organisation: organisationName, trustDomain, algorithm: input.algorithm };
  const hierarchy = await ctx.prepareHierarchy(ctx, request);
  const session = makeSession(ctx, {
    identityId: admin.id,
    provedBy: admin.hasTotp ? ["password", "totp"] : ["password"],
    // Whoever sets it up from this device was let in by the code on the terminal.
    isKnownDevice: true,
  });

  return commit(permit, async (tx) => {
    await getHeldSetup(tx, input.holder);
    const at = ctx.now();
    await ctx.foundOrganisation(tx, { name: organisationName, trustDomain, at });
    const { rootFingerprint } = await hierarchy.write(tx);
    const given = await ctx.giveRole(tx, firstRole(ctx, { identityId: admin.id, teamId: null, role: "admin" }));
    await updateSetup(tx, { finishedAt: at, holderHash: null });
    await insertSession(tx, session.row);

    const person = { type: "Identity", id: admin.id, name: admin.displayName };
    const { id: sessionId, provedBy } = session.row;
    return {
      value: {
        done: { organisation: organisationName, trustDomain, adminId: admin.id, rootFingerprint },
        token: session.token,
        device: makeDevice(ctx, admin.id),
        expiresAt: session.row.expiresAt,
      },
      event: { kind: "setup.finished", after: { ...request, rootFingerprint } },
      also: [given, { kind: "session.started", object: person, detail: { sessionId, provedBy } }],
    };
  });
}
