import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Policy } from "@/server/engines/cedar/syntax/syntax";

/** One policy by its name. */
export interface NamedText {
  readonly name: string;
  /** In Cedar, with the comments before it. */
  readonly text: string;
}

/** The name that a policy gives itself, `@id("…")`; null when it gives none. */
export function nameOf({ annotations }: Policy): string | null {
  return annotations.find(({ name }) => name === "id")?.value ?? null;
}

/** The name in a text of one policy, as far as it can be read; null when there is none. */
export function nameIn(text: string): string | null {
  const [policy] = parsePolicies(text).policies;
  return policy ? nameOf(policy) : null;
}

/** The policies of a text, each with the comments before it; those without a name are called by their place. */
export function splitPolicies(text: string): NamedText[] {
  const { policies } = parsePolicies(text);
  return policies.map((policy, at) => ({
    name: nameOf(policy) ?? `policy${at}`,
    text: `${withoutRestOfLine(text.slice(policies[at - 1]?.end ?? 0, policy.end), at).trim()}\n`,
  }));
}

/** What a text says of itself, as far as it can be read. */
export function describePolicy(text: string, name: string) {
  const [policy] = parsePolicies(text).policies;
  if (!policy) {
    const nothing = { principals: [], actions: [], resources: [] };
    return { id: name, effect: "permit" as const, about: "", text, touches: nothing };
  }
  const { start, end, effect } = policy;
  return {
    id: name,
    effect,
    about: wordsIn(text.slice(0, start)),
    text: text.slice(start, end),
    touches: touchesOf(policy),
  };
}

/** The words of comments. */
function wordsIn(trivia: string): string {
  const lines = trivia.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line.startsWith("//"))
    .map((line) => line.slice(2).trim())
    .join(" ");
}

/** What a scope names, as people read it; empty for everything. */
function touchesOf({ principal, action, resource }: Policy) {
  const entity = ({ entityType, target }: Policy["principal"]) =>
    [entityType, target?.value && `${target.value.type}::"${target.value.id}"`].filter((name) => name != null);
  return {
    principals: entity(principal),
    actions: action.targets.map(({ value }) => value.id),
    resources: entity(resource),
  };
}

/** A comment behind the end of a policy belongs to that one. */
function withoutRestOfLine(text: string, at: number): string {
  if (at === 0) return text;
  const end = text.indexOf("\n");
  return end >= 0 && text.slice(0, end).trimStart().startsWith("//") ? text.slice(end) : text;
}
