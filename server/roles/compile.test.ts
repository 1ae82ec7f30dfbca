import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatPolicies } from "@/server/engines/cedar/syntax/editing/format";
import { giveRole, identity, isAllowed, makeRole, smallSwarm, type Swarm } from "@/server/testing/roles";
import { ADMIN, testWorld, type World } from "@/server/testing/world";
import { policiesOf } from "./compile";
import type { Condition } from "./contract";

let world: World;
let swarm: Swarm;
beforeEach(async () => {
  world = await testWorld({ as: ADMIN });
  swarm = await smallSwarm(world);
});
afterEach(() => world.close());

const WORKLOAD = { id: "w", kind: "training", sensitivity: "restricted" };
const ask = (action: string, type: string, id: string, context: Record<string, unknown> = {}) =>
  isAllowed(world.ctx, { type: "Node", id: "runner" }, action, { type, id }, context);

describe("a condition of a role", () => {
  it.each<[string, Condition, boolean, boolean]>([
    ["the holder's own team", { on: "own_team" }, true, false],
    ["a team", { on: "team", any: ["audio"] }, false, true],
    ["teams", { on: "team", any: ["audio", "vision"] }, true, true],
    ["a pool", { on: "pool", any: ["train"] }, true, false],
    ["a region", { on: "region", any: ["us-east", "us-west"] }, false, true],
  ])("on %s narrows what it reaches", async (_, condition, first, second) => {
    await makeRole(world.ctx, "runner", {
      permissions: [{ actions: ["compute.drain"], resourceTypes: [], conditions: [condition] }],
    });
    await giveRole(world.ctx, identity(swarm.node), "runner");
    expect([await ask("compute.drain", "Compute", "gpu-1"), await ask("compute.drain", "Compute", "gpu-2")]).toEqual([
      first,
      second,
    ]);
  });

  it("on sensitivity is asked of the data, and of the workload where there is one", async () => {
    await makeRole(world.ctx, "reader", {
      permissions: [
        {
          ...{ actions: ["dataset.read", "workload.run"], resourceTypes: [] },
          conditions: [{ on: "sensitivity", any: ["public", "restricted"] }],
        },
      ],
    });
    await giveRole(world.ctx, identity(swarm.node), "reader");
    expect(await ask("dataset.read", "Dataset", "faces")).toBe(true);
    expect(await ask("workload.run", "Compute", "gpu-1")).toBe(false);
    expect(await ask("workload.run", "Compute", "gpu-1", { workload: WORKLOAD })).toBe(true);
    const internal = { ...WORKLOAD, sensitivity: "internal" };
    expect(await ask("workload.run", "Compute", "gpu-1", { workload: internal })).toBe(false);
  });

  it("on the kind of workload is asked of the workload, and without one the answer is no", async () => {
    await makeRole(world.ctx, "trainer", {
      permissions: [
        {
          ...{ actions: ["workload.run"], resourceTypes: [] },
          conditions: [{ on: "workload_kind", any: ["training"] }],
        },
      ],
    });
    await giveRole(world.ctx, identity(swarm.node), "trainer");
    expect(await ask("workload.run", "Compute", "gpu-1")).toBe(false);
    expect(await ask("workload.run", "Compute", "gpu-1", { workload: WORKLOAD })).toBe(true);
    const batch = { ...WORKLOAD, kind: "batch" };
    expect(await ask("workload.run", "Compute", "gpu-1", { workload: batch })).toBe(false);
  });

  it("beside others holds only together with them", async () => {
    await makeRole(world.ctx, "runner", {
      permissions: [
        {
          ...{ actions: ["workload.run"], resourceTypes: ["Compute"] },
          conditions: [{ on: "own_team" }, { on: "region", any: ["us-east"] }],
        },
      ],
    });
    await giveRole(world.ctx, identity(swarm.node), "runner");
    expect(await ask("workload.run", "Compute", "gpu-1")).toBe(false);
    expect(await ask("workload.run", "Compute", "gpu-2")).toBe(false);
  });
});

describe("a role in Cedar", () => {
  it("permits groups of actions, on the chosen types alone", async () => {
    await makeRole(world.ctx, "user", {
      permissions: [{ actions: ["use"], resourceTypes: ["Dataset", "Storage"], conditions: [] }],
    });
    await giveRole(world.ctx, identity(swarm.node), "user");
    expect(await ask("dataset.read", "Dataset", "faces")).toBe(true);
    expect(await ask("workload.run", "Compute", "gpu-1")).toBe(false);
  });

  it("is one policy for each permission, in the one form, whatever is in its words", () => {
    const policies = policiesOf("odd", {
      title: 'Odd "words"\n@id("x") permit (principal, action, resource);',
      permissions: [
        { actions: ["a", "a"], resourceTypes: [], conditions: [{ on: "region", any: ['eu" || true || "'] }] },
        { actions: ["b"], resourceTypes: ["Compute", "Storage"], conditions: [{ on: "role", any: ["runner"] }] },
      ],
    });
    expect(policies.map(({ name }) => name)).toEqual(["role:odd:1", "role:odd:2"]);
    for (const { text } of policies) {
      expect(formatPolicies(text)).toBe(text);
      expect(text.match(/^permit/gm)).toHaveLength(1);
    }
    expect(policies[0]?.text).toContain(String.raw`["eu\" || true || \""]`);
    expect(policies[1]?.text).toMatchInlineSnapshot(`
      "// Odd "words" @id("x") permit (principal, action, resource);, within the scopes of its grants.
      @id("role:odd:2")
      permit (
        principal in Role::"odd",
        action in [Action::"b"],
        resource
      )
      when {
        principal has granted &&
        principal.granted.hasTag("odd") &&
        resource in principal.granted.getTag("odd")
      }
      when { resource is Compute || resource is Storage }
      when { [Role::"runner"].contains(resource) };
      "
    `);
  });
});
