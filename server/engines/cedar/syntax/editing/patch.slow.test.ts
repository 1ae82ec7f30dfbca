import { expect, it } from "vitest";
import { cedarCorpus, hasCorpus, NO_CORPUS } from "@/server/testing/cedar-corpus";
import { Dice } from "@/server/testing/cedar-dice";
import { applyEdits, type Edit } from "./edit";
import { tokenize } from "../lexer";
import { parseExpression, parsePolicies } from "../parser";
import * as patch from "./patch";
import { replaceExpression } from "./patch-expression";
import type { Range } from "../problem";
import type { Expression, Policy, Tree } from "../syntax";
import { partsOf } from "../walk";

/** What an edit is to do: to which part of the text, and what the policies say after it. */
interface Change {
  readonly edit: Edit;
  readonly within: Range;
  readonly policies: readonly unknown[];
}

it.skipIf(!hasCorpus)(
  `edits of a policy's parts say what was meant and leave all else, 100,000 times${hasCorpus ? "" : `: skipped, ${NO_CORPUS}`}`,
  async () => {
    const dice = new Dice(7);
    const corpus = [...new Set((await cedarCorpus())?.map(({ policies }) => policies))];
    const trees = corpus.filter(({ length }) => length < 450).map((text) => parsePolicies(commented(dice, text)));
    expect(trees.length).toBeGreaterThan(500);
    for (let count = 0; count < 100_000; count += 1) {
      const tree = dice.pick(trees);
      const at = dice.below(tree.policies.length);
      const { edit, within, policies } = change(dice, tree, at);
      const text = applyEdits(tree.text, [edit]);
      const after = parsePolicies(text);
      if (after.problems.length > 0) expect(after.problems, text).toEqual([]);
      const isWithin = within.start <= edit.range.start && edit.range.end <= within.end;
      if (!isWithin) expect([tree.text, edit]).toBe(within);
      const [said, meant] = [after.policies, policies].map((one) => JSON.stringify(meaning(one)));
      if (said !== meant) expect(text, `${tree.text} ${said}`).toBe(meant);
    }
  },
);

function change(dice: Dice, tree: Tree, at: number): Change {
  const policy = tree.policies[at] as Policy;
  const changed = (changes: Partial<Policy>) => tree.policies.with(at, { ...policy, ...changes });
  const kind = dice.pick([
    "effect",
    "scope",
    "annotation",
    "unannotated",
    "expression",
    "expression",
    "condition",
    "policy",
  ]);
  switch (kind) {
    case "effect": {
      const effect = dice.pick(["permit", "forbid"] as const);
      return { edit: patch.setEffect(tree, policy, effect), within: policy.effectRange, policies: changed({ effect }) };
    }
    case "scope": {
      const scope = dice.pick(SCOPES);
      const written = parsePolicies(`permit (${asScope(scope.text)});`).policies[0] as Policy;
      const { variable } = scope.change;
      const edit = patch.setScope(tree, policy, scope.change);
      return { edit, within: policy[variable], policies: changed({ [variable]: written[variable] }) };
    }
    case "annotation": {
      const name = dice.chance(0.5) ? (policy.annotations[0]?.name ?? "a") : "other";
      const value = dice.pick([null, "", 'x"\n', "é"]);
      const old = policy.annotations.findIndex((one) => one.name === name);
      const annotation = { name, value } as Policy["annotations"][number];
      const annotations = old < 0 ? [...policy.annotations, annotation] : policy.annotations.with(old, annotation);
      const { start } = policy.effectRange;
      const within = policy.annotations[old] ?? { start, end: start };
      return { edit: patch.setAnnotation(tree, policy, name, value), within, policies: changed({ annotations }) };
    }
    case "unannotated": {
      const name = policy.annotations[0]?.name ?? "none";
      const annotations = policy.annotations.slice(1);
      const within = { start: policy.start, end: policy.effectRange.start };
      return { edit: patch.removeAnnotation(tree, policy, name), within, policies: changed({ annotations }) };
    }
    case "condition":
      return changeOfCondition(dice, tree, policy, changed);
    case "policy": {
      if (dice.chance(0.5)) {
        const end = tree.text.length;
        const added = parsePolicies(ADDED).policies;
        return {
          edit: patch.addPolicy(tree, ADDED),
          within: { start: end, end },
          policies: [...tree.policies, ...added],
        };
      }
      const within = { start: policy.start, end: tree.text.length };
      return { edit: patch.removePolicy(tree, policy), within, policies: tree.policies.toSpliced(at, 1) };
    }
    default: {
      const nodes = policy.conditions.flatMap(({ body }) => allOf(body));
      if (nodes.length === 0) return changeOfCondition(dice, tree, policy, changed);
      const node = dice.pick(nodes);
      const text = dice.pick(EXPRESSIONS);
      const { expression } = parseExpression(text);
      const conditions = substituted(policy.conditions, node, expression);
      return { edit: replaceExpression(tree, node, text), within: node, policies: changed({ conditions }) };
    }
  }
}

