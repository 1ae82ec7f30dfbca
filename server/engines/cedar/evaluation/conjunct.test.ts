import { describe, expect, it } from "vitest";
import { CedarWorld } from "@/server/testing/cedar-world";
import { compile } from "./compile";
import { Conjunct } from "./conjunct";
import { EvaluationError, Frame } from "./evaluation";
import { RecordValue, SetValue, type Value } from "../values/value";

const world = new CedarWorld("", { "User::ann": { attributes: { level: 3n, boss: true } } });

/** An attribute `a` and an attribute `b`; null for none. */
const VALUES: readonly (Value | null)[] = [
  ...[true, false, 0n, 3n, 4n, -1n, 2n ** 63n - 1n, "", "3", null],
  ...[world.uid("User::ann"), SetValue.of([3n]), SetValue.of([3n]), RecordValue.of([["x", 3n]])],
];

const CONDITIONS = [
  ...["context.a", "!context.a", "(context.a)"],
  ...["==", "!=", "<", "<=", ">", ">="].flatMap((operator) => [
    `context.a ${operator} context.b`,
    `context.a ${operator} 3`,
    `context.a ${operator} "3"`,
    `context.a ${operator} true`,
    `!(context.a ${operator} 3)`,
    `principal.level ${operator} context.a`,
    `3 ${operator} context.a`,
  ]),
  ...['context.a == User::"ann"', "context.a == [3]", "context.a + 1 == 4", "context.a in principal"],
];

describe.each([true, false])("a part of conditions that must be %s", (wanted) => {
  it.each(CONDITIONS)("holds, or fails, as the whole expression does: %s", (condition) => {
    const [policy] = world.read(`permit(principal, action, resource) when { ${condition} };`);
    const expression = policy?.policy.conditions[0]?.body;
    if (!expression) throw new Error("there is a condition");
    const [conjunct, whole] = [new Conjunct({ expression, wanted }, world.names), compile(expression, world.names)];
    for (const a of VALUES) {
      for (const b of VALUES) {
        const context = Object.fromEntries(Object.entries({ a, b }).filter(([, value]) => value !== null)) as {};
        const frame = new Frame(world.request("User::ann", "read", "Node::n1", context), world.engine.epoch.entities);
        const value = outcome(() => whole(frame));
        const isBool = typeof value === "boolean" || value instanceof Error;
        const expected = isBool
          ? value instanceof Error
            ? value.message
            : value === wanted
          : /^expected a bool, found/;
        const got = outcome(() => conjunct.holds(frame));
        if (expected instanceof RegExp) expect(String((got as Error).message)).toMatch(expected);
        else expect(got instanceof Error ? got.message : got).toBe(expected);
      }
    }
  });
});

function outcome<Found>(find: () => Found): Found | Error {
  try {
    return find();
  } catch (error) {
    if (error instanceof EvaluationError) return new Error(error.message);
    throw error;
  }
}
