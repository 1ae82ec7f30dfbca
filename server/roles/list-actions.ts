import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { KnownAction } from "./contract";

/** Every action that a role can permit by the schema in force, as the schema has them. */
export async function listActions(ctx: Context): Promise<KnownAction[]> {
  await authorize(ctx, "role.list", { type: "Role", id: "*" });
  return ctx.knownActions(ctx.read).map((action) => ({ ...action }));
}
