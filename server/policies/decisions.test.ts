import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decisionsFile } from "@/server/api/exports";
import { createMachine } from "@/server/identities/create-machine";
import type { Context } from "@/server/kernel/context";
import { putResource } from "@/server/resources/put-resource";
import { addPerson } from "@/server/testing/people";
import { testTerminal } from "@/server/testing/terminal";
import { AUDITOR, TEAM_LEAD, testWorld, type World } from "@/server/testing/world";
import { DecisionFilter, type DecisionFilter as Filter, ListDecisionsInput } from "./decision-contract";
import { evaluate } from "./evaluate";
import { explainDecision, getDecision } from "./explain-decision";
import { listDecisions } from "./list-decisions";
import { publishFolder } from "./publish";

const RUNS =
  '@id("runs")\npermit (principal, action == Action::"workload.run", resource)\nwhen { resource.gpus > 4 };\n';
const QUIET =
  '@id("quiet")\nforbid (principal, action == Action::"workload.run", resource)\nwhen { context has workload && context.workload.kind == "training" };\n';

let world: World;
let node: Context;

beforeAll(async () => {
  world = await testWorld();
  await addPerson(world, { role: "admin" });
  const { id } = await createMachine(world.ctx, { kind: "node", name: "gpu-7", teamId: null, labels: {} });
  node = world.as({ kind: "node", id, name: "gpu-7", roles: [], teams: [], provedBy: ["certificate"] });
  await put("Provider", "nordwind", { trust: "trusted" });
  await put("Compute", "gpu-7", { ...COMPUTE, gpus: 8 });
  await publishFolder(world.ctx, { policies: [RUNS], tests: null, base: null, note: "for a test" });
  await run("gpu-7");
  await run("nowhere");
  world.clock.advance(3_600_000);
  await publishFolder(world.ctx, { policies: [RUNS, QUIET], tests: null, base: null, note: "for a test" });
  await run("gpu-7", { workload: { kind: "training", sensitivity: "public" } });
  await run("gpu-7", { workload: { kind: "batch", sensitivity: "public" } });
});
afterAll(() => world.close());
beforeEach(() => world.forget());

const COMPUTE = { provider: { __entity: { type: "Provider", id: "nordwind" } }, region: "eu-north" };
const put = (type: string, id: string, attributes: object) =>
  putResource(world.ctx, { type, id, team: null, parents: [], attributes: attributes as never, labels: {} });
const run = (id: string, context = {}) =>
  evaluate(node, {
    subject: { type: "Node", id: "gpu-7" },
    action: { name: "workload.run" },
    resource: { type: "Compute", id },
    context,
  });
const list = async (input: object) =>
  (await listDecisions(world.ctx, ListDecisionsInput.parse(input))).rows.map(({ seq }) => seq);

