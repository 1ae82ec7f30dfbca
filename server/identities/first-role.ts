import type { Context } from "@/server/kernel/context";
import type { GivenRole } from "@/server/kernel/ports";

/** A role that somebody has from the start. */
export function firstRole(ctx: Context, wanted: Pick<GivenRole, "identityId" | "teamId" | "role">): GivenRole {
  const by = { id: ctx.actor.id, name: ctx.actor.name };
  return { ...wanted, reason: "From the start", id: ctx.newId("gra"), by, at: ctx.now() };
}
