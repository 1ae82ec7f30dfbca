import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { ResourceDetail, ResourceInput } from "./contract";
import { questionAbout } from "./ground";
import { usersOf } from "./model";
import { findListed, findUsers } from "./store";

/** Everything about one resource, and who refers to it. @throws {Missing} */
export async function getResource(ctx: Context, input: ResourceInput): Promise<ResourceDetail> {
  const found = findListed(ctx.read, input);
  await authorize(ctx, "resource.read", await questionAbout(ctx, input, found?.team?.name ?? null));
  if (!found) throw new Missing(input.type, input.id);
  return { ...found, usedBy: usersOf(findUsers(ctx.read, input)) };
}
