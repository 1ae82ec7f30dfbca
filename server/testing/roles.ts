import { createTeam } from "@/server/identities/create-team";
import { createMachine } from "@/server/identities/create-machine";
import type { Context } from "@/server/kernel/context";
import { evaluate } from "@/server/policies/evaluate";
import { Evaluation } from "@/server/policies/authzen-contract";
import { putResource } from "@/server/resources/put-resource";
import { addGrant } from "@/server/roles/add-grants";
import { createRole } from "@/server/roles/change-role";
import { CreateRoleInput } from "@/server/roles/contract";
import { type HolderInput, NewGrant } from "@/server/roles/grant-contract";
import { addPerson, type Person } from "./people";
import type { World } from "./world";

/** A small swarm: two teams, a pool of one team's computes, a dataset, a lead, somebody in her team, and a node. */
export interface Swarm {
  readonly teams: { readonly vision: string; readonly audio: string };
  readonly lead: Person;
  readonly mara: Person;
  readonly node: string;
}

/** Fills a world with it. */
export async function smallSwarm(world: World): Promise<Swarm> {
  const { ctx } = world;
  const vision = await createTeam(ctx, { name: "vision" });
  const audio = await createTeam(ctx, { name: "audio" });
  await put(ctx, "Provider", "nordwind", { trust: "trusted", region: "eu-north" });
  await put(ctx, "Pool", "train");
  const compute = { provider: { __entity: { type: "Provider", id: "nordwind" } }, region: "eu-north", gpus: 8 };
  await put(ctx, "Compute", "gpu-1", compute, { team: "vision", pool: "train", labels: { tier: "a" } });
  await put(ctx, "Compute", "gpu-2", { ...compute, region: "us-east" }, { team: "audio" });
  await put(ctx, "Dataset", "faces", { region: "eu-north", sensitivity: "restricted" }, { team: "vision" });
  const node = await createMachine(ctx, { kind: "node", name: "runner", teamId: vision.id, labels: {} });
  return {
    teams: { vision: vision.id, audio: audio.id },
    lead: await addPerson(world, { email: "lead@swarm.local", role: "team_lead", teamId: vision.id }),
    mara: await addPerson(world, { email: "mara@swarm.local", teamId: vision.id }),
    node: node.id,
  };
}

function put(
  ctx: Context,
  type: string,
  id: string,
  attributes: Record<string, unknown> = {},
  more: { team?: string; pool?: string; labels?: Record<string, string> } = {},
) {
  const { team = null, pool, labels = {} } = more;
  const parents = pool === undefined ? [] : [{ type: "Pool", id: pool }];
  return putResource(ctx, { type, id, team, parents, labels, attributes: attributes as never });
}

/** Makes a role of one permission. */
export function makeRole(ctx: Context, name: string, more: Partial<CreateRoleInput> & { actions?: string[] } = {}) {
  const { actions = ["workload.run"], ...rest } = more;
  const permissions = [{ actions, resourceTypes: [], conditions: [] }];
  return createRole(
    ctx,
    CreateRoleInput.parse({ name, title: `The ${name}`, permissions, note: "for a test", ...rest }),
  );
}

/** Gives a role; within everything and for ever unless said otherwise. */
export function giveRole(ctx: Context, holder: HolderInput, role: string, more: Partial<NewGrant> = {}) {
  return addGrant(
    ctx,
    holder,
    NewGrant.parse({ role, scope: "everything", endsAt: null, reason: "for a test", ...more }),
  );
}

/** Somebody by id. */
export const identity = (id: string): HolderInput => ({ kind: "identity", id });

/** What the policies in force say about somebody, as a machine would be told. */
export async function isAllowed(
  ctx: Context,
  subject: { readonly type: string; readonly id: string },
  action: string,
  resource: { readonly type: string; readonly id: string },
  context: Record<string, unknown> = {},
): Promise<boolean> {
  const { decision } = await evaluate(ctx, Evaluation.parse({ subject, action: { name: action }, resource, context }));
  return decision;
}
