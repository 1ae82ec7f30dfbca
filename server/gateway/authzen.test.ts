import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import Sqlite from "better-sqlite3";
import { createTeam } from "@/server/identities/create-team";
import { publishFolder, rollBack } from "@/server/policies/publish";
import { newestEpoch } from "@/server/policies/store";
import { putResource } from "@/server/resources/put-resource";
import { addPerson } from "@/server/testing/people";
import { ask, enrollMachine, type Machine, type Site, startSite } from "@/server/testing/site";

const RUN_OWN = `@id("nodes-run")
permit (principal is Node, action == Action::"workload.run", resource);
`;
const NO_UNTRUSTED = `@id("no-untrusted-training")
forbid (principal, action == Action::"workload.run", resource)
when { context has workload && context.workload.kind == "training" }
when { resource.provider.trust == "untrusted" };
`;
const SCHEDULER_ASKS = `@id("scheduler-asks")
permit (principal == Node::"scheduler", action == Action::"decision.ask_others", resource)
when { resource has team && resource.team == Team::"vision" };
`;

let site: Site;
let machine: Machine;
let scheduler: Machine;

beforeAll(async () => {
  site = await startSite();
  await addPerson(site.world, { role: "admin" });
  await createTeam(site.world.ctx, { name: "vision" });
  machine = await enrollMachine(site, "gpu-7");
  scheduler = await enrollMachine(site, "scheduler");
  await putProvider("trusted");
  await put("Compute", "gpu-7", { provider: provider("nordwind"), region: "eu-north", gpus: 8 });
  await publish([RUN_OWN, NO_UNTRUSTED]);
});
afterAll(() => site.close());

const put = (type: string, id: string, attributes: Record<string, unknown>) =>
  putResource(site.world.ctx, { type, id, team: null, parents: [], attributes: attributes as never, labels: {} });
const provider = (id: string) => ({ __entity: { type: "Provider", id } });
const putProvider = (trust: string) => put("Provider", "nordwind", { trust });
const publish = (policies: string[]) =>
  publishFolder(site.world.ctx, { policies, tests: null, base: null, note: "for a test" });

const OWN = {
  subject: { type: "Node", id: "gpu-7" },
  action: { name: "workload.run" },
  resource: { type: "Compute", id: "gpu-7" },
};
const TRAINING = { workload: { kind: "training", sensitivity: "internal", team: "vision" } };
const evaluation = (body: unknown, pair = machine) => ask(site, "/access/v1/evaluation", { pair, body });

function logged(): { readonly decision: string; readonly seq: number; readonly [column: string]: unknown }[] {
  return site.world.runtime.database.read.statement("SELECT * FROM decisions ORDER BY seq").all() as never;
}

describe("a machine that asks about itself", () => {
  it("is told the decision, by which policies and under which epoch, and finds it in the log", async () => {
    const { status, json, headers } = await ask(site, "/access/v1/evaluation", {
      pair: machine,
      body: { ...OWN, context: TRAINING },
      headers: { "x-request-id": "mine-1" },
    });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: {
        decision: true,
        context: { policies: ["nodes-run"], reason: "the policy nodes-run permits it", epoch: 1 },
      },
    });
    expect(headers["x-request-id"]).toBe("mine-1");
    const row = logged().at(-1);
    expect(row).toMatchObject({
      seq: (json.context as { decision_id: number }).decision_id,
      asker_kind: "node",
      asker_name: "gpu-7",
      subject_type: "Node",
      subject_id: "gpu-7",
      action: "workload.run",
      resource_type: "Compute",
      workload_kind: "training",
      decision: "allow",
      policies: '["nodes-run"]',
      reason: null,
      epoch: 1,
    });
    expect(row?.latency_micros).toBeGreaterThan(0);
    expect(JSON.parse(String(row?.asked))).toMatchObject({
      context: { provedBy: ["certificate"], address: "127.0.0.1", workload: { __entity: { type: "Workload" } } },
      facts: [{ uid: { type: "Node", id: "gpu-7" } }, { uid: OWN.resource }, { uid: { id: "nordwind" } }, { tags: {} }],
    });
  });

  it("is decided about by what the store knows at that moment", async () => {
    await putProvider("untrusted");
    expect((await evaluation({ ...OWN, context: TRAINING })).json).toMatchObject({
      decision: false,
      context: { policies: ["no-untrusted-training"], reason: "the policy no-untrusted-training forbids it" },
    });
    await putProvider("trusted");
    expect((await evaluation({ ...OWN, context: TRAINING })).json).toMatchObject({ decision: true });
  });
});
