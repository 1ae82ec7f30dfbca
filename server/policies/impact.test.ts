import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/server/kernel/context";
import type { Json } from "@/server/kernel/ports";
import { AUDITOR, TEAM_LEAD, testWorld, type World } from "@/server/testing/world";
import { putResource } from "@/server/resources/put-resource";
import { saveDraft } from "./drafts";
import { findGains } from "./gains";
import { publishDrafts } from "./publish";
import { replayDecisions } from "./replay";
import type { PolicyTest } from "./test-contract";
import { TEMPLATES } from "./templates";
import { listTests, putTest, removeTest, runPolicyTests } from "./tests";
import { tryRequest } from "./try";
import { whoCan } from "./who-can";

const RUNS = `@id("nodes-run")
permit (principal is Node, action == Action::"workload.run", resource is Compute);
`;
const TRUSTED = TEMPLATES.find(({ name }) => name === "training-on-trusted-providers")?.text ?? "";
const change = (text: string) => [{ policy: null, text }];
const PLAIN = { team: null, parents: [], labels: {} };
const training = { workload: { type: "Workload", id: "w" } };
const workload = (kind: string): Json => ({
  uid: { type: "Workload", id: "w" },
  attrs: { kind, sensitivity: "internal" },
  parents: [],
});

let world: World;
beforeEach(async () => {
  world = await testWorld();
  for (const [id, trust] of [
    ["nordwind", "trusted"],
    ["basement", "untrusted"],
  ] as const) {
    await putResource(world.ctx, { type: "Provider", id, attributes: { trust }, ...PLAIN });
    for (const node of [1, 2]) await makeNode(world.ctx, `gpu-${id}-${node}`, id);
  }
  const { id: draft, revision } = await saveDraft(world.ctx, { draft: null, policy: null, text: RUNS, revision: null });
  await publishDrafts(world.ctx, { drafts: [{ draft, revision }], base: 0, note: "to begin with" });
  world.forget();
});
afterEach(() => world.close());

async function makeNode(ctx: Context, name: string, provider: string): Promise<void> {
  await world.runtime.database.writer.write((tx) =>
    ctx.ensureIdentity(tx, { kind: "node", name, id: ctx.newId("nod"), at: ctx.now() }),
  );
  const attributes = { region: "eu-north", gpus: 8, provider: { __entity: { type: "Provider", id: provider } } };
  await putResource(ctx, { type: "Compute", id: name, attributes, ...PLAIN });
}

describe("trying a request", () => {
  const request = {
    principal: { type: "Node", id: "gpu-basement-1" },
    action: "workload.run",
    resource: { type: "Compute", id: "gpu-basement-1" },
    context: training,
    entities: [workload("training")],
  };

  it("tells which policy decides with a change, and why others did not, on what the store knows", async () => {
    expect(await tryRequest(world.ctx, { ...request, changes: [] })).toMatchObject({
      decision: "allow",
      policies: ["nodes-run"],
    });
    const { decision, policies, trace, facts } = await tryRequest(world.ctx, { ...request, changes: change(TRUSTED) });
    expect({ decision, policies }).toEqual({ decision: "deny", policies: ["training-on-trusted-providers"] });
    expect(facts.find(({ uid }) => uid.type === "Provider")?.attrs).toEqual({ trust: "untrusted" });
    expect(trace.find(({ policy }) => policy === "auditor-reads")).toMatchObject({
      outcome: "not satisfied",
      failed: { saw: [{ expression: "principal", value: 'Node::"gpu-basement-1"' }] },
    });
    expect(world.trail()).toEqual([]);
  });

  it("takes a workload as machines describe it, and names of entities within", async () => {
    const asked = { ...request, entities: [], changes: change(TRUSTED) };
    const described = (workload: Json) => ({ ...asked, context: { workload } });
    expect(await tryRequest(world.ctx, described({ kind: "training", sensitivity: "internal" }))).toMatchObject({
      decision: "deny",
    });
    expect(
      await tryRequest(world.ctx, described({ id: "w", kind: "batch", sensitivity: "internal", team: "vision" })),
    ).toMatchObject({ decision: "allow" });
    await expect(tryRequest(world.ctx, described({ kind: "training" }))).rejects.toMatchObject({
      message: /sensitivity/,
    });
    const { total } = await whoCan(world.ctx, {
      ...{ action: "workload.run", resource: request.resource, changes: change(TRUSTED) },
      context: { workload: { kind: "training", sensitivity: "internal" } },
    });
    expect(total).toBe(0);
  });

  it("refuses what does not follow the schema, and says what would", async () => {
    const wrong = { ...request, action: "workload.walk", changes: [] };
    await expect(tryRequest(world.ctx, wrong)).rejects.toMatchObject({
      code: "policy.request_refused",
      message: /workload\.walk/,
    });
    const extra = { ...request, context: { mood: "good" }, changes: [] };
    await expect(tryRequest(world.ctx, extra)).rejects.toMatchObject({ message: /mood/ });
  });

  it("denies what a forbid cannot be evaluated for", async () => {
    const failing =
      '@id("by-region")\nforbid (principal, action == Action::"workload.run", resource) when { resource.region.isInRange(ip("10.0.0.0/8")) };';
    const verdict = await tryRequest(world.ctx, { ...request, changes: change(failing) });
    expect(verdict).toMatchObject({ decision: "deny", failed: "by-region" });
  });
});

