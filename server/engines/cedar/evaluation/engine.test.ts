import { describe, expect, it } from "vitest";
import { Frame } from "./evaluation";
import { parsePolicies } from "../syntax/parser";
import type { Value } from "../values/value";
import { CedarWorld } from "@/server/testing/cedar-world";

const ENTITIES = {
  "User::ann": { attributes: { level: 3n, boss: true }, in: ["Role::ops"], tags: { site: "ams" } },
  "User::bob": { attributes: { level: 1n }, in: ["Role::dev", "Team::gpu"] },
  "Role::ops": { in: ["Role::staff"] },
  "Role::dev": { in: ["Role::staff"] },
  "Node::n1": { attributes: { site: "ams", count: 8n }, in: ["Pool::h100"] },
  "Action::read": { in: ["Action::any"] },
};

describe("a decision", () => {
  it.each([
    ["is deny without a policy", "", "deny"],
    ["is allow by one permit", "permit(principal, action, resource);", "allow policy0"],
    [
      "is deny by one forbid, whatever permits it",
      "permit(principal, action, resource); forbid(principal, action, resource);",
      "deny policy1",
    ],
    [
      "names every permit that holds",
      "permit(principal, action, resource); permit(principal is User, action, resource);",
      "allow policy0 policy1",
    ],
    [
      "skips a permit that errs",
      "permit(principal, action, resource) when { principal.nothing };",
      "deny but policy0 erred",
    ],
    [
      "skips a forbid that errs, and tells",
      "permit(principal, action, resource); forbid(principal, action, resource) when { 1 + true == 2 };",
      "allow policy0 but policy1 erred",
    ],
    ["needs every condition", "permit(principal, action, resource) when { true } when { false };", "deny"],
    ["turns unless round", "permit(principal, action, resource) unless { principal.level > 3 };", "allow policy0"],
    ["follows groups of groups", 'permit(principal in Role::"staff", action, resource);', "allow policy0"],
    ["follows groups of actions", 'permit(principal, action in Action::"any", resource);', "allow policy0"],
    [
      "matches one of a list of actions once",
      'permit(principal, action in [Action::"read", Action::"any"], resource);',
      "allow policy0",
    ],
    ["matches no action of an empty list", "permit(principal, action in [], resource);", "deny"],
    ["does not take a member for its group", 'permit(principal == Role::"ops", action, resource);', "deny"],
    [
      "asks type and group together",
      'permit(principal is User in Role::"ops", action, resource is Node in Pool::"h100");',
      "allow policy0",
    ],
    ["asks for another type", 'permit(principal is Service in Role::"ops", action, resource);', "deny"],
    [
      "reads attributes and tags",
      'permit(principal, action, resource) when { principal.getTag("site") == resource.site };',
      "allow policy0",
    ],
    [
      "knows that an unknown entity has nothing",
      'permit(principal, action, resource) unless { Node::"n2" has site || Node::"n2".hasTag("x") };',
      "allow policy0",
    ],
  ])("%s", (_, policies, expected) => {
    expect(new CedarWorld(policies, ENTITIES).answer("User::ann", "read", "Node::n1")).toBe(expected);
  });

  it("tells loudly of a forbid that failed", () => {
    const world = new CedarWorld("forbid(principal, action, resource) when { context.risk > 3 };", ENTITIES);
    const { failedForbids, errors } = world.engine.epoch.answer(world.request("User::ann", "read", "Node::n1"));
    expect(failedForbids).toEqual(["policy0"]);
    expect(errors).toMatchObject([{ effect: "forbid", message: 'the record does not have the attribute "risk"' }]);
  });

  it("finds the same policies in the index as it would by asking each", () => {
    const scopes = (variable: string) => [
      variable,
      ...["User", "Role", "Node"].map((type) => `${variable} is ${type}`),
      ...['User::"ann"', 'Role::"ops"', 'Role::"staff"', 'Node::"n1"', 'Pool::"h100"'].flatMap((uid) => [
        `${variable} == ${uid}`,
        `${variable} in ${uid}`,
        `${variable} is User in ${uid}`,
      ]),
    ];
    const actions = [
      "action",
      'action == Action::"read"',
      'action in [Action::"any"]',
      'action in [Action::"read", Action::"x", Action::"any"]',
    ];
    const texts = scopes("principal").flatMap((principal) =>
      actions.flatMap((action) =>
        scopes("resource").map((resource) => `permit(${principal}, ${action}, ${resource});`),
      ),
    );
    const world = new CedarWorld(texts.join("\n"), ENTITIES);
    const { epoch } = world.engine;
    for (const principal of ["User::ann", "User::bob", "Role::ops", "Node::n1", "User::new"]) {
      for (const action of ["read", "any", "x", "y"]) {
        const request = world.request(principal, action, "Node::n1");
        const frame = new Frame(request, epoch.entities);
        const each = [...epoch.policies.values()].filter(
          ({ scope }) => scope.principal.fits(frame) && scope.action.fits(frame) && scope.resource.fits(frame),
        );
        const ids = each.map(({ id }) => id).toSorted();
        expect(epoch.answer(request).reasons.toSorted()).toEqual(ids);
        // And as it finds them when such a request comes again.
        expect(epoch.answer(request).reasons.toSorted()).toEqual(ids);
      }
    }
  });
});

