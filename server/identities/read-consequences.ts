import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { IdentityConsequences, IdentityReference } from "./contract";
import { getIdentityRow, isLastAdmin, resourceOf, summarizeIdentity } from "./identity";
import { listOpenSessions } from "./session-store";

/** What locking or retiring an identity would stop, and what unlocking it does not bring back. @throws {Missing} */
export async function readConsequences(
  ctx: Context,
  input: z.infer<typeof IdentityReference>,
): Promise<IdentityConsequences> {
  const row = await getIdentityRow(ctx.read, input.id);
  await authorize(ctx, "identity.read", resourceOf(row));
  return {
    identity: await summarizeIdentity(ctx, ctx.read, row),
    validCertificates: await ctx.countValidCertificates(ctx.read, row.id, ctx.now()),
    grants: await ctx.countGrants(ctx.read, row.id, ctx.now()),
    openSessions: (await listOpenSessions(ctx.read, row.id, ctx.now())).length,
    thefts: (await ctx.findThefts(ctx.read, row.id, ctx.now())).map(({ certificates, ...theft }) => ({
      ...theft,
      certificates: [...certificates],
    })),
    isLastAdmin: await isLastAdmin(ctx, ctx.read, row),
  };
}