describe("policy tests", () => {
  const test: PolicyTest = {
    name: "training stays off the basement",
    principal: { type: "Node", id: "n" },
    action: "workload.run",
    resource: { type: "Compute", id: "c" },
    context: training,
    entities: [
      workload("training"),
      { uid: { type: "Provider", id: "p" }, attrs: { trust: "untrusted" }, parents: [] },
      {
        uid: { type: "Compute", id: "c" },
        attrs: { provider: { __entity: { type: "Provider", id: "p" } }, region: "x", gpus: 1 },
        parents: [],
      },
    ],
    expect: { decision: "deny", policies: ["training-on-trusted-providers"] },
  };

  it("are kept, run against a change, and removed", async () => {
    await putTest(world.ctx, test);
    expect(await listTests(world.ctx)).toEqual([test]);
    expect(await runPolicyTests(world.ctx, { changes: [] })).toMatchObject([
      { passed: false, decided: "allow", why: "expected deny, and it is allow, by nodes-run" },
    ]);
    expect(await runPolicyTests(world.ctx, { changes: change(TRUSTED) })).toMatchObject([{ passed: true, why: null }]);
    await removeTest(world.ctx, { name: test.name });
    expect(await listTests(world.ctx)).toEqual([]);
    expect(world.trail().map(({ kind }) => kind)).toEqual(["policy.test_saved", "policy.test_removed"]);
    await expect(removeTest(world.ctx, { name: test.name })).rejects.toMatchObject({ code: "kernel.missing" });
    await expect(putTest(world.as(AUDITOR), test)).rejects.toMatchObject({ code: "kernel.forbidden" });
  });
});

describe("who can", () => {
  const asked = { action: "workload.run", resource: { type: "Compute", id: "gpu-basement-1" }, context: {} };

  it("names everybody who may, with the policies", async () => {
    const { total, principals } = await whoCan(world.ctx, { ...asked, changes: [] });
    expect(total).toBe(4);
    expect(principals[0]).toEqual({ type: "Node", id: "gpu-basement-1", policies: ["nodes-run"] });
  });

  it("is nobody where a change forbids it, and follows attributes of the store", async () => {
    const own =
      '@id("own")\nforbid (principal is Node, action == Action::"workload.run", resource is Compute) unless { principal has provider && principal.provider.trust == "trusted" };';
    const { principals } = await whoCan(world.ctx, { ...asked, changes: change(own) });
    expect(principals.map(({ id }) => id)).toEqual(["gpu-nordwind-1", "gpu-nordwind-2"]);
  });
});

