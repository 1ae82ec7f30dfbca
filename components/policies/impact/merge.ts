import type { GainsPage, ReplayGroup, ReplayPage } from "@/server/policies/impact-contract";

/** What several pages of the log say together. */
export interface Replayed {
  readonly replayed: number;
  readonly unreadable: number;
  readonly oldest: Date | null;
  readonly newest: Date | null;
  readonly groups: readonly ReplayGroup[];
}

/** Before the first page. */
export const NOTHING_REPLAYED: Replayed = { replayed: 0, unreadable: 0, oldest: null, newest: null, groups: [] };

/** Decisions that a group names. */
const NAMED = 20;

/** Adds a page to what was replayed so far; a group of both is one. */
export function addPage(soFar: Replayed, page: ReplayPage): Replayed {
  const groups = new Map(soFar.groups.map((group) => [keyOf(group), group]));
  for (const group of page.groups) {
    const known = groups.get(keyOf(group));
    groups.set(keyOf(group), known ? together(known, group) : group);
  }
  return {
    replayed: soFar.replayed + page.replayed,
    unreadable: soFar.unreadable + page.unreadable,
    oldest: earlier(soFar.oldest, page.oldest),
    newest: later(soFar.newest, page.newest),
    groups: [...groups.values()].sort((a, b) => b.count - a.count),
  };
}

/** How many decisions would be newly allowed or newly denied. */
export function countOf({ groups }: Replayed, change: ReplayGroup["change"]): number {
  return groups.reduce((sum, group) => sum + (group.change === change ? group.count : 0), 0);
}

/** The sentence that a draft's page opens with. */
export function sentenceOf(denied: number, allowed: number): string {
  if (denied + allowed === 0) return "This draft changes no decision of the log.";
  const taken = denied === 0 ? "" : `takes away ${decisions(denied)}`;
  const given = allowed === 0 ? "" : `gives ${allowed.toLocaleString("en")} new ${allowed === 1 ? "one" : "ones"}`;
  if (taken !== "" && given !== "") return `This draft ${taken} and ${given}.`;
  return taken === ""
    ? `This draft gives ${decisions(allowed)} that ${allowed === 1 ? "was" : "were"} denied.`
    : `This draft ${taken}.`;
}

/** What identities gain and lose, all pages so far. */
export function addGains(soFar: GainsPage["identities"], page: GainsPage): GainsPage["identities"] {
  return [...soFar, ...page.identities];
}

function decisions(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "decision" : "decisions"}`;
}

function together(a: ReplayGroup, b: ReplayGroup): ReplayGroup {
  const named = [...a.decisions, ...b.decisions].sort((one, other) => other.seq - one.seq);
  return { ...a, count: a.count + b.count, decisions: named.slice(0, NAMED) };
}

function keyOf({ change, subject, action, resourceType, policies }: ReplayGroup): string {
  return [change, subject.type, subject.id, action, resourceType, ...policies].join("\0");
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function later(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