function changeOfCondition(
  dice: Dice,
  tree: Tree,
  policy: Policy,
  changed: (changes: Partial<Policy>) => readonly Policy[],
): Change {
  const { conditions } = policy;
  const condition = conditions.length > 0 ? dice.pick(conditions) : null;
  const within = { start: policy.start, end: policy.end };
  if (condition && dice.chance(0.5)) {
    const left = conditions.filter((one) => one !== condition);
    return { edit: patch.removeCondition(tree, condition), within, policies: changed({ conditions: left }) };
  }
  const text = dice.pick(EXPRESSIONS);
  const kind = dice.pick(["when", "unless"] as const);
  const body = parseExpression(text).expression;
  const added = [...conditions, { kind, body, start: 0, end: 0 }];
  return { edit: patch.addCondition(tree, policy, kind, text), within, policies: changed({ conditions: added }) };
}

const ADDED = "@new permit (principal is A, action, resource) when { true // so\n}; // added";

const EXPRESSIONS = [
  ..."true|1|-1|--1|-(2)|- 9223372036854775808|!context.a|!!true|1 + 2|1 - 2 - 3|2 * 3 * 4|1 < 2|1 == 1|principal in resource".split(
    "|",
  ),
  ...'context has a.b|context like "a*\\*"|principal is A::B in A::B::"c"|[1, 2,]|{}|{"a b": 1}|(1)|ip("1").isIpv4()'.split(
    "|",
  ),
  "true && false",
  "true || false && true",
  "if true then 1 else 2",
  "context.a // with a comment",
  '// before\ncontext["b"]',
  'A::"x"',
  '"text"',
];

const uid = { type: "A::Action", id: 'i"d' };
const SCOPES: readonly { change: patch.ScopeChange; text: string }[] = [
  { change: { variable: "principal", operator: "any" }, text: "principal" },
  { change: { variable: "principal", operator: "==", target: uid }, text: 'principal == A::Action::"i\\"d"' },
  { change: { variable: "resource", operator: "in", target: null }, text: "resource in ?resource" },
  { change: { variable: "resource", operator: "is", entityType: "A::B" }, text: "resource is A::B" },
  {
    change: { variable: "principal", operator: "is in", entityType: "B", target: uid },
    text: 'principal is B in A::Action::"i\\"d"',
  },
  { change: { variable: "action", operator: "any" }, text: "action" },
  { change: { variable: "action", operator: "==", target: uid }, text: 'action == A::Action::"i\\"d"' },
  { change: { variable: "action", operator: "in", target: uid }, text: 'action in A::Action::"i\\"d"' },
  { change: { variable: "action", operator: "in list", targets: [] }, text: "action in []" },
  {
    change: { variable: "action", operator: "in list", targets: [uid, { type: "Action", id: "" }] },
    text: 'action in [A::Action::"i\\"d", Action::""]',
  },
];

/** The scope with one of its elements written. */
function asScope(text: string): string {
  return ["principal", "action", "resource"]
    .map((variable) => (text.startsWith(variable) ? text : variable))
    .join(", ");
}

/** A text with comments and white space put between its words. */
function commented(dice: Dice, text: string): string {
  const gaps = [" ", "\n", " // c\n", "\n\n  // d\r\n"];
  return tokenize(text)
    .map(({ trivia, text: word }) => (dice.chance(0.1) ? trivia + dice.pick(gaps) : trivia) + word)
    .join("");
}

function allOf(expression: Expression): Expression[] {
  return [expression, ...partsOf(expression).flatMap(allOf)];
}

/** A tree with one node replaced. */
function substituted<Node>(node: Node, old: Expression, replacement: Expression): Node {
  if ((node as unknown) === old) return replacement as Node;
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((one: unknown) => substituted(one, old, replacement)) as Node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]: [string, unknown]) => [key, substituted(value, old, replacement)]),
  ) as Node;
}

/** What a tree says, wherever it says it: without places and parentheses. */
function meaning(node: unknown): unknown {
  if (typeof node === "bigint" || typeof node === "symbol") return { written: String(node) };
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map(meaning);
  if ("kind" in node && node.kind === "paren" && "inner" in node) return meaning(node.inner);
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      key === "start" || key === "end" || key.endsWith("Range") ? [] : [[key, meaning(value)]],
    ),
  );
}
