import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { Published, PublishSchemaInput, SchemaDetail } from "./contract";
import { schemaOf } from "@/server/engines/cedar/texts";
import { isError, problemsOf } from "./check-set";
import { checkResource } from "./check-resource";
import { NothingToPublish, PoliciesRefused, SchemaBreaksResources } from "./errors";
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
  if (set.swarm.text === text) throw new NothingToPublish();
  const problems = problemsOf(
    proposal.set,
    set.policies.map(({ name }) => name),
  ).filter(isError);
  if (problems.length > 0) throw new PoliciesRefused(problems);
  assertResourcesFit(ctx, proposal.set.schema);
  return putInForce(ctx, permit, { proposal, tests: await allTests(ctx.read), how: { kind: "published", base, note } });
}

/** @throws {SchemaBreaksResources} naming the first that do not fit */
function assertResourcesFit(ctx: Context, text: string): void {
  const schema = schemaOf(text);
  const broken = ctx.resourcesOf(ctx.read).flatMap((resource) => {
    const [problem] = checkResource(resource, schema);
    return problem === undefined ? [] : [{ resource: `${resource.type} ${resource.id}`, problem }];
  });
  if (broken.length > 0) throw new SchemaBreaksResources(broken);
}
