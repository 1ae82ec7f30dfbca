import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { IdentitySummary, SetRolesInput } from "./contract";
import { NotAPerson } from "./errors";
import { assertNotLastAdmin, assertNotRetired, getIdentityRow, resourceOf, summaryOf } from "./identity";

/**
 * Gives a person these roles and takes all others. It counts from the next request on.
 *
 * @throws {LastAdmin} @throws {IdentityRetired} @throws {NotAPerson} @throws {Missing}
 */
export async function setRoles(ctx: Context, input: z.infer<typeof SetRolesInput>): Promise<IdentitySummary> {
  const { id } = input;
  const permit = await authorize(ctx, "role.give", resourceOf(await getIdentityRow(ctx.read, id)));

  return commit(permit, async (tx) => {
    const row = await getIdentityRow(tx, id);
    if (row.kind !== "user") throw new NotAPerson(row.displayName);
    assertNotRetired(row);
    if (!input.roles.includes("admin")) await assertNotLastAdmin(ctx, tx, row);

    const before = await ctx.rolesOf(tx, id);
    for (const role of before) if (!input.roles.some((kept) => kept === role)) await ctx.takeRole(tx, id, role);
    for (const role of input.roles) await ctx.giveRole(tx, id, role, ctx.now());
    return {
      value: await summaryOf(ctx, tx, id),
      event: { kind: "roles.set", before: { roles: before }, after: { roles: await ctx.rolesOf(tx, id) } },
    };
  });
}
