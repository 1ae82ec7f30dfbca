import { updateIdentity } from "@/server/identities/update-identity";
import type { Machine } from "./machine";
import { chanceOf, minutesAfter } from "./story";
import type { DemoWorld } from "./world";

/** What nodes ask before they run something: the kind of workload, how sensitive it is, how many GPUs it takes. */
const WORKLOADS = [
  { kind: "training", sensitivity: "internal", gpus: 8 },
  { kind: "training", sensitivity: "confidential", gpus: 8 },
  { kind: "inference", sensitivity: "internal", gpus: 1 },
  { kind: "inference", sensitivity: "public", gpus: 2 },
  { kind: "fine-tuning", sensitivity: "restricted", gpus: 4 },
  { kind: "batch", sensitivity: "internal", gpus: 2 },
  { kind: "notebook", sensitivity: "public", gpus: 1 },
] as const;

/** A pair of nodes asks about every hour and a half, from when policies let them. */
const [FIRST, EVERY_MINUTES] = [37, 90];

/** What nodes asked the gateway in these weeks, each about its own hardware. */
export function planDecisions(world: DemoWorld): void {
  const { story, days } = world;
  const begins = days.day(FIRST, "06:00");
  const rounds = Math.floor((days.present.getTime() - begins.getTime()) / (EVERY_MINUTES * 60_000));
  for (let round = 0; round < rounds; round += 1) {
    story.at(minutesAfter(begins, round * EVERY_MINUTES), async () => {
      await askOnce(world, `${round}, first`);
      await askOnce(world, `${round}, second`);
    });
  }
  planQuarantine(world);
  planMisrouted(world);
  planByRoles(world);
}

/** What services ask that only a role lets them do: the nightly scenes, and what labels them. */
function planByRoles(world: DemoWorld): void {
  const { story, days } = world;
  for (let night = 24; night > 0; night -= 1) {
    story.at(days.day(night, "23:10"), () =>
      askFor(world.machine("vision-ingest/ams"), "dataset.write", { type: "Dataset", id: "street-scenes" }),
    );
  }
  for (let day = 11; day > 5; day -= 2) {
    story.at(days.day(day, "10:34"), () =>
      askFor(world.machine("label-studio/ams"), "model.read", { type: "Model", id: "streetseg-2" }),
    );
  }
}

function askFor(machine: Machine, action: string, resource: { type: string; id: string }): Promise<void> {
  return machine.asks({
    subject: { type: "Service", id: machine.plan.name },
    action: { name: action },
    resource,
    context: {},
  });
}

/** A node that is looked into: its scheduler does not know, and asks on. */
function planQuarantine(world: DemoWorld): void {
  const { story, days } = world;
  const node = () => world.machine("gpu-l40s-fra-05");
  story.at(days.ago(47, 20), async () => {
    const labels = {
      pool: "inference",
      site: "fra",
      provider: "basement-gpus",
      gpu: "l40s-48g",
      quarantine: "SEC-214",
    };
    await updateIdentity(await world.person("noor").atConsole(), { id: await node().identityId(), labels });
  });
  for (let hours = 45; hours > 0; hours -= 4) {
    story.at(days.ago(hours, 9), () => ask(node(), node().plan.name, WORKLOADS[2]));
  }
}

/** A job that a scheduler sent to the wrong place asks to run on hardware of another provider. */
function planMisrouted(world: DemoWorld): void {
  const { story, days } = world;
  for (const minutes of [12, 13, 15, 19]) {
    story.at(days.ago(6, minutes), () => ask(world.machine("gpu-a100-fra-03"), "gpu-h100-ams-02", WORKLOADS[1]));
  }
}

async function askOnce(world: DemoWorld, occasion: string): Promise<void> {
  const nodes = world.machines().filter(({ plan }) => plan.kind === "node");
  const node = nodes[Math.floor(chanceOf(`node ${occasion}`) * nodes.length)];
  const workload = WORKLOADS[Math.floor(chanceOf(`workload ${occasion}`) * WORKLOADS.length)];
  if (!node || !workload) return;
  await ask(node, node.plan.name, workload);
}

function ask(node: Machine, on: string, workload: (typeof WORKLOADS)[number]): Promise<void> {
  return node.asks({
    subject: { type: "Node", id: node.plan.name },
    action: { name: "workload.run" },
    resource: { type: "Compute", id: on },
    context: { workload },
  });
}
