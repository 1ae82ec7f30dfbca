import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { createTeam } from "@/server/identities/create-team";
import type { Context } from "@/server/kernel/context";
import { ADMIN, ANONYMOUS, AUDITOR, leadOf, testWorld, type World } from "@/server/testing/world";
import { ListResourcesInput, PutResourceInput } from "./contract";
import { getResource } from "./get-resource";
import { listResources } from "./list-resources";
import { putResource } from "./put-resource";
import { readSchemaInForce } from "./read-schema";
import { removeResource } from "./remove-resource";
import { findResource, resourcesOf } from "./store";

let world: World;
/** Leads the team Vision. */
let lead: Context;
beforeEach(async () => {
  world = await testWorld({ as: ADMIN });
  const vision = await createTeam(world.ctx, { name: "Vision" });
  await createTeam(world.ctx, { name: "Language" });
  lead = world.as(leadOf(vision));
  await put({ type: "Provider", id: "nordwind", attributes: { trust: "trusted", region: "eu-north" } });
  await put({ type: "Pool", id: "train" });
  world.forget();
});
afterEach(() => world.close());

type Said = z.input<typeof PutResourceInput>;
const put = (said: Said, ctx = world.ctx) => putResource(ctx, PutResourceInput.parse(said));
const list = (said: Partial<ListResourcesInput> = {}) => listResources(world.ctx, ListResourcesInput.parse(said));
const provider = (id: string) => ({ __entity: { type: "Provider", id } });
const compute = (id: string, more: object = {}) => ({
  type: "Compute",
  id,
  attributes: { provider: provider("nordwind"), region: "eu-north", gpus: 8 },
  ...more,
});