describe("the log of decisions", () => {
  it.each<[Filter, number[]]>([
    [{}, [4, 3, 2, 1]],
    [{ subject: "gpu-7" }, [4, 3, 2, 1]],
    [{ subject: "gpu-8" }, []],
    [{ subject: "gpu-7", subjectType: "User" }, []],
    [{ asker: "gpu-7", action: "workload.run" }, [4, 3, 2, 1]],
    [{ action: "model.read" }, []],
    [{ resource: "nowhere" }, [2]],
    [{ resourceType: "Compute", decision: "deny" }, [3, 2]],
    [{ decision: "allow" }, [4, 1]],
    [{ policy: "quiet" }, [3]],
    [{ policy: "qui" }, []],
    [{ epoch: 1 }, [2, 1]],
    [{ workloadKind: "training" }, [3]],
    [{ from: new Date("2026-03-12T15:00:00Z") }, [4, 3]],
    [{ until: new Date("2026-03-12T15:00:00Z") }, [2, 1]],
  ])("shows what fits %j, the newest first", async (filter, expected) => {
    expect(await list(filter)).toEqual(expected);
  });

  it("goes on where a page ends, and with what came since", async () => {
    const page = await listDecisions(world.ctx, { limit: 3 });
    expect(page).toMatchObject({ next: 2, newest: 4 });
    expect(await list({ before: page.next })).toEqual([1]);
    expect(await listDecisions(world.ctx, { limit: 100, before: 2 })).toMatchObject({ next: null });
    expect(await list({ after: 2 })).toEqual([4, 3]);
    expect(await listDecisions(world.ctx, { after: page.newest, limit: 100 })).toMatchObject({
      rows: [],
      next: null,
      newest: 4,
    });
  });

  it("is read by auditors, and not by those who lead a team", async () => {
    expect((await listDecisions(world.as(AUDITOR), { limit: 1 })).rows).toHaveLength(1);
    await expect(listDecisions(world.as(TEAM_LEAD), { limit: 1 })).rejects.toMatchObject({ code: "kernel.forbidden" });
    await expect(getDecision(world.as(TEAM_LEAD), { seq: 1 })).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([
      { action: "decision.list" },
      { action: "decision.read", object: { id: "1" } },
    ]);
  });

  it("can be taken along as a file, and the audit log says so", async () => {
    const get = (query: string) => decisionsFile(world.as(AUDITOR), new URL(`http://console/?${query}`));
    const csv = (await (await get("format=csv&decision=deny")).text()).split("\r\n");
    expect(csv.map((line) => line.split(",")[0])).toEqual(["seq", "2", "3", ""]);
    const lines = (await (await get("format=ndjson")).text()).trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([1, 2, 3, 4]);
    expect(world.trail()).toMatchObject([{ kind: "decision.exported" }, { kind: "decision.exported" }]);
    expect((await get("format=xml")).status).toBe(400);
    expect(DecisionFilter.parse({})).toEqual({});
  });
});

describe("a decision in the log", () => {
  it("is made again by the policies and the facts of its time, whatever changed since", async () => {
    await put("Compute", "gpu-7", { ...COMPUTE, gpus: 1 });
    expect(await explainDecision(world.ctx, { seq: 1 })).toMatchObject({
      decision: "allow",
      epoch: 1,
      facts: [{ uid: { id: "gpu-7" } }, { attrs: { gpus: 8 } }, { uid: { id: "nordwind" } }],
      again: { decision: "allow", policies: ["runs"], isSame: true },
      whyNot: null,
    });
    const denied = await explainDecision(world.ctx, { seq: 3 });
    expect(denied).toMatchObject({ again: { decision: "deny", policies: ["quiet"], isSame: true } });
    expect(denied.again?.trace.find(({ policy }) => policy === "runs")).toMatchObject({ outcome: "satisfied" });
    const allowed = await explainDecision(world.ctx, { seq: 4 });
    expect(allowed.again?.trace.find(({ policy }) => policy === "quiet")).toMatchObject({
      outcome: "not satisfied",
      failed: { saw: expect.arrayContaining([{ expression: "context.workload.kind", value: '"batch"' }]) },
    });
  });

  it("of which no policy was asked says why", async () => {
    expect(await explainDecision(world.ctx, { seq: 2 })).toMatchObject({
      again: null,
      whyNot: 'no policy was asked: there is no Compute "nowhere"',
    });
    await expect(explainDecision(world.ctx, { seq: 99 })).rejects.toMatchObject({ code: "kernel.missing" });
  });

  it("is shown at the terminal", async () => {
    const { out } = await testTerminal(world.runtime).run(["decision", "list", "--policy", "quiet"]);
    expect(out.split("\n")[1]).toMatch(/^3 .* deny +Node::gpu-7 +workload\.run +Compute::gpu-7 +quiet$/);
    const told = await testTerminal(world.runtime).run(["decision", "explain", "3"]);
    expect(told.out).toMatch(/^Asked again +deny, as it was$/m);
    expect(told.out).toMatch(/^quiet +forbid +satisfied/m);
    expect(await testTerminal(world.runtime).run(["decision", "list", "--decision", "maybe"])).toMatchObject({
      code: 2,
    });
  });
});
