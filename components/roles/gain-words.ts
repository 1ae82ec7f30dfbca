import { deedWords } from "@/components/audit/action-words";
import { formatCount, plural } from "@/components/ui/format";
import type { Gain } from "@/server/roles/grant-contract";

/** A gain of everything that one action allows on one type, whatever the workload. */
export interface GainLine {
  /** "run workloads on" */
  readonly deed: string;
  /** "8 Compute: gpu-1, gpu-2, gpu-3 and 5 more" */
  readonly on: string;
  /** "training, batch" where it is not for every kind of workload; null otherwise. */
  readonly workloads: string | null;
}

const NAMED = 3;
const WORKLOAD_KINDS = 5;

/** What somebody gains, a line for each action and type. */
export function gainLines(gains: readonly Gain[]): GainLine[] {
  const lines = new Map<string, Gain[]>();
  for (const gain of gains) {
    const key = `${gain.action}\0${gain.resourceType}\0${gain.resources.join()}\0${gain.count}`;
    lines.set(key, [...(lines.get(key) ?? []), gain]);
  }
  return [...lines.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const kinds = same.map(({ workload }) => workload).filter((kind) => kind !== null);
    return [
      {
        deed: deedOf(first.action),
        on: thingsOf(first),
        workloads: kinds.length === 0 || kinds.length >= WORKLOAD_KINDS ? null : kinds.join(", "),
      },
    ];
  });
}

/** What an action is, said of a person: "run workloads on". */
export function deedOf(action: string): string {
  return SWARM[action] ?? deedWords(action) ?? action;
}

const SWARM: Readonly<Record<string, string>> = {
  "workload.run": "run workloads on",
  "compute.drain": "drain",
  "storage.read": "read",
  "storage.write": "write",
  "dataset.read": "read",
  "dataset.write": "write",
  "model.read": "read",
  "model.write": "write",
  "model.deploy": "deploy",
  "endpoint.invoke": "call",
  "endpoint.change": "change",
  "network.connect": "connect to",
};

function thingsOf({ resourceType, count, resources }: Gain): string {
  if (resources.includes("*")) return "in this console";
  const named = resources.slice(0, NAMED).join(", ");
  const more = count - Math.min(NAMED, resources.length);
  return `${formatCount(count)} ${resourceType}: ${named}${more > 0 ? ` and ${plural(more, "other")}` : ""}`;
}
