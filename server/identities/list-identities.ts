import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { IdentityPage, IdentitySummary, ListIdentitiesInput } from "./contract";
import { summarizeIdentity } from "./identity";
import { countByState, listIdentityRows } from "./store";

/** People, services or nodes by name: a page, and counts of everything that fits. */
export async function listIdentities(ctx: Context, input: z.infer<typeof ListIdentitiesInput>): Promise<IdentityPage> {
  await authorize(ctx, "identity.list", { type: "Identity", id: "*", kind: input.kind, teamId: input.teamId });
  const rows = await listIdentityRows(ctx.read, input, input.cursor, input.limit + 1);
  const page = rows.slice(0, input.limit);
  const items: IdentitySummary[] = [];
  for (const row of page) items.push(await summarizeIdentity(ctx, ctx.read, row));

  const byState = await countByState(ctx.read, input);
  return {
    items,
    nextCursor: rows.length > page.length ? (page.at(-1)?.name ?? null) : null,
    total: input.state ? byState[input.state] : byState.active + byState.locked + byState.retired,
    byState,
  };
}
