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
}

async function askOnce(world: DemoWorld, occasion: string): Promise<void> {
  const nodes = world.machines().filter(({ plan }) => plan.kind === "node");
  const node = nodes[Math.floor(chanceOf(`node ${occasion}`) * nodes.length)];
  const workload = WORKLOADS[Math.floor(chanceOf(`workload ${occasion}`) * WORKLOADS.length)];
  if (!node || !workload) return;
  await node.asks({
    subject: { type: "Node", id: node.plan.name },
    action: { name: "workload.run" },
    resource: { type: "Compute", id: node.plan.name },
    context: { workload },
  });
}
