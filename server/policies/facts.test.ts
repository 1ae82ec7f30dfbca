import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Json } from "@/server/kernel/ports";
import { putResource } from "@/server/resources/put-resource";
import { addPerson } from "@/server/testing/people";
import { testWorld, type World } from "@/server/testing/world";
import { factsAround, findFact, flattened } from "./facts";

let world: World;
beforeEach(async () => {
  world = await testWorld();
  await addPerson(world, { role: "admin", email: "priya@swarm.local" });
});
afterEach(() => world.close());

const fact = (type: string, id: string) => findFact(world.ctx, world.ctx.read, { type, id });

function put(
  type: string,
  id: string,
  attributes: Record<string, Json> = {},
  parents: { type: string; id: string }[] = [],
) {
  return putResource(world.ctx, { type, id, attributes, parents, team: null, labels: {} });
}

describe("what is known of an entity", () => {
  it("is nothing for what is in no register", async () => {
    expect(await fact("Node", "gpu-7")).toBeUndefined();
    expect(await fact("Compute", "gpu-7")).toBeUndefined();
    expect(await fact("Stranger", "x")).toBeUndefined();
  });

  it("is a person's name, state and roles", async () => {
    expect(await fact("User", "priya")).toMatchObject({
      attrs: { name: "priya", state: "active" },
      parents: [{ type: "Role", id: "admin" }],
    });
  });

  it("is, of a node, the provider, the region and the pools of the compute of its name", async () => {
    const { ctx, runtime } = world;
    await runtime.database.writer.write((tx) =>
      ctx.ensureIdentity(tx, { kind: "node", name: "gpu-7", id: "nod_7", at: ctx.now() }),
    );
    expect(await fact("Node", "gpu-7")).toMatchObject({ attrs: { id: "nod_7" }, parents: [] });
    await put("Provider", "nordwind", { trust: "trusted" });
    await put("Pool", "train");
    const provider = { __entity: { type: "Provider", id: "nordwind" } };
    await put("Compute", "gpu-7", { provider, region: "eu-north", gpus: 8 }, [{ type: "Pool", id: "train" }]);
    const node = await fact("Node", "gpu-7");
    expect(node).toMatchObject({ attrs: { provider, region: "eu-north" }, parents: [{ type: "Pool", id: "train" }] });
    const around = await factsAround(ctx, ctx.read, node ? [node] : []);
    expect(around.map(({ uid }) => uid.id)).toEqual(["gpu-7", "nordwind", "train"]);
  });

  it("names the groups of its groups, however far", async () => {
    await put("Provider", "p", { trust: "trusted" });
    await put("Pool", "all");
    await put("Pool", "europe", {}, [{ type: "Pool", id: "all" }]);
    await put("Pool", "ams", {}, [{ type: "Pool", id: "europe" }]);
    const provider = { __entity: { type: "Provider", id: "p" } };
    await put("Compute", "c", { provider, region: "x", gpus: 1 }, [{ type: "Pool", id: "ams" }]);
    const compute = await fact("Compute", "c");
    const around = await factsAround(world.ctx, world.ctx.read, compute ? [compute] : []);
    const [flat] = flattened(around);
    expect(flat?.parents.map(({ id }) => id)).toEqual(["ams", "europe", "all"]);
  });
});