describe("gains and losses", () => {
  it("say who loses what, on which resources and by which policy", async () => {
    const { identities, of, next, limits } = await findGains(world.ctx, { changes: change(TRUSTED), after: 0 });
    expect({ of, next, limits }).toEqual({ of: 4, next: null, limits: [] });
    expect(identities).toHaveLength(4);
    expect(identities[0]?.differences).toEqual([
      {
        ...{ change: "loses", action: "workload.run", workload: "training", resourceType: "Compute", count: 2 },
        resources: ["gpu-basement-1", "gpu-basement-2"],
        policies: ["training-on-trusted-providers"],
      },
      expect.objectContaining({ workload: "fine-tuning" }),
    ]);
  });

  it("are nothing for a change that changes nothing", async () => {
    const nothing =
      '@id("nothing")\npermit (principal is Node, action == Action::"workload.run", resource is Compute);';
    expect((await findGains(world.ctx, { changes: change(nothing), after: 0 })).identities).toEqual([]);
  });
});

describe("replaying the log", () => {
  const which = { order: "newest", before: null } as const;

  it("is what was decided, again, with the differences grouped", async () => {
    for (const kind of ["training", "training", "inference"]) await logOne("gpu-basement-1", kind, "allow");
    await logOne("gpu-nordwind-1", "training", "allow");
    const page = await replayDecisions(world.ctx, { changes: change(TRUSTED), which, limit: 100 });
    expect(page).toMatchObject({ replayed: 4, unreadable: 0, next: null, total: 4 });
    expect(page.groups).toMatchObject([
      {
        ...{
          change: "newly denied",
          subject: { type: "Node", id: "gpu-basement-1" },
          action: "workload.run",
          count: 2,
        },
        policies: ["training-on-trusted-providers"],
        decisions: [{ seq: 2, resource: "gpu-basement-1" }, { seq: 1 }],
      },
    ]);
  });

  it("goes on page by page, and as a shadow from a place in the log", async () => {
    for (const kind of ["training", "inference", "training"]) await logOne("gpu-basement-1", kind, "allow");
    const first = await replayDecisions(world.ctx, { changes: change(TRUSTED), which, limit: 2 });
    expect(first).toMatchObject({ replayed: 2, next: 2, groups: [{ count: 1 }] });
    const second = await replayDecisions(world.ctx, {
      changes: change(TRUSTED),
      which: { ...which, before: first.next },
      limit: 2,
    });
    expect(second).toMatchObject({ replayed: 1, next: null, groups: [{ count: 1 }] });

    const since = { order: "since", after: 1, from: world.clock.now() } as const;
    const shadow = await replayDecisions(world.ctx, { changes: change(TRUSTED), which: since, limit: 10 });
    expect(shadow).toMatchObject({ replayed: 2, next: 3, groups: [{ decisions: [{ seq: 3 }] }] });
  });

  it("is not for a team lead", async () => {
    await expect(
      replayDecisions(world.as(TEAM_LEAD), { changes: change(TRUSTED), which, limit: 2 }),
    ).rejects.toMatchObject({ code: "kernel.forbidden" });
  });
});

/** A decision as the gateway logs it. */
async function logOne(node: string, kind: string, decision: "allow" | "deny"): Promise<void> {
  const { facts } = await tryRequest(world.ctx, {
    ...{ principal: { type: "Node", id: node }, action: "workload.run", resource: { type: "Compute", id: node } },
    ...{ context: training, entities: [workload(kind)], changes: [] },
  });
  const context = { now: world.clock.now().toISOString(), provedBy: ["certificate"], risk: [], ...training };
  const asked = JSON.stringify({ context, facts: [...facts, workload(kind)] });
  await world.runtime.database.writer.write(async (tx) => {
    const insert = tx.statement(`
      INSERT INTO decisions (at, request_id, asker_kind, asker_id, asker_name, subject_type, subject_id, action,
        resource_type, resource_id, decision, policies, epoch, latency_micros, asked)
      VALUES (?, 'req', 'node', 'x', 'x', 'Node', ?, 'workload.run', 'Compute', ?, ?, '[]', 1, 10, ?)`);
    insert.run(world.clock.now().getTime(), node, node, decision, asked);
  });
}