describe("entities that come with a request", () => {
  const POLICIES = `permit(principal in Role::"staff", action, resource) when { resource.owner == principal };
    permit(principal == User::"ann", action == Action::"read", resource is Node);
    forbid(principal, action, resource) when { principal has boss && principal.boss };`;
  const world = new CedarWorld(POLICIES, ENTITIES);
  const { names } = world;

  function answer(user: string, groups: readonly string[], attributes: Readonly<Record<string, Value>> = {}): string {
    const principal = names.passing("User", user, 0);
    const resource = names.passing("Disk", "d1", 1);
    const given = [
      { ...world.entity("User::none", { attributes, in: groups }), uid: principal },
      { ...world.entity("User::none", { attributes: { owner: principal } }), uid: resource },
    ];
    const request = { ...world.request("User::none", "write", "Node::n1"), principal, resource };
    const { decision, reasons, errors } = world.engine.epoch.answer(request, { given });
    expect(errors).toEqual([]);
    return [decision, ...reasons].join(" ");
  }

  it("count for that request alone, and are not kept", () => {
    for (const _ of ["first", "again", "and again"]) {
      expect(answer("cid", ["Role::dev"])).toBe("allow policy0");
      expect(answer("dot", [])).toBe("deny");
      expect(answer("cid", ["Role::ops", "Team::gpu"])).toBe("allow policy0");
      expect(answer("cid", ["Role::ops"], { boss: true })).toBe("deny policy2");
    }
    expect(world.answer("User::cid", "write", "Node::n1")).toBe("deny");
    const { size } = world.engine.epoch.entities;
    expect(size).toBe(Object.keys(ENTITIES).length);
  });

  it("stand before what is known of those whom policies name", () => {
    expect(names.passing("User", "ann", 0)).toBe(world.uid("User::ann"));
    expect(answer("ann", ["Role::ops"])).toBe("allow policy0");
    expect(world.answer("User::ann", "read", "Node::n1")).toBe("deny policy2 but policy0 erred");
  });
});

