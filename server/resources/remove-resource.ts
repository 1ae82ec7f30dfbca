import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import type { ResourceInput } from "./contract";
import { ResourceInUse, ResourceMoved } from "./errors";
import { questionAbout } from "./ground";
import { usersOf } from "./model";
import { findResource, findUsers, removeRow } from "./store";

/**
 * Removes a resource that no other refers to.
 *
 * @throws {Missing} @throws {ResourceInUse} @throws {ResourceMoved}
 */
export async function removeResource(ctx: Context, input: ResourceInput): Promise<ResourceInput> {
  const known = findResource(ctx.read, input.type, input.id);
  const permit = await authorize(ctx, "resource.remove", await questionAbout(ctx, input, known?.team ?? null));
  if (!known) throw new Missing(input.type, input.id);

  return commit(permit, async (tx) => {
    const before = findResource(tx, input.type, input.id);
    if (!before) throw new Missing(input.type, input.id);
    if (before.team !== known.team) throw new ResourceMoved(input);
    const users = findUsers(tx, input);
    if (users.length > 0) throw new ResourceInUse(input, usersOf(users));
    removeRow(tx, input);
    const { type, id, ...facts } = before;
    return { value: { type, id }, event: { kind: "resource.removed", before: { ...facts } } };
  });
}
