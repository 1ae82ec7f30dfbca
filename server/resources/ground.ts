import type { Context, Resource } from "@/server/kernel/context";
import type { EntityName } from "@/server/kernel/ports";
import { nameOf } from "./model";

/** What permissions on a resource are asked with. A team that is not there is nobody's. */
export async function questionAbout(ctx: Context, name: EntityName, team: string | null): Promise<Resource> {
  const known = team === null ? undefined : (await ctx.teams(ctx.read)).find((each) => each.name === team);
  return { type: "Resource", id: nameOf(name), name: name.id, kind: name.type, teamId: known?.id ?? null };
}
