import { type Action, ACTIONS } from "@/server/kernel/actions";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { Permissions, PermissionsInput } from "./contract";

/** What the asking person may do, for the screens that show a refused control with its reason. */
export async function listPermissions(ctx: Context, about?: PermissionsInput): Promise<Permissions> {
  const { id, teams } = ctx.actor;
  await authorize(ctx, "identity.read", { type: "Identity", id, ownerId: id });

  const thing = about ?? { id: "*", teamId: teams[0] ?? null };
  const permissions: Permissions = {};
  for (const action of Object.keys(ACTIONS) as Action[]) {
    const decision = await ctx.decide(ctx.read, {
      principal: ctx.actor,
      action,
      resource: { ...thing, type: ACTIONS[action] },
      at: ctx.now(),
      address: ctx.origin.address,
    });
    permissions[action] = decision.allowed ? null : decision.reason;
  }
  return permissions;
}