describe("putting a resource", () => {
  it("registers it with an audit entry, and both ports know it from then on", async () => {
    const said = compute("gpu-7", {
      team: "Vision",
      parents: [{ type: "Pool", id: "train" }],
      labels: { rack: "3" },
    });
    const made = await put(said);
    expect(made).toMatchObject({
      team: { name: "Vision" },
      provider: { id: "nordwind", trust: "trusted" },
      createdAt: world.clock.now(),
    });
    expect(world.trail()).toEqual([
      expect.objectContaining({
        kind: "resource.registered",
        action: "resource.put",
        object: { type: "Resource", id: 'Compute::"gpu-7"', name: "gpu-7" },
        after: expect.objectContaining({ team: "Vision", labels: { rack: "3" } }),
      }),
    ]);
    expect(findResource(world.ctx.read, "Compute", "gpu-7")).toEqual(said);
    expect(world.ctx.resourcesOf(world.ctx.read)).toEqual(resourcesOf(world.ctx.read));
    expect(resourcesOf(world.ctx.read).map(({ id }) => id)).toEqual(["gpu-7", "train", "nordwind"]);
    expect(world.ctx.findResource(world.ctx.read, "Compute", "gpu-8")).toBeUndefined();
  });

  it("replaces all that was said of it, and the entry says what was before", async () => {
    const made = await put(compute("gpu-7", { labels: { rack: "3" } }));
    world.forget();
    world.clock.advance(60_000);
    const changed = await put(compute("gpu-7", { team: "Language" }));
    expect(changed).toMatchObject({ labels: {}, createdAt: made.createdAt, updatedAt: world.clock.now() });
    expect(world.trail()).toMatchObject([
      {
        kind: "resource.changed",
        before: { team: null, labels: { rack: "3" } },
        after: { team: "Language", labels: {} },
      },
    ]);
  });

  it("is refused to those who may not, and leaves the refusal only", async () => {
    for (const actor of [AUDITOR, ANONYMOUS]) {
      await expect(put(compute("gpu-7"), world.as(actor))).rejects.toMatchObject({ code: "kernel.forbidden" });
    }
    expect(world.trail().map(({ kind, action }) => [kind, action])).toEqual([
      ["denied", "resource.put"],
      ["denied", "resource.put"],
    ]);
    expect(findResource(world.ctx.read, "Compute", "gpu-7")).toBeUndefined();
  });

  it("is for a team lead when it is of her team, now and then, and neither a provider nor a pool", async () => {
    await expect(put(compute("gpu-7", { team: "Vision" }), lead)).resolves.toMatchObject({ id: "gpu-7" });
    await put(compute("gpu-8", { team: "Language" }));
    const refused = [
      compute("gpu-9"),
      compute("gpu-9", { team: "Language" }),
      compute("gpu-9", { team: "Nobody" }),
      compute("gpu-8", { team: "Vision" }),
      compute("gpu-7", { team: "Language" }),
      { type: "Provider", id: "own", team: "Vision", attributes: { trust: "trusted" } },
      { type: "Pool", id: "own", team: "Vision" },
    ];
    for (const said of refused) {
      await expect(put(said, lead)).rejects.toMatchObject({ code: "kernel.forbidden" });
    }
    expect(findResource(world.ctx.read, "Compute", "gpu-8")).toMatchObject({ team: "Language" });
  });

  const whole = { provider: provider("nordwind"), region: "eu-north", gpus: 8 };
  const uid = (type: string, id: string) => ({ type, id });
  it.each([
    ["an attribute that is missing", { attributes: { region: "x", gpus: 1 } }, "attribute provider is missing"],
    ["an attribute of another type", { attributes: { ...whole, gpus: "8" } }, /^gpus: expected Long, found/],
    ["a fraction", { attributes: { ...whole, gpus: 1.5 } }, "gpus: 1.5 is not a 64-bit integer"],
    ["nothing", { attributes: { ...whole, region: null } }, "region: null is not a value"],
    [
      "an attribute that the schema does not have",
      { attributes: { ...whole, colour: "red" } },
      'no attribute "colour"',
    ],
    [
      "an entity of another type",
      { attributes: { ...whole, provider: { __entity: uid("Pool", "train") } } },
      /^provider: /,
    ],
    [
      "an entity that is written short",
      { attributes: { ...whole, provider: uid("Provider", "nordwind") } },
      "__entity",
    ],
    ["a parent of another type", { parents: [uid("Provider", "nordwind")] }, "member of a Provider"],
    ["a team among the attributes", { attributes: { ...whole, team: { __entity: uid("Team", "Vision") } } }, /^team: /],
    ["a team among the parents", { parents: [uid("Team", "Vision")] }, /^parents: /],
    ["a team where there is none", { type: "Pool", attributes: {}, team: "Vision" }, "team"],
    ["labels where there are none", { type: "Pool", attributes: {}, labels: { a: "b" } }, /^labels/],
    ["a type that the schema does not have", { type: "Ghost" }, "no entity type Ghost"],
    ["an identity", { type: "Node" }, "a Node is not registered here"],
    ["something of the console", { type: "Session" }, "a Session is not registered here"],
  ])("refuses %s, in words", async (_, { attributes = whole, ...more }: Partial<PutResourceInput>, problem) => {
    const failure = await put(compute("gpu-7", { attributes, ...more })).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "resource.refused" });
    const problems = (failure as { facts: { problems: string[] } }).facts.problems;
    expect(problems[0]).toEqual(
      typeof problem === "string" ? expect.stringContaining(problem) : expect.stringMatching(problem),
    );
    expect(world.trail()).toEqual([]);
  });

  it("refuses a reference to what is not registered, and a team that is not there", async () => {
    const missing = { attributes: { provider: provider("nordvind"), region: "x", gpus: 1 } };
    await expect(put(compute("gpu-7", missing))).rejects.toMatchObject({
      code: "resource.reference_missing",
      facts: { type: "Provider", id: "nordvind" },
    });
    await expect(put(compute("gpu-7", { parents: [{ type: "Pool", id: "nowhere" }] }))).rejects.toMatchObject({
      code: "resource.reference_missing",
    });
    await expect(put(compute("gpu-7", { team: "Nobody" }))).rejects.toMatchObject({ code: "kernel.missing" });
    expect(resourcesOf(world.ctx.read)).toHaveLength(2);
  });
});

