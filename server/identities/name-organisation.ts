import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { NameOrganisationInput, SetupState } from "./contract";
import { describeSetup, type SetupHolder } from "./read-setup";
import { getHeldSetup } from "./setup-access";
import { updateSetup } from "./setup-store";

/**
 * Setup: names organisation and trust domain. May be repeated until the authorities are made.
 *
 * @throws {SetupNotClaimed} @throws {SetupAlreadyDone}
 */
export async function nameOrganisation(
  ctx: Context,
  input: z.infer<typeof NameOrganisationInput> & SetupHolder,
): Promise<SetupState> {
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  const before = await getHeldSetup(ctx.read, input.holder);

  await commit(permit, async (tx) => {
    await getHeldSetup(tx, input.holder);
    await updateSetup(tx, { organisationName: input.name, trustDomain: input.trustDomain });
    return {
      value: undefined,
      event: {
        kind: "setup.organisation_named",
        ...(before.organisationName !== null && {
          before: { name: before.organisationName, trustDomain: before.trustDomain },
        }),
        after: { name: input.name, trustDomain: input.trustDomain },
      },
    };
  });
  return describeSetup(ctx, ctx.read, input.holder);
}
