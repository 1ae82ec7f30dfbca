import { formatDuration } from "@/components/ui/format";
import type { IssueCertificateInput, KeyType, Profile } from "@/server/certificates/contract";
import type { z } from "zod";

const HOUR = 3_600_000;

/** What is typed into the form that issues. */
export interface IssueDraft {
  readonly profile: string;
  readonly name: string;
  /** Whether the key is made in this browser, or a request was made elsewhere. */
  readonly keySource: "browser" | "request";
  readonly algorithm: z.infer<typeof KeyType>;
  readonly csr: string;
  /** One name a line. */
  readonly names: string;
  /** Hours, or `"other"` with `otherHours`. */
  readonly life: string;
  readonly otherHours: string;
}

/** The draft that a profile begins with. */
export function draftFor(profile: Profile, name = ""): IssueDraft {
  const { keyTypes, defaultHours } = profile.rules;
  return {
    ...{ profile: profile.name, name, keySource: "browser", csr: "", names: "", otherHours: "" },
    algorithm: keyTypes[0] ?? "P-256",
    life: String(defaultHours),
  };
}

/** The draft under another profile: what the new one does not allow goes back to its own. */
export function withProfile(draft: IssueDraft, profile: Profile): IssueDraft {
  const fresh = draftFor(profile, draft.name);
  const isAllowed = profile.rules.keyTypes.includes(draft.algorithm);
  return {
    ...draft,
    profile: profile.name,
    life: fresh.life,
    algorithm: isAllowed ? draft.algorithm : fresh.algorithm,
  };
}

/** Names as people type them: by line, comma or space. */
export function splitNames(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}

/** The draft as the contract takes it, with the request that goes with it. */
export function inputOf(draft: IssueDraft, csr: string): IssueCertificateInput {
  const hours = Number(draft.life === "other" ? draft.otherHours : draft.life);
  return {
    profile: draft.profile,
    name: draft.name.trim() || undefined,
    csr,
    names: splitNames(draft.names),
    hours,
  };
}

/** How long a certificate of a profile may live, as choices: presets first, its own longest last. */
export function livesOf({ rules }: Profile): { value: string; label: string }[] {
  const { defaultHours, longestHours } = rules;
  const hours = [1, 24, 168, 720, 2160, defaultHours, longestHours].filter((one) => one <= longestHours);
  const choices = [...new Set(hours)]
    .toSorted((a, b) => a - b)
    .map((one) => ({
      value: String(one),
      label: `${formatDuration(one * HOUR)}${one === defaultHours ? ", usual" : ""}${one === longestHours ? ", the most" : ""}`,
    }));
  return [...choices, { value: "other", label: "Another length" }];
}

/** The longest life in words: "30 d". */
export function longestLife({ rules }: Profile): string {
  return formatDuration(rules.longestHours * HOUR);
}