describe("removing a resource", () => {
  const nordwind = { type: "Provider", id: "nordwind" };

  it("is refused while others refer to it, which are named", async () => {
    for (const id of ["gpu-1", "gpu-2", "gpu-3"]) await put(compute(id, { parents: [{ type: "Pool", id: "train" }] }));
    await expect(removeResource(world.ctx, nordwind)).rejects.toThrow("3 of Compute use it: gpu-1, gpu-2, gpu-3");
    await expect(removeResource(world.ctx, { type: "Pool", id: "train" })).rejects.toMatchObject({
      code: "resource.in_use",
      facts: { users: [{ type: "Compute", count: 3, first: ["gpu-1", "gpu-2", "gpu-3"] }] },
    });
    expect(findResource(world.ctx.read, "Provider", "nordwind")).toBeDefined();
  });

  it("takes it away with an entry that says what it was", async () => {
    await removeResource(world.ctx, nordwind);
    expect(world.trail()).toMatchObject([
      {
        kind: "resource.removed",
        object: { type: "Resource", id: 'Provider::"nordwind"' },
        before: { team: null, attributes: { trust: "trusted" } },
      },
    ]);
    expect(findResource(world.ctx.read, "Provider", "nordwind")).toBeUndefined();
    await expect(removeResource(world.ctx, nordwind)).rejects.toMatchObject({ code: "kernel.missing" });
  });

  it("is refused to those who may not, and changes nothing", async () => {
    await put(compute("gpu-7", { team: "Language" }));
    world.forget();
    for (const ctx of [world.as(AUDITOR), lead]) {
      const removal = removeResource(ctx, { type: "Compute", id: "gpu-7" });
      await expect(removal).rejects.toMatchObject({ code: "kernel.forbidden" });
    }
    await expect(removeResource(lead, nordwind)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail().map(({ kind }) => kind)).toEqual(["denied", "denied", "denied"]);
    expect(findResource(world.ctx.read, "Compute", "gpu-7")).toBeDefined();
  });
});

describe("reading resources", () => {
  beforeEach(async () => {
    await put({ type: "Provider", id: "basement", attributes: { trust: "untrusted" } });
    await put(compute("gpu-1", { team: "Vision", labels: { rack: "100%" } }));
    const attributes = { provider: provider("basement"), region: "eu-west", gpus: 1 };
    await put(compute("gpu-2", { attributes }));
    world.forget();
  });

  it("gives pages by type and name, with counts of everything that fits", async () => {
    const first = await list({ limit: 3 });
    expect(first.items.map(({ type, id }) => `${type} ${id}`)).toEqual([
      "Compute gpu-1",
      "Compute gpu-2",
      "Pool train",
    ]);
    const second = await list({ limit: 3, cursor: first.nextCursor ?? "" });
    expect(second.items.map(({ id }) => id)).toEqual(["basement", "nordwind"]);
    expect(second.nextCursor).toBeNull();
    expect(second).toMatchObject({
      total: 5,
      byType: [
        { type: "Compute", count: 2 },
        { type: "Pool", count: 1 },
        { type: "Provider", count: 2 },
      ],
      all: { resources: 5, untrustedProviders: 1, untrustedCompute: 1 },
    });
  });

  it.each([
    [{ type: "Compute" }, ["gpu-1", "gpu-2"]],
    [{ team: "Vision" }, ["gpu-1"]],
    [{ text: "BASEMENT" }, ["gpu-2", "basement"]],
    [{ text: "vis" }, ["gpu-1"]],
    [{ text: "0%" }, ["gpu-1"]],
    [{ text: "rack_" }, []],
    [{ type: "Compute", text: "eu-west" }, ["gpu-2"]],
    [{ type: "Ghost" }, []],
  ])("finds by %j", async (filter, ids) => {
    const page = await list(filter);
    const found = page.items.map(({ id }) => id);
    expect(found).toEqual(ids);
    expect(page.total).toBe(found.length);
  });

  it("says of one who uses it, and misses what is not there", async () => {
    expect(await getResource(world.ctx, { type: "Provider", id: "basement" })).toMatchObject({
      usedBy: [{ type: "Compute", count: 1, first: ["gpu-2"] }],
    });
    const ghost = getResource(world.ctx, { type: "Compute", id: "ghost" });
    await expect(ghost).rejects.toMatchObject({ code: "kernel.missing" });
  });

  it("is for auditors and leads, with the schema in force, and for nobody in particular", async () => {
    for (const ctx of [world.as(AUDITOR), lead]) {
      expect(await listResources(ctx, ListResourcesInput.parse({}))).toMatchObject({ total: 5 });
      expect(await getResource(ctx, { type: "Pool", id: "train" })).toMatchObject({ usedBy: [] });
      expect((await readSchemaInForce(ctx)).text).toContain("entity Compute");
    }
    const stranger = world.as(ANONYMOUS);
    for (const read of [
      () => listResources(stranger, ListResourcesInput.parse({})),
      () => getResource(stranger, { type: "Pool", id: "train" }),
      () => readSchemaInForce(stranger),
    ]) {
      await expect(read()).rejects.toMatchObject({ code: "kernel.forbidden" });
    }
  });
});
