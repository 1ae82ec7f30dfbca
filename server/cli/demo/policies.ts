import type { Context } from "@/server/kernel/context";
import { saveDraft } from "@/server/policies/drafts";
import { listPolicies } from "@/server/policies/list";
import { publishDrafts, rollBack } from "@/server/policies/publish";
import { setShadow } from "@/server/policies/review";
import { TEMPLATES } from "@/server/policies/templates";
import type { PolicyTest } from "@/server/policies/test-contract";
import { putTest } from "@/server/policies/tests";
import type { DemoWorld } from "./world";

/** What was published, when and why. */
const PUBLISHED = [
  { day: 38, time: "11:04", names: ["nodes-run-workloads", "endpoints-by-team"], note: "Nodes and endpoints begin" },
  { day: 29, time: "15:30", names: ["eu-data-stays-in-eu", "quarantined-node"], note: "Asked for by data protection" },
  { day: 14, time: "09:48", names: ["batch-at-night"], note: "Keep the days free for training" },
] as const;

/** How policies came into force, what is expected of them, and what waits as a draft. */
export function planPolicies(world: DemoWorld): void {
  const { story, days } = world;
  for (const { day, time, names, note } of PUBLISHED) {
    story.at(days.day(day, time), async () => publish(await asPriya(world), names, note));
  }
  story.at(days.day(29, "15:41"), async () => {
    for (const test of TESTS) await putTest(await asPriya(world), test);
  });
  story.at(days.day(9, "10:15"), async () => {
    const ctx = await asPriya(world);
    const { epoch } = await listPolicies(ctx);
    await rollBack(ctx, { to: epoch - 1, base: epoch, note: "Nightly batches of vision miss their deadline" });
  });
  story.at(days.day(2, "16:20"), async () => {
    const ctx = await asPriya(world);
    const { id: draft, revision } = await saveNew(ctx, "training-on-trusted-providers");
    await setShadow(ctx, { draft, revision, runs: true });
  });
}

function asPriya(world: DemoWorld): Promise<Context> {
  return world.person("priya").atConsole();
}

async function publish(ctx: Context, names: readonly string[], note: string): Promise<void> {
  const drafts: { draft: string; revision: number }[] = [];
  for (const name of names) {
    const { id: draft, revision } = await saveNew(ctx, name);
    drafts.push({ draft, revision });
  }
  const { epoch: base } = await listPolicies(ctx);
  await publishDrafts(ctx, { drafts, base, note });
}

async function saveNew(ctx: Context, name: string) {
  const template = TEMPLATES.find((one) => one.name === name);
  if (!template) throw new Error(`there is no template ${name}`);
  return saveDraft(ctx, { draft: null, policy: null, text: template.text, revision: null });
}

const confidential = {
  uid: { type: "Workload", id: "w" },
  attrs: { kind: "training", sensitivity: "confidential" },
  parents: [],
};

const TESTS: readonly PolicyTest[] = [
  {
    name: "confidential work does not leave the EU",
    principal: { type: "Node", id: "any" },
    action: "workload.run",
    resource: { type: "Compute", id: "abroad" },
    context: { workload: { type: "Workload", id: "w" } },
    entities: [confidential, compute("abroad", "us-east")],
    expect: { decision: "deny", policies: ["eu-data-stays-in-eu"] },
  },
  {
    name: "a quarantined node runs nothing",
    principal: { type: "Node", id: "sick" },
    action: "workload.run",
    resource: { type: "Compute", id: "sick" },
    context: {},
    entities: [
      compute("sick", "eu-north"),
      {
        uid: { type: "Node", id: "sick" },
        attrs: { id: "nod_sick", name: "sick", state: "active" },
        tags: { quarantine: "yes" },
        parents: [],
      },
    ],
    expect: { decision: "deny", policies: ["quarantined-node"] },
  },
];

function compute(id: string, region: string) {
  const provider = { __entity: { type: "Provider", id: "example" } };
  return { uid: { type: "Compute", id }, attrs: { provider, region, gpus: 8 }, parents: [] };
}
