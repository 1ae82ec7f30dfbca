import { expect, it } from "vitest";
import { CedarWorld } from "@/server/testing/cedar-world";
import { guardsOf } from "./guards";
import { conjunctsOf } from "../syntax/walk";
import { type Value, writeValue } from "../values/value";

const world = new CedarWorld("");

function guardsIn(conditions: string): string[] {
  const [policy] = world.read(`permit(principal, action, resource) ${conditions};`);
  const written = (literal: Value) => writeValue(literal, () => "an extension");
  return guardsOf(conjunctsOf(policy?.policy.conditions ?? []), world.names).map(
    ({ path, literal }) => `${path.variable} ${written(literal)}`,
  );
}

it.each<[string, string[]]>([
  ["", []],
  ['when { context.kind == "a" }', ['context "a"']],
  ['when { ((context.kind) == ("a")) }', ['context "a"']],
  ["when { principal.level == 3 && resource.open == true }", ["principal 3", "resource true"]],
  ["when { principal.level == 3 } when { resource.open == false }", ["principal 3", "resource false"]],
  ['when { principal.boss == User::"ann" }', ['principal User::"ann"']],
  ["when { !(context.a != 1) && context.b == 2 }", []],
  ["unless { !(context.a == 1) }", ["context 1"]],
  ["unless { context.a == 1 }", []],
  ["unless { !(context.a == 1) || !(context.b == 2) }", ["context 1", "context 2"]],
  ["when { context.a == 1 || context.b == 2 }", []],
  ["when { context.a == 1 && context.b > 2 && context.c == 3 }", ["context 1"]],
  ["when { context.b > 2 && context.c == 3 }", []],
  ["when { context.a == 1 && context.b == 2 && context.c == 3 }", ["context 1", "context 2"]],
  ["when { 1 == context.a }", []],
  ["when { context.a.b == 1 }", []],
  ["when { context.a == [1] }", []],
  ['when { context.a == ip("10.0.0.1") }', []],
  ["when { context.a == context.b }", []],
])("%s begins with %j", (conditions, guards) => {
  expect(guardsIn(conditions)).toEqual(guards);
});

it("gives equal literals one number, and others another", () => {
  const [policy] = world.read(
    'permit(principal, action, resource) when { context.a == "x" && context.b == "x" } when { true };',
  );
  const [first, second] = guardsOf(conjunctsOf(policy?.policy.conditions ?? []), world.names);
  expect(first?.number).toBe(second?.number);
  expect(world.names.numbers.ofLiteral("1")).not.toBe(world.names.numbers.ofLiteral(1n));
  expect(world.names.numbers.ofLiteral(12_345_678_901_234_567_890n)).toBe(
    world.names.numbers.ofLiteral(12_345_678_901_234_567_890n),
  );
});
