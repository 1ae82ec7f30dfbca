import type { NodeKeyType } from "../node/key-request";
import { TRUST_DOMAIN, type TeamName } from "./cast";
import type { MachinePlan } from "./machine";
import type { Days } from "./story";

/** Nodes that came together: one kind of machine in one place. */
export interface Batch {
  readonly prefix: string;
  readonly count: number;
  readonly team: TeamName;
  readonly labels: Readonly<Record<string, string>>;
  /** The first three numbers of their addresses. */
  readonly network: string;
  /** Who brings them in, how many days before the present, and from what time on. */
  readonly by: string;
  readonly day: number;
  readonly time: string;
  readonly minutesApart: number;
  /** How many a day, when they do not come on the same one. */
  readonly perDay?: number;
  /** Days that a person issues them for; without, they enrol with join tokens, for a week. */
  readonly issuedForDays?: number;
  readonly keyType: NodeKeyType;
}

/** The nodes, 63 of them. */
export const BATCHES: readonly Batch[] = [
  {
    prefix: "gpu-h100-ams",
    count: 16,
    team: "vision",
    labels: { pool: "train", site: "ams", provider: "nordwind", gpu: "h100-80g" },
    network: "10.20.1",
    by: "mara",
    day: 38,
    time: "09:10",
    minutesApart: 21,
    perDay: 4,
    keyType: "p256",
  },
  {
    prefix: "gpu-a100-ams",
    count: 12,
    team: "vision",
    labels: { pool: "batch", site: "ams", provider: "nordwind", gpu: "a100-80g" },
    network: "10.20.2",
    by: "mara",
    day: 36,
    time: "10:00",
    minutesApart: 17,
    issuedForDays: 21,
    keyType: "p256",
  },
  {
    prefix: "gpu-h100-fra",
    count: 8,
    team: "language",
    labels: { pool: "train", site: "fra", provider: "helios", gpu: "h100-80g" },
    network: "10.30.1",
    by: "ines",
    day: 34,
    time: "13:05",
    minutesApart: 24,
    issuedForDays: 30,
    keyType: "p384",
  },
  {
    prefix: "gpu-a100-fra",
    count: 8,
    team: "language",
    labels: { pool: "batch", site: "fra", provider: "helios", gpu: "a100-40g" },
    network: "10.30.2",
    by: "ines",
    day: 31,
    time: "09:30",
    minutesApart: 33,
    issuedForDays: 14,
    keyType: "ed25519",
  },
  {
    prefix: "gpu-l40s-fra",
    count: 10,
    team: "platform",
    labels: { pool: "inference", site: "fra", provider: "basement-gpus", gpu: "l40s-48g" },
    network: "10.30.3",
    by: "noor",
    day: 22,
    time: "14:00",
    minutesApart: 19,
    perDay: 3,
    keyType: "p256",
  },
  {
    prefix: "store-ams",
    count: 3,
    team: "platform",
    labels: { site: "ams", provider: "nordwind" },
    network: "10.20.9",
    by: "noor",
    day: 28,
    time: "11:00",
    minutesApart: 40,
    issuedForDays: 30,
    keyType: "p256",
  },
  {
    prefix: "gpu-l40s-lis",
    count: 6,
    team: "platform",
    labels: { pool: "inference", site: "lis", provider: "basement-gpus", gpu: "l40s-48g" },
    network: "10.40.1",
    by: "noor",
    day: 1,
    time: "09:20",
    minutesApart: 26,
    keyType: "p256",
  },
];

/** Nodes whose agent stopped, or asks for what it does not get; by their last renewal. */
function endings(days: Days): Readonly<Record<string, Pick<MachinePlan, "lastRenewal" | "isSilent">>> {
  return {
    // A week each: these end in 5 h and in 19 h, that one ended 10 h ago.
    "gpu-l40s-fra-08": { lastRenewal: days.ago(163), isSilent: true },
    "gpu-h100-ams-14": { lastRenewal: days.ago(149), isSilent: true },
    "gpu-h100-ams-12": { lastRenewal: days.ago(178), isSilent: true },
    // Three weeks: ended three days ago.
    "gpu-a100-ams-11": { lastRenewal: days.ago(24 * 24 + 7), isSilent: true },
    // Due, and refused each time they ask.
    "gpu-l40s-fra-02": { lastRenewal: days.ago(121) },
    "gpu-a100-fra-06": { lastRenewal: days.ago(10 * 24) },
    // Renewed a last time before somebody else did with its key.
    "gpu-h100-ams-07": { lastRenewal: days.ago(6, 10) },
  };
}

/** The plan of each node of a batch. */
export function nodesOf(batch: Batch, days: Days): MachinePlan[] {
  const special = endings(days);
  return Array.from({ length: batch.count }, (_, index) => {
    const name = `${batch.prefix}-${String(index + 1).padStart(2, "0")}`;
    const address = `${batch.network}.${11 + index}`;
    return {
      key: name,
      kind: "node" as const,
      name,
      address,
      keyType: batch.keyType,
      // A team lead vouches for a name and for no address; whoever enrols is seen at its own.
      names: [`dns:${name}.${TRUST_DOMAIN}`, ...(batch.issuedForDays ? [] : [`ip:${address}`])],
      ...special[name],
    };
  });
}

