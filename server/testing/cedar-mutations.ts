import type { Range } from "@/server/engines/cedar/syntax/problem";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import type { Expression, Tree } from "@/server/engines/cedar/syntax/syntax";
import { isIdentifier } from "@/server/engines/cedar/syntax/identifiers";
import { partsOf } from "@/server/engines/cedar/syntax/walk";
import type { Dice } from "./cedar-dice";

const OPERATORS = ["==", "!=", "<", "<=", "&&", "||", "+", "-", "*", "in"];

/** Expressions that fit some places and not others, whatever the schema. */
const ANYWHERE = [
  ...["principal", "action", "resource", "context", "true", "false", "1", "-1", "-(1)", '"a"', "[]", "[1]", "{}"],
  ...['{ "a": true }', 'ip("::1")', 'decimal("1.0")', 'datetime("2020-01-01")', 'duration("1h")'],
  ...["(principal == resource)", "(action in action)", "(principal in [principal])", "(true || false)"],
  ...['principal.hasTag("a")', '(principal.hasTag("a") && principal.getTag("a") == resource.getTag("a"))'],
];

/** More names of a schema than these are not written. */
const NAMES = 8;

/** What may stand in policies of a schema: attributes with and without a guard, entities, actions, types. */
export function snippetsOf({ entityTypes, actions }: Schema): readonly string[] {
  const attributes = [...entityTypes.values()].flatMap(({ shape }) => [...shape.attributes.keys()]);
  return [
    ...ANYWHERE,
    ...attributes
      .filter(isIdentifier)
      .slice(0, NAMES)
      .flatMap((name) => [
        `principal.${name}`,
        `(resource has ${name})`,
        `(principal has ${name} && principal.${name} == resource.${name})`,
      ]),
    ...[...entityTypes.keys()]
      .slice(0, NAMES)
      .flatMap((type) => [`${type}::"a"`, `(principal is ${type})`, `(resource is ${type} in ${type}::"b")`]),
    ...[...actions.keys()]
      .slice(0, NAMES)
      .flatMap((action) => [action, `(action == ${action})`, `(action in [${action}])`]),
  ];
}

/** The text with one to three places changed: parts swapped, replaced and wrapped. Most still parse; few still fit. */
export function mutate(dice: Dice, { text, policies }: Tree, snippets: readonly string[]): string {
  const places: Places = { expressions: [], names: [], operators: [], entities: [] };
  for (const { principal, action, resource, conditions } of policies) {
    for (const { target } of [principal, resource]) if (target) places.entities.push(target);
    places.entities.push(...action.targets);
    for (const { body } of conditions) collect(places, body);
  }
  const edits = dice.several(1, 3, () => editOf(dice, text, places, snippets)).filter((edit) => edit !== null);
  edits.sort((a, b) => b.range.start - a.range.start);
  let [mutated, before] = [text, text.length];
  for (const { range, by } of edits) {
    if (range.end > before) continue;
    mutated = mutated.slice(0, range.start) + by + mutated.slice(range.end);
    before = range.start;
  }
  return mutated;
}

/** Where something can be changed, by what stands there. */
interface Places {
  readonly expressions: Expression[];
  readonly names: Range[];
  readonly operators: Range[];
  readonly entities: Range[];
}

function collect(places: Places, expression: Expression): void {
  places.expressions.push(expression);
  if (expression.kind === "attribute" || expression.kind === "method") places.names.push(expression.name);
  if (expression.kind === "has") places.names.push(...expression.path);
  if (expression.kind === "binary") places.operators.push(expression.operatorRange);
  if (expression.kind === "entity") places.entities.push(expression);
  for (const part of partsOf(expression)) collect(places, part);
}

function editOf(
  dice: Dice,
  text: string,
  places: Places,
  snippets: readonly string[],
): { range: Range; by: string } | null {
  const kind = dice.weighted({ expressions: 7, names: 1, operators: 1, entities: 1 });
  if (places[kind].length === 0) return null;
  const range = dice.pick<Range>(places[kind]);
  const copy = (from: Range) => text.slice(from.start, from.end);
  if (kind === "operators") return { range, by: dice.pick(OPERATORS) };
  if (kind !== "expressions") return { range, by: copy(dice.pick(places[kind])) };
  const [own, other] = [copy(range), dice.pick(snippets)];
  const wrapped = [
    ...[
      `!(${own})`,
      `(${own} || ${other})`,
      `(${other} && ${own})`,
      `(${own} == ${other})`,
      `[${own}]`,
      `{ a: ${own} }.a`,
    ],
    ...[`[${own}].contains(${other})`, `(if ${other} then ${own} else ${own})`, `(if ${own} then ${other} else true)`],
  ];
  const by = dice.pick([`(${copy(dice.pick(places.expressions))})`, other, `(${dice.pick(wrapped)})`]);
  return { range, by };
}
