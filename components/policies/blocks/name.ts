import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import { type Problem, problemAt } from "@/server/engines/cedar/syntax/problem";
import type { Policy } from "@/server/engines/cedar/syntax/syntax";
import { PolicyName } from "@/server/policies/contract";

/** The name that a policy gives itself, `@id("…")`; empty when it gives none. */
export function nameOf({ annotations }: Policy): string {
  return annotations.find(({ name }) => name === "id")?.value ?? "";
}

/** What is wrong with a name; null when it will do. */
export function nameProblem(name: string): string | null {
  if (name === "") return 'it has no name yet: write @id("what-it-does") before it';
  return PolicyName.safeParse(name).error?.issues[0]?.message ?? null;
}

/** What is wrong with what the policy of a text calls itself. The language lets a policy be without a name; we do not. */
export function nameProblemsIn(text: string): Problem[] {
  const [policy] = parsePolicies(text).policies;
  const message = policy && nameProblem(nameOf(policy));
  if (!policy || !message) return [];
  const annotation = policy.annotations.find(({ name }) => name === "id");
  return [problemAt(annotation?.valueRange ?? policy.effectRange, "policy.name", message)];
}
