import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { CreateMachineInput, IdentitySummary } from "./contract";
import { NameTaken } from "./errors";
import { assertTeam, summaryOf } from "./identity";
import { findIdentityRowByName, insertIdentity } from "./store";

const PREFIX = { service: "svc", node: "nod" } as const;

/**
 * Makes a service or a node before it enrols, for example to say which team it belongs to. Enrolling one that nobody
 * made before makes it too.
 *
 * @throws {NameTaken} @throws {MachineNameTaken}
 */
export async function createMachine(ctx: Context, input: z.infer<typeof CreateMachineInput>): Promise<IdentitySummary> {
  const { kind, name, teamId, labels } = input;
  const permit = await authorize(ctx, "identity.create", { type: "Identity", id: "*", name, kind, teamId });
  await assertTeam(ctx.read, teamId);

  return commit(permit, async (tx) => {
    if (await findIdentityRowByName(tx, kind, name)) throw new NameTaken(kind, name);
    await ctx.assertMachineName(tx, kind, name);
    const id = ctx.newId(PREFIX[kind]);
    const displayName = input.displayName ?? name;
    await insertIdentity(tx, { id, kind, name, displayName, email: null, teamId, labels, at: ctx.now() });
    return {
      value: await summaryOf(ctx, tx, id),
      event: {
        kind: "identity.created",
        object: { type: "Identity", id, name: displayName },
        after: { kind, name, displayName, teamId, labels },
      },
    };
  });
}
