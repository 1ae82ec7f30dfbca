import { formatCount, listWords, plural } from "@/components/ui/format";
import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tone";
import type { PolicyList, PolicySummary } from "@/server/policies/contract";

/** An effect in a row. */
export const EFFECTS: Readonly<
  Record<PolicySummary["effect"], { readonly word: string; readonly tone: Tone; readonly icon: IconName }>
> = {
  permit: { word: "Permits", tone: "ok", icon: "ok" },
  forbid: { word: "Forbids", tone: "danger", icon: "ban" },
};

/** A draft in a row. */
export const DRAFTS = { new: "New draft", change: "Draft", removal: "To be removed" } as const;

/** Where a policy comes from. */
export const ORIGINS: Readonly<Record<PolicySummary["origin"], string>> = {
  written: "written here",
  role: "of a role",
  "built-in": "built in",
};

/** A decision. */
export const DECISIONS = {
  allow: { word: "Allowed", tone: "ok", icon: "ok" },
  deny: { word: "Denied", tone: "danger", icon: "ban" },
} as const;

const TYPES: Readonly<Record<string, string>> = {
  User: "people",
  Service: "services",
  Node: "nodes",
  Terminal: "the terminal",
  Process: "our own processes",
  Stranger: "strangers",
};

const GROUPS: Readonly<Record<string, string>> = {
  console: "anything in this console",
  reading: "read anything",
  audit: "anything with the audit log",
  swarm: "anything in the swarm",
  use: "use anything",
  change: "change anything",
};

/** What a scope names, as three phrases: who, may do what, on what. */
export function touchesWords({ principals, actions, resources }: PolicySummary["touches"]) {
  return { who: entityWords(principals, "anyone"), may: actionWords(actions), on: entityWords(resources, "anything") };
}

function entityWords(names: readonly string[], all: string): string {
  const [first, second] = names;
  if (first === undefined) return all;
  if (second === undefined) return entityWord(first);
  return `${entityWord(first)} in ${entityWord(second)}`;
}

/** `Role::"admin"` as `role admin`; a type alone as its plural, where there is one. */
function entityWord(name: string): string {
  const [, type, id] = /^([^"]+)::"(.*)"$/s.exec(name) ?? [];
  if (type === undefined || id === undefined) return TYPES[name] ?? name.toLowerCase();
  return `${type.toLowerCase()} ${id}`;
}

function actionWords(actions: readonly string[]): string {
  if (actions.length === 0) return "anything";
  const shown = actions.slice(0, actions.length > 3 ? 2 : 3).map((action) => GROUPS[action] ?? action);
  const rest = actions.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : listWords(shown);
}

/** What a person needs to know of the policies now. */
export function nowLine({ policies }: PolicyList): string {
  const inForce = policies.filter(({ version }) => version !== null).length;
  const drafts = policies.filter(({ draft }) => draft !== null).length;
  const decide = `${plural(inForce, "policy decides", "policies decide")} who may do what`;
  if (drafts === 0) return `${decide}.`;
  return `${decide}; ${plural(drafts, "draft waits", "drafts wait")}.`;
}

/** What was asked for and not yet published, and what the set is called. */
export function leadLine({ policies, needsReview }: PolicyList): string {
  const asked = policies.filter(({ draft }) => draft?.isReviewAsked).length;
  const shadows = policies.filter(({ draft }) => draft?.shadowSince).length;
  return [
    "What none of them permits is refused.",
    asked > 0 && `${plural(asked, "draft waits", "drafts wait")} for a second person.`,
    shadows > 0 &&
      `${formatCount(shadows)} ${shadows === 1 ? "runs" : "run"} as a shadow and ${shadows === 1 ? "decides" : "decide"} nothing.`,
    needsReview && asked === 0 && "Somebody else than the author publishes.",
  ]
    .filter(Boolean)
    .join(" ");
}
