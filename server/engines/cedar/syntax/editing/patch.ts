import { type Edit, smallestEdit } from "./edit";
import { parseExpression, parsePolicies } from "../parser";
import { embed } from "./patch-expression";
import type { Range } from "../problem";
import type { ActionScope, Condition, EntityScope, Policy, Tree } from "../syntax";
import { type EntityUid, writeString, writeUid } from "../../values/uid";

/*
 * Changes of one part of a policy, each as the smallest edit of its text: what a visual editor does. All bytes outside
 * of the edit stay as somebody wrote them. The policy is one of the tree's, read without a problem.
 */

/** What a scope is to ask, without places. A target that is null is the slot. */
export type ScopeChange =
  | { readonly variable: "principal" | "resource"; readonly operator: "any" }
  | { readonly variable: "principal" | "resource"; readonly operator: "==" | "in"; readonly target: EntityUid | null }
  | { readonly variable: "principal" | "resource"; readonly operator: "is"; readonly entityType: string }
  | {
      readonly variable: "principal" | "resource";
      readonly operator: "is in";
      readonly entityType: string;
      readonly target: EntityUid | null;
    }
  | { readonly variable: "action"; readonly operator: "any" }
  | { readonly variable: "action"; readonly operator: "==" | "in"; readonly target: EntityUid }
  | { readonly variable: "action"; readonly operator: "in list"; readonly targets: readonly EntityUid[] };

/** Makes a policy permit or forbid. */
export function setEffect(tree: Tree, policy: Policy, effect: Policy["effect"]): Edit {
  return replace(tree, policy.effectRange, effect);
}

/** Makes a scope ask something else of its variable. What it asks already is left as it is written. */
export function setScope(tree: Tree, policy: Policy, change: ScopeChange): Edit {
  const scope = policy[change.variable];
  const target = "target" in change ? change.target : null;
  const isSameForm = scope.operator === change.operator && typeOf(scope) === typeOf(change);
  if (!isSameForm || scope.operator === "in list") return replace(tree, scope, writeScope(change));
  const place = "targets" in scope ? scope.targets[0] : scope.target;
  if (!place || !("target" in change)) return { range: { start: scope.end, end: scope.end }, text: "" };
  const isSame = place.value?.type === target?.type && place.value?.id === target?.id;
  return isSame ? { range: { start: place.end, end: place.end }, text: "" } : replace(tree, place, writeTarget(change));
}

/** Gives a policy an annotation, or its annotation another value; null is none. */
export function setAnnotation(tree: Tree, policy: Policy, name: string, value: string | null): Edit {
  const written = `@${name}${value === null ? "" : `(${writeString(value)})`}`;
  const annotation = policy.annotations.find((one) => one.name === name);
  if (!annotation) {
    const { start } = policy.effectRange;
    return { range: { start, end: start }, text: `${written}\n` };
  }
  if (annotation.value === value) return { range: { start: annotation.end, end: annotation.end }, text: "" };
  if (annotation.valueRange && value !== null) return replace(tree, annotation.valueRange, writeString(value));
  return replace(tree, annotation, written);
}

/** Takes an annotation from a policy, with the white space after it; nothing when it has none of that name. */
export function removeAnnotation(tree: Tree, policy: Policy, name: string): Edit {
  const annotation = policy.annotations.find((one) => one.name === name);
  if (!annotation) return { range: { start: policy.start, end: policy.start }, text: "" };
  const next = tree.tokens.find(({ start }) => start >= annotation.end);
  const end = next?.trivia.trim() === "" ? next.start : annotation.end;
  return { range: { start: annotation.start, end }, text: "" };
}

/**
 * Adds a condition after those that a policy has.
 * @throws SyntaxError when the text is not one expression.
 */
export function addCondition(tree: Tree, policy: Policy, kind: Condition["kind"], expression: string): Edit {
  const { problems } = parseExpression(expression);
  if (problems[0]) throw new SyntaxError(problems[0].message);
  const at = lastTokenBefore(tree, policy.end - 1);
  return { range: { start: at, end: at }, text: embed(expression, [`\n${kind} { `, " }"]) };
}

/** Takes a condition from a policy, with the white space before it. */
export function removeCondition(tree: Tree, condition: Condition): Edit {
  const before = lastTokenBefore(tree, condition.start);
  const isBare = tree.text.slice(before, condition.start).trim() === "";
  return { range: { start: isBare ? before : condition.start, end: condition.end }, text: "" };
}

/**
 * Adds a policy after all others, an empty line between them.
 * @throws SyntaxError when the text is not one policy.
 */
export function addPolicy(tree: Tree, text: string): Edit {
  const added = parsePolicies(text);
  if (added.problems[0]) throw new SyntaxError(added.problems[0].message);
  if (added.policies.length !== 1) throw new SyntaxError(`expected one policy, found ${added.policies.length}`);
  const end = tree.text.length;
  const ending = /(?:\r\n|[\n\r])*$/.exec(tree.text)?.[0].match(/\r\n?|\n/g)?.length ?? 0;
  const gap = tree.text === "" ? "" : "\n".repeat(Math.max(0, 2 - ending));
  return { range: { start: end, end }, text: `${gap}${text}${/[\n\r]$/.test(text) ? "" : "\n"}` };
}

/** Takes a policy from its text. The comments above it stay; its line goes when nothing else stands there. */
export function removePolicy(tree: Tree, policy: Policy): Edit {
  const { text } = tree;
  const isAtMargin = /(?:^|[\n\r])[ \t]*$/.test(text.slice(Math.max(0, policy.start - 200), policy.start));
  const gap = /^\s*/.exec(text.slice(policy.end))?.[0] ?? "";
  const endsLine = gap.includes("\n") || gap.includes("\r") || policy.end + gap.length === text.length;
  const end = isAtMargin && endsLine ? policy.end + gap.length : policy.end;
  return { range: { start: policy.start, end }, text: "" };
}

const replace = (tree: Tree, range: Range, text: string): Edit => smallestEdit(tree.text, range, text);

/** Where the last token that starts before an offset ends. */
function lastTokenBefore(tree: Tree, offset: number): number {
  return tree.tokens.findLast(({ start, kind }) => start < offset && kind !== "end")?.end ?? offset;
}

const typeOf = (scope: EntityScope | ActionScope | ScopeChange) => ("entityType" in scope ? scope.entityType : null);

function writeScope(change: ScopeChange): string {
  const { variable } = change;
  switch (change.operator) {
    case "any":
      return variable;
    case "is":
      return `${variable} is ${change.entityType}`;
    case "is in":
      return `${variable} is ${change.entityType} in ${writeTarget(change)}`;
    case "in list":
      return `${variable} in [${change.targets.map(writeUid).join(", ")}]`;
    case "==":
    case "in":
      return `${variable} ${change.operator} ${writeTarget(change)}`;
  }
}

function writeTarget({ variable, target }: { variable: string; target: EntityUid | null }): string {
  return target === null ? `?${variable}` : writeUid(target);
}
