import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CedarWorld, type Draft } from "@/server/testing/cedar-world";
import { findAllowed, type Question } from "./partial";
import { EMPTY_RECORD } from "../values/value";

const USERS = ["ann", "bob", "cid", "dot"];
const ROLES = ["ops", "dev", "staff"];
const NODES = ["n1", "n2"];

const entities: fc.Arbitrary<Record<string, Draft>> = fc
  .record({
    users: fc.array(fc.subarray([...ROLES]), { minLength: USERS.length, maxLength: USERS.length }),
    levels: fc.array(fc.option(fc.bigInt(0n, 3n)), { minLength: USERS.length, maxLength: USERS.length }),
    staff: fc.subarray(["ops", "dev"]),
    owners: fc.array(fc.constantFrom(...USERS), { minLength: NODES.length, maxLength: NODES.length }),
  })
  .map(({ users, levels, staff, owners }) => {
    const inRoles = (roles: readonly string[]) => roles.map((role) => `Role::${role}`);
    const all: [string, Draft][] = [
      ...USERS.map((user, at): [string, Draft] => {
        const level = levels[at];
        return [
          `User::${user}`,
          { in: inRoles(users[at] ?? []), attributes: typeof level === "bigint" ? { level } : {} },
        ];
      }),
      ...ROLES.map((role): [string, Draft] => [
        `Role::${role}`,
        { in: staff.includes(role) ? inRoles(["staff"]) : [] },
      ]),
      ...NODES.map((node, at): [string, Draft] => [`Node::${node}`, { attributes: { owner: owners[at] ?? "" } }]),
    ];
    return Object.fromEntries(all);
  });

const principals = fc.constantFrom(
  ...[
    "principal",
    "principal is User",
    'principal == User::"ann"',
    'principal == User::"zed"',
    'principal == Role::"ops"',
  ],
  ...[
    'principal in Role::"ops"',
    'principal in Role::"staff"',
    'principal is User in Role::"dev"',
    'principal in User::"bob"',
  ],
);
const resources = fc.constantFrom(
  "resource",
  "resource is Node",
  'resource == Node::"n1"',
  'resource in Node::"n2"',
  'resource == User::"ann"',
);
const conditions = fc.constantFrom(
  ...[
    "",
    "when { principal.level > 1 }",
    'unless { principal in Role::"dev" }',
    "when { principal has level && principal.level == context.level }",
  ],
  ...[
    'when { resource.owner == "ann" }',
    "when { resource.owner.x }",
    "when { principal == resource }",
    "when { context.level > 0 || principal.level > 2 }",
  ],
  ...[
    "when { context.nothing == 1 && principal.level == 1 }",
    "when { !(principal.level < 2 || context.level < 1) }",
    "unless { if resource has owner then principal.level == 0 else true }",
    "when { principal.level }",
    "when { context.level }",
    "when { principal.level == 1 && context == {level: 1} }",
    "when { principal.level == 1 && context.nothing }",
    'when { context.level == 1 && principal.level == 1 && resource.owner == "ann" }',
    "when { principal.level == 1 } when { context.level == 2 }",
  ],
);
const policies = fc.array(
  fc
    .tuple(fc.constantFrom("permit", "permit", "forbid"), principals, resources, conditions)
    .map(([effect, principal, resource, condition]) => `${effect}(${principal}, action, ${resource}) ${condition};`),
  { minLength: 1, maxLength: 8 },
);

describe("who can, and what can", () => {
  it.each(["principal", "resource"] as const)(
    "are those for whom the answer is allow, with an unknown %s",
    (unknown) => {
      fc.assert(
        fc.property(
          policies,
          entities,
          fc.bigInt(0n, 2n),
          fc.constantFrom("User::ann", "Node::n1", "Role::ops"),
          (texts, drafts, level, other) => {
            const world = new CedarWorld(texts.join("\n"), drafts);
            const { epoch } = world.engine;
            const { action, context } = world.request(other, "read", other, { level });
            const known = world.uid(other);
            const question: Question =
              unknown === "principal"
                ? { unknown, action, context, resource: known }
                : { unknown, action, context, principal: known };
            const candidates = [...Object.keys(drafts), "User::zed"].map((uid) => world.uid(uid));
            const { entities: allowed, failedForbids } = findAllowed(epoch, question);
            const found = new Set(allowed);
            const failing = new Set<string>();
            for (const entity of candidates) {
              const request =
                unknown === "principal"
                  ? { principal: entity, action, resource: known, context }
                  : { principal: known, action, resource: entity, context };
              const { decision, reasons, failedForbids: failed } = epoch.answer(request);
              if (found.has(entity)) for (const id of failed) failing.add(id);
              // Nobody knows of `User::"zed"` but a policy that names it.
              const isNamed = reasons.some((id) => texts[Number(id.slice("policy".length))]?.includes("zed"));
              if (entity.id !== "zed" || isNamed || found.has(entity)) {
                expect({ entity, isFound: found.has(entity) }).toEqual({ entity, isFound: decision === "allow" });
              }
            }
            expect([...found].every((entity) => candidates.includes(entity))).toBe(true);
            expect(failedForbids.toSorted()).toEqual([...failing].toSorted());
          },
        ),
        { numRuns: 1_500 },
      );
    },
  );

  it("can be asked of one type, and tell of forbids that failed", () => {
    const world = new CedarWorld(
      'permit(principal in Role::"staff", action, resource); forbid(principal, action, resource) when { principal.level > 1 };',
      {
        "User::ann": { in: ["Role::ops"] },
        "Role::ops": { in: ["Role::staff"] },
        "User::bob": { in: ["Role::staff"], attributes: { level: 2n } },
      },
    );
    const question = {
      unknown: "principal",
      action: world.uid("Action::read"),
      resource: world.uid("Node::n1"),
      context: EMPTY_RECORD,
    } as const;
    const { entities: found, failedForbids } = findAllowed(world.engine.epoch, { ...question, type: "User" });
    expect(found).toEqual([world.uid("User::ann")]);
    expect(failedForbids).toEqual(["policy1"]);
    expect(findAllowed(world.engine.epoch, question).entities).toContain(world.uid("Role::ops"));
  });
});
