import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { base32Of, inGroups } from "./model";
import { hashSetupCode } from "./setup-access";
import { putSetupCode } from "./setup-store";
import { findOrganisation } from "./store";

/**
 * Makes the one-time setup code that the terminal shows once; null when the console is set up.
 *
 * Every start before the setup is finished makes a new code, because only a hash of the last one is kept. A browser
 * that gave an earlier code goes on with it; the new code lets another browser take over.
 */
export async function makeSetupCode(ctx: Context): Promise<{ code: string } | null> {
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  if (await findOrganisation(ctx.read)) return null;
  const code = base32Of(ctx.random(8)).slice(0, 12);

  return commit(permit, async (tx) => {
    await putSetupCode(tx, hashSetupCode(ctx, code), ctx.now());
    return { value: { code: inGroups(code) }, event: { kind: "setup.code_made" } };
  });
}
