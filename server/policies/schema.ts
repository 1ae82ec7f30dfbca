import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { Published, PublishSchemaInput, SchemaDetail } from "./contract";
import { inForce, setOf } from "./in-force";
import { proposalOf } from "./propose";
import { putInForce } from "./put-in-force";
import { allTests } from "./test-store";

/** The schema in force. */
export async function getSchema(ctx: Context): Promise<SchemaDetail> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  return { text: set.swarm.text, whole: set.schema, isOwn: set.swarm.number !== null, epoch: set.epoch };
}

/**
 * Puts another schema of the swarm in force, as an epoch of its own. One that breaks a policy in force, or a resource, is
 * refused with those named.
 *
 * @throws as `putInForce`
 */
export async function publishSchema(ctx: Context, { text, base, note }: PublishSchemaInput): Promise<Published> {
  const permit = await authorize(ctx, "policy.publish", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  const proposal = proposalOf(set, setOf({ ...set, swarm: { text, number: "new" } }));
  return putInForce(ctx, permit, { proposal, tests: await allTests(ctx.read), how: { kind: "published", base, note } });
}