/** One certificate of a service, in one place. */
export interface Replica {
  readonly place: "ams" | "fra" | "lis";
  /** How many days before the present it was issued, and for how many. */
  readonly issued: number;
  readonly days: number;
  /** Renews by itself. */
  readonly renews?: true;
}

/** A service of the example. */
export interface ServicePlan {
  readonly name: string;
  readonly displayName: string;
  readonly team: TeamName;
  readonly by: string;
  readonly keyType: NodeKeyType;
  readonly replicas: readonly Replica[];
}

/** The services, 12 of them. What they hold ends over the next twelve weeks. */
export const SERVICES: readonly ServicePlan[] = [
  {
    ...{ name: "scheduler", displayName: "Job scheduler", team: "platform", by: "priya", keyType: "p256" },
    replicas: [
      { place: "ams", issued: 39, days: 30, renews: true },
      { place: "fra", issued: 39, days: 28, renews: true },
    ],
  },
  {
    ...{ name: "blob-ledger", displayName: "Blob ledger", team: "platform", by: "priya", keyType: "p384" },
    replicas: [
      { place: "ams", issued: 35, days: 44 },
      { place: "fra", issued: 35, days: 66 },
    ],
  },
  {
    ...{ name: "llm-gateway", displayName: "LLM gateway", team: "language", by: "priya", keyType: "p256" },
    replicas: [
      { place: "ams", issued: 33, days: 90 },
      { place: "fra", issued: 18, days: 90 },
      { place: "lis", issued: 2, days: 85 },
    ],
  },
  {
    ...{ name: "embed-api", displayName: "Embedding API", team: "language", by: "priya", keyType: "p256" },
    replicas: [
      { place: "fra", issued: 25, days: 60 },
      { place: "ams", issued: 25, days: 63 },
    ],
  },
  {
    ...{ name: "vision-ingest", displayName: "Camera ingest", team: "vision", by: "priya", keyType: "p256" },
    replicas: [
      { place: "ams", issued: 26, days: 75 },
      { place: "lis", issued: 4, days: 30, renews: true },
    ],
  },
  {
    ...{ name: "label-studio", displayName: "Labelling", team: "vision", by: "priya", keyType: "rsa2048" },
    replicas: [{ place: "ams", issued: 35, days: 30 }],
  },
  {
    ...{ name: "feature-store", displayName: "Feature store", team: "platform", by: "priya", keyType: "p256" },
    replicas: [
      { place: "ams", issued: 27, days: 86 },
      { place: "fra", issued: 27, days: 50 },
    ],
  },
  {
    ...{ name: "model-registry", displayName: "Model registry", team: "platform", by: "priya", keyType: "p256" },
    replicas: [{ place: "ams", issued: 24, days: 60 }],
  },
  {
    ...{ name: "metrics", displayName: "Metrics", team: "platform", by: "priya", keyType: "ed25519" },
    replicas: [
      { place: "ams", issued: 12, days: 90 },
      { place: "fra", issued: 12, days: 87 },
      { place: "lis", issued: 1, days: 21, renews: true },
    ],
  },
  {
    ...{ name: "log-drain", displayName: "Log drain", team: "platform", by: "hanna", keyType: "rsa2048" },
    replicas: [{ place: "ams", issued: 20, days: 33 }],
  },
  {
    ...{ name: "batch-runner", displayName: "Batch runner", team: "vision", by: "priya", keyType: "p256" },
    replicas: [{ place: "ams", issued: 24, days: 90 }],
  },
  {
    ...{ name: "edge-proxy", displayName: "Edge proxy", team: "platform", by: "priya", keyType: "p256" },
    replicas: [
      { place: "lis", issued: 8, days: 68 },
      { place: "ams", issued: 9, days: 84 },
      { place: "fra", issued: 8, days: 74 },
    ],
  },
];

const PLACES = { ams: "10.20.8", fra: "10.30.8", lis: "10.40.8" } as const;

/** The plan of each replica of a service. */
export function replicasOf(service: ServicePlan): (MachinePlan & { readonly replica: Replica })[] {
  const number = SERVICES.indexOf(service) + 11;
  return service.replicas.map((replica) => {
    const address = `${PLACES[replica.place]}.${number}`;
    return {
      key: `${service.name}/${replica.place}`,
      kind: "service" as const,
      name: service.name,
      address,
      keyType: service.keyType,
      names: [`dns:${service.name}.${TRUST_DOMAIN}`, `dns:${service.name}.${replica.place}.${TRUST_DOMAIN}`],
      ...(!replica.renews && { lastRenewal: "never" as const }),
      replica,
    };
  });
}
