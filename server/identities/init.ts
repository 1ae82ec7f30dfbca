import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { InitInput, SetupDone } from "./contract";
import { firstPassword, putFirstAdmin } from "./create-first-admin";
import { putPassword } from "./credential-store";
import { firstRole } from "./first-role";
import { displayNameOf } from "./model";
import { assertNotSetUp } from "./setup-access";
import { findSetup, updateSetup } from "./setup-store";

/**
 * The whole first setup in one go, `swarm init`. Takes over what a browser may have begun.
 *
 * @throws {SetupAlreadyDone} @throws {PasswordRefused}
 */
export async function init(ctx: Context, input: z.infer<typeof InitInput>): Promise<SetupDone> {
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  await assertNotSetUp(ctx.read);
  const { organisation, trustDomain, algorithm } = input;
  const admin = { ...input.admin, displayName: input.admin.displayName ?? displayNameOf(input.admin.email) };
  const password = await firstPassword(ctx, admin, organisation);
  const hierarchy = await ctx.prepareHierarchy(ctx, { organisation, trustDomain, algorithm });

  return commit(permit, async (tx) => {
    await assertNotSetUp(tx);
    const at = ctx.now();
    const begun = await findSetup(tx);
    const adminId = await putFirstAdmin(ctx, tx, admin, begun?.adminId ?? null);
    await putPassword(tx, adminId, password);
    await ctx.foundOrganisation(tx, { name: organisation, trustDomain, at });
    const { rootFingerprint } = await hierarchy.write(tx);
    const given = await ctx.giveRole(tx, firstRole(ctx, { identityId: adminId, teamId: null, role: "admin" }));
    if (begun) {
      const facts = { organisationName: organisation, trustDomain, adminId };
      await updateSetup(tx, { ...facts, finishedAt: at, holderHash: null });
    }
    const person = { type: "Identity", id: adminId, name: admin.displayName };
    return {
      value: { organisation, trustDomain, adminId, rootFingerprint },
      event: { kind: "setup.finished", after: { organisation, trustDomain, algorithm, rootFingerprint } },
      also: [
        {
          kind: "identity.created",
          object: person,
          after: { kind: "user", displayName: admin.displayName, email: admin.email },
        },
        given,
      ],
    };
  });
}
