import type { z } from "zod";
import { PutResourceInput } from "@/server/resources/contract";
import { putResource } from "@/server/resources/put-resource";
import type { TeamName } from "./cast";
import type { Batch } from "./fleet";
import type { DemoWorld } from "./world";

type Said = z.input<typeof PutResourceInput>;

/** Who offers hardware, how far they are trusted, and when they came. */
const PROVIDERS = [
  { id: "nordwind", trust: "trusted", region: "eu-north", day: 39, time: "10:12" },
  { id: "helios", trust: "verified", region: "us-east", day: 36, time: "11:40" },
  { id: "basement-gpus", trust: "untrusted", region: "eu-west", day: 23, time: "15:26" },
] as const;

const POOLS = ["train", "batch", "inference"] as const;

/** Whose hardware each batch is, where it stands, and how many GPUs are in one. */
const HARDWARE: Readonly<
  Record<string, { readonly provider: string; readonly region: string; readonly gpus: number }>
> = {
  "gpu-h100-ams": { provider: "nordwind", region: "eu-north", gpus: 8 },
  "gpu-a100-ams": { provider: "nordwind", region: "eu-north", gpus: 8 },
  "store-ams": { provider: "nordwind", region: "eu-north", gpus: 0 },
  "gpu-h100-fra": { provider: "helios", region: "eu-central", gpus: 8 },
  "gpu-a100-fra": { provider: "helios", region: "eu-central", gpus: 4 },
  "gpu-l40s-fra": { provider: "basement-gpus", region: "eu-central", gpus: 2 },
  "gpu-l40s-lis": { provider: "basement-gpus", region: "eu-west", gpus: 1 },
};

/** What the teams have besides machines. Models come before the endpoints that answer with them. */
const THINGS: readonly (Said & { readonly team: TeamName })[] = [
  of("Storage", "lake-ams", "platform", {
    provider: entity("Provider", "nordwind"),
    region: "eu-north",
    isEncrypted: true,
  }),
  of("Storage", "camera-archive", "vision", {
    provider: entity("Provider", "nordwind"),
    region: "eu-north",
    isEncrypted: true,
  }),
  of("Storage", "scratch-fra", "language", {
    provider: entity("Provider", "helios"),
    region: "eu-central",
    isEncrypted: false,
  }),
  of("Dataset", "street-scenes", "vision", { region: "eu-north", sensitivity: "internal" }),
  of("Dataset", "support-tickets", "language", { region: "eu-central", sensitivity: "restricted" }),
  of("Dataset", "web-crawl", "language", { region: "eu-central", sensitivity: "public" }),
  of("Model", "streetseg-2", "vision", { sensitivity: "confidential" }),
  of("Model", "atlas-7b", "language", { sensitivity: "internal", license: "apache-2.0" }),
  of("Endpoint", "chat", "language", { region: "eu-central", isPublic: true, model: entity("Model", "atlas-7b") }),
  of("Endpoint", "segment", "vision", { region: "eu-north", isPublic: false, model: entity("Model", "streetseg-2") }),
  of("Network", "backbone", "platform", { region: "eu-north", isPublic: false }),
  of("Network", "edge", "platform", { region: "eu-west", isPublic: true }),
];

/** How the registry of resources came to be; what machines bring is registered with each. */
export function planResources(world: DemoWorld): void {
  const { story, days } = world;
  for (const { id, trust, region, day, time } of PROVIDERS) {
    story.at(days.day(day, time), () =>
      register(world, "priya", { type: "Provider", id, attributes: { trust, region } }),
    );
  }
  story.at(days.day(39, "10:20"), async () => {
    for (const id of POOLS) await register(world, "priya", { type: "Pool", id });
  });
  story.at(days.day(30, "13:44"), async () => {
    for (const thing of THINGS) await register(world, LEADS[thing.team], thing);
  });
}

const LEADS: Readonly<Record<TeamName, string>> = { vision: "mara", language: "ines", platform: "noor" };

/** Registers the hardware of a node under the node's name, as whoever brings it in. */
export async function registerCompute(
  world: DemoWorld,
  batch: Pick<Batch, "prefix" | "by" | "team" | "labels">,
  name: string,
): Promise<void> {
  const hardware = HARDWARE[batch.prefix];
  if (!hardware) throw new Error(`nobody says whose hardware ${batch.prefix} is`);
  const { provider, ...rest } = hardware;
  const { pool, gpu, site } = batch.labels;
  await register(world, batch.by, {
    type: "Compute",
    id: name,
    team: batch.team,
    parents: pool ? [{ type: "Pool", id: pool }] : [],
    attributes: { ...rest, provider: entity("Provider", provider), ...(gpu && { gpuModel: gpu }) },
    labels: site ? { site } : {},
  });
}

async function register(world: DemoWorld, by: string, said: Said): Promise<void> {
  await putResource(await world.person(by).atConsole(), PutResourceInput.parse(said));
}

type Attributes = NonNullable<Said["attributes"]>;

function entity(type: string, id: string) {
  return { __entity: { type, id } };
}

function of(type: string, id: string, team: TeamName, attributes: Attributes) {
  return { type, id, team, attributes };
}
