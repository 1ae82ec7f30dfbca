import { expect, it } from "vitest";
import { CedarWorld } from "@/server/testing/cedar-world";
import { Candidates } from "./candidates";
import { Frame } from "./evaluation";
import type { Value } from "../values/value";

const world = new CedarWorld(
  [
    ...['context.kind == "a"', 'context.kind == "b"', 'context.kind == "a" && context.size == 1'],
    ...['context.kind == "a" && context.size == 2', "context.size == 1", "true", "context.size == 2 && principal.boss"],
  ]
    .map((condition) => `permit(principal, action, resource) when { ${condition} };`)
    .join("\n"),
);
const { epoch } = world.engine;

/** Each policy that is shown, with how many of its conditions are known to hold. */
function shown(context: Readonly<Record<string, Value>>): string[] {
  const found: string[] = [];
  const frame = new Frame(world.request("User::ann", "read", "Node::n1", context), epoch.entities);
  new Candidates([...epoch.policies.values()]).visit(frame, {
    visit: ({ id }, known) => found.push(`${id.slice("policy".length)}:${known}`),
  });
  return found.toSorted();
}

it.each<[Readonly<Record<string, Value>>, string[]]>([
  [{ kind: "a", size: 1n }, ["0:1", "2:2", "4:1", "5:0"]],
  [{ kind: "a", size: 2n }, ["0:1", "3:2", "5:0", "6:1"]],
  [{ kind: "b", size: 3n }, ["1:1", "5:0"]],
  [{ kind: "c", size: 9n }, ["5:0"]],
  // What cannot be read fails, and only the whole policy tells how.
  [{ size: 1n }, ["0:0", "1:0", "2:0", "3:0", "4:1", "5:0"]],
  [{ kind: "a" }, ["0:1", "2:0", "3:0", "4:0", "5:0", "6:0"]],
  [{}, ["0:0", "1:0", "2:0", "3:0", "4:0", "5:0", "6:0"]],
])("of a request with %o, it shows the policies that may hold or fail", (context, policies) => {
  expect(shown(context)).toEqual(policies);
});

it("finds each of hundreds of literals", () => {
  const many = new CedarWorld(
    Array.from(
      { length: 600 },
      (_, n) =>
        `permit(principal, action, resource) when { context.${n % 2 === 0 ? "even" : "odd"} == ${(n * 7) % 600} };`,
    ).join("\n"),
  );
  const all = new Candidates([...many.engine.epoch.policies.values()]);
  for (let literal = 0; literal < 600; literal += 1) {
    const context = { even: BigInt(literal), odd: BigInt(literal) };
    const frame = new Frame(many.request("User::a", "read", "Node::n", context), many.engine.epoch.entities);
    const found: string[] = [];
    all.visit(frame, { visit: ({ id }) => found.push(id) });
    const n = Array.from({ length: 600 }, (_, at) => at).find((at) => (at * 7) % 600 === literal);
    expect(found).toEqual([`policy${n}`]);
  }
});