describe("an epoch", () => {
  it("stays as it was when policies and entities change", () => {
    const world = new CedarWorld('permit(principal in Role::"staff", action, resource);', ENTITIES);
    const before = world.engine.epoch;
    const ask = () => world.answer("User::ann", "read", "Node::n1");
    const asked = world.request("User::ann", "read", "Node::n1");
    expect(ask()).toBe("allow policy0");

    const [forbid] = world.read("forbid(principal, action, resource) when { principal.level >= 3 };");
    if (!forbid) throw new Error("there is one");
    world.engine.setPolicy({ ...forbid, id: "limit" });
    expect(ask()).toBe("deny limit");
    world.engine.putEntities([world.entity("User::ann", { attributes: { level: 2n }, in: ["Role::ops"] })]);
    expect(ask()).toBe("allow policy0");
    world.engine.putEntities([world.entity("Role::ops", { in: [] })]);
    expect(ask()).toBe("deny");
    world.engine.putEntities([world.entity("Role::ops", { in: ["Role::staff"] })]);
    expect(ask()).toBe("allow policy0");
    world.engine.removeEntities([world.uid("Role::ops")]);
    expect(ask()).toBe("deny");
    world.engine.removePolicy("limit");
    world.engine.removePolicy("limit");
    world.engine.putEntities([world.entity("User::ann", { in: ["Role::staff"] })]);
    expect(ask()).toBe("allow policy0");
    expect(before.answer(asked)).toMatchObject({ decision: "allow", reasons: ["policy0"] });
    expect(before.number).toBeLessThan(world.engine.epoch.number);
  });

  it("is not replaced by policies that cannot be compiled", () => {
    const world = new CedarWorld("permit(principal, action, resource);", ENTITIES);
    const before = world.engine.epoch;
    const template = world.read("permit(principal == ?principal, action, resource);");
    expect(() => world.engine.setPolicies(template.map((policy) => ({ ...policy, id: "t" })))).toThrow(
      /\?principal is open/,
    );
    expect(world.engine.epoch).toBe(before);
  });

  it("takes no policy of which a part could not be read, since what is left says less", () => {
    const world = new CedarWorld("", ENTITIES);
    const long = `permit(principal == User::"bob", action, resource) when { "${"x".repeat(70_000)}" == "" };`;
    for (const text of [
      long,
      "permit(principal, action, resource) { 1 == 2 };",
      "permit(principal, action, resource) when { 1 == };",
    ]) {
      const [policy] = parsePolicies(text).policies;
      if (!policy) throw new Error("something was read of it");
      expect(() => world.engine.setPolicies([{ id: "half", policy, text }])).toThrow("the policy half is broken");
      expect(() => world.engine.setPolicy({ id: "half", policy, text })).toThrow("the policy half is broken");
    }
    expect(world.answer("User::ann", "read", "Node::n1")).toBe("deny");
  });

  it("evaluates a template with what stands in its slots", () => {
    const world = new CedarWorld("", ENTITIES);
    const [template] = world.read("permit(principal in ?principal, action, resource == ?resource);");
    if (!template) throw new Error("there is one");
    const slots = { principal: { type: "Role", id: "staff" }, resource: { type: "Node", id: "n1" } };
    world.engine.setPolicies([{ ...template, id: "link", slots }]);
    expect(world.answer("User::ann", "read", "Node::n1")).toBe("allow link");
    expect(world.answer("User::ann", "read", "Node::n2")).toBe("deny");
  });
});

describe("a trace", () => {
  const trace = (policy: string, context = {}) => {
    const world = new CedarWorld(policy, ENTITIES);
    const { trace: steps } = world.engine.epoch.answer(world.request("User::ann", "read", "Node::n1", context), {
      trace: true,
    });
    return steps?.map(({ outcome, failed }) => ({
      outcome,
      failed: failed && policy.slice(failed.start, failed.end),
      saw: failed?.saw.map(({ expression, value }) => `${expression} = ${value}`),
      message: failed?.message,
    }));
  };

  it.each([
    [
      'principal in Role::"ops", action, resource) when { principal.level < 5 && principal.level * 2 > 10 }',
      "principal.level * 2 > 10",
      ["principal.level = 3"],
    ],
    ["principal, action, resource is Pool)", "", []],
    ['principal == User::"bob", action, resource)', 'principal == User::"bob"', ['principal = User::"ann"']],
    [
      'principal, action, resource) unless { !(resource.site != "ams") || false }',
      'resource.site != "ams"',
      ['resource.site = "ams"'],
    ],
    [
      "principal, action, resource) when { if principal.boss then resource.count == 7 else true }",
      "resource.count == 7",
      ["resource.count = 8"],
    ],
    [
      'principal, action, resource) when { principal.level == 1 || principal.getTag("site") == "fra" }',
      'principal.level == 1 || principal.getTag("site") == "fra"',
      ["principal.level = 3", 'principal.getTag("site") = "ams"'],
    ],
  ])("shows the innermost part that failed: %s", (text, failed, saw) => {
    const policy = `permit(${text};`;
    const expected = failed === "" ? "resource is Pool" : failed;
    expect(trace(policy)).toEqual([
      {
        outcome: "not satisfied",
        failed: expected,
        saw: failed === "" ? ['resource = Node::"n1"'] : saw,
        message: null,
      },
    ]);
  });

  it("shows an error where it is, and what was read before it", () => {
    expect(
      trace("permit(principal, action, resource) when { principal.level > 1 && context.n + 1 == 2 };", { n: "x" }),
    ).toEqual([
      {
        outcome: "error",
        failed: "context.n + 1",
        saw: ["principal.level = 3", 'context.n = "x"'],
        message: "expected a long, found string",
      },
    ]);
  });

  it("tells what a condition is that is neither true nor false", () => {
    expect(trace("permit(principal, action, resource) when { principal.level };", {})).toEqual([
      {
        outcome: "error",
        failed: "principal.level",
        saw: ["principal.level = 3"],
        message: "expected a bool, found long",
      },
    ]);
  });
});
