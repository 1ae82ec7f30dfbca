import { formatCount, plural } from "@/components/ui/format";
import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tone";
import type { Json, ResourcePage } from "@/server/resources/contract";

const ICONS: Readonly<Record<string, IconName>> = {
  Compute: "node",
  Dataset: "file",
  Endpoint: "send",
  Model: "service",
  Network: "chain",
  Pool: "inbox",
  Provider: "team",
  Storage: "load",
  Workload: "job",
};

/** The drawing of a type; types that an admin added share one. */
export function iconOf(type: string): IconName {
  return ownOf(ICONS, type) ?? "resource";
}

/** How the trust in a provider is said and marked, and what comes of it. */
export const TRUST: Readonly<
  Record<string, { readonly word: string; readonly tone: Tone; readonly icon: IconName; readonly consequence: string }>
> = {
  trusted: {
    word: "Trusted",
    tone: "ok",
    icon: "shieldok",
    consequence: "Hardware under a contract and inspected. Policies may let restricted work run there.",
  },
  verified: {
    word: "Verified",
    tone: "neutral",
    icon: "shield",
    consequence: "Known by name, not inspected. Policies keep restricted work away, and let the rest run.",
  },
  untrusted: {
    word: "Untrusted",
    tone: "warn",
    icon: "warn",
    consequence:
      "Nobody answers for it. Policies may refuse everything but public work there, from the next decision on.",
  },
};

/** How far a provider is trusted, where the schema's word for it is one that we know. */
export function trustOf(value: Json | null | undefined) {
  return typeof value === "string" ? ownOf(TRUST, value) : undefined;
}

/** What is there under a name that somebody else chose. */
export function ownOf<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** What there is, and what of it nobody trusts. */
export function nowLine({ resources, untrustedProviders, untrustedCompute }: ResourcePage["all"]): string {
  if (resources === 0) return "No resource is registered yet.";
  const all = plural(resources, "resource");
  if (untrustedProviders === 0) return `${all}; no provider is untrusted.`;
  const providers = `${plural(untrustedProviders, "provider is", "providers are")} untrusted`;
  if (untrustedCompute === 0) return `${all}; ${providers}, and no compute is theirs.`;
  return `${all}; ${providers}, and ${plural(untrustedCompute, "compute resource is", "compute resources are")} theirs.`;
}

/** The name of an attribute as a label: `gpuModel` is "Gpu model". */
export function labelOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return ownOf(KNOWN_LABELS, name) ?? words.charAt(0).toUpperCase() + words.slice(1);
}

const KNOWN_LABELS: Readonly<Record<string, string>> = {
  gpus: "GPUs",
  gpuModel: "GPU model",
  memoryGiB: "Memory in GiB",
  isEncrypted: "Encrypted",
  isPublic: "Public",
};

/** A value in words. */
export function valueWords(value: Json): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatCount(value);
  if (Array.isArray(value)) return value.length === 0 ? "None" : value.map(valueWords).join(", ");
  return JSON.stringify(value);
}
