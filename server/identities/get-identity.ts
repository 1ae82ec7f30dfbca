import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { IdentityDetail, IdentityReference } from "./contract";
import { getIdentityRow, resourceOf, summarizeIdentity } from "./identity";
import { spiffeIdOf } from "./model";
import { listOpenSessions } from "./session-store";
import { findOrganisation } from "./store";

/** One identity with everything that a page about it says. @throws {Missing} */
export async function getIdentity(ctx: Context, input: z.infer<typeof IdentityReference>): Promise<IdentityDetail> {
  const row = await getIdentityRow(ctx.read, input.id);
  await authorize(ctx, "identity.read", resourceOf(row));
  const organisation = await findOrganisation(ctx.read);
  const now = ctx.now();
  return {
    ...(await summarizeIdentity(ctx, ctx.read, row)),
    spiffeId: spiffeIdOf(organisation?.trustDomain ?? ctx.defaultTrustDomain, row),
    validCertificates: await ctx.countValidCertificates(ctx.read, row.id, now),
    openSessions: (await listOpenSessions(ctx.read, row.id, now)).length,
  };
}
