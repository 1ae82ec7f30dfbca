import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { IdentitySummary, UpdateIdentityInput } from "./contract";
import { assertNotRetired, assertTeam, getIdentityRow, resourceOf, summaryOf } from "./identity";
import { updateIdentityWords } from "./store";

/**
 * Changes display name, team or labels. Moving to another team needs the right on both.
 *
 * @throws {Missing} @throws {IdentityRetired}
 */
export async function updateIdentity(
  ctx: Context,
  input: z.infer<typeof UpdateIdentityInput>,
): Promise<IdentitySummary> {
  const row = await getIdentityRow(ctx.read, input.id);
  const permit = await authorize(ctx, "identity.update", resourceOf(row));
  if (input.teamId !== undefined && input.teamId !== row.teamId) {
    await authorize(ctx, "identity.update", { ...resourceOf(row), teamId: input.teamId });
    await assertTeam(ctx.read, input.teamId);
  }
  const { id, ...words } = input;

  return commit(permit, async (tx) => {
    const before = await getIdentityRow(tx, id);
    assertNotRetired(before);
    await updateIdentityWords(tx, id, words);
    const after = await getIdentityRow(tx, id);
    return {
      value: await summaryOf(ctx, tx, id),
      event: {
        kind: "identity.updated",
        before: { displayName: before.displayName, teamId: before.teamId, labels: before.labels },
        after: { displayName: after.displayName, teamId: after.teamId, labels: after.labels },
      },
    };
  });
}
