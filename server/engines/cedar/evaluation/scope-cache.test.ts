import { expect, it } from "vitest";
import { CedarWorld, type Draft } from "@/server/testing/cedar-world";

it("answers alike the first time and each time after, of more requests than it has room for", () => {
  const [users, nodes] = [150, 150];
  const entities: Record<string, Draft> = {};
  for (let n = 0; n < users; n += 1) entities[`User::u${n}`] = { in: [`Role::r${n}`] };
  for (let n = 0; n < nodes; n += 1) entities[`Node::n${n}`] = { in: [`Pool::p${n}`] };
  const policies = Array.from(
    { length: users },
    (_, n) => `permit(principal in Role::"r${n}", action, resource in Pool::"p${n % 7}");`,
  );
  const world = new CedarWorld(policies.join("\n"), entities);
  for (const _ of ["first", "again", "and again"]) {
    const wrong: string[] = [];
    for (let user = 0; user < users; user += 1) {
      for (let node = 0; node < nodes; node += 1) {
        const answer = world.answer(`User::u${user}`, "read", `Node::n${node}`);
        if (answer !== (node === user % 7 ? `allow policy${user}` : "deny")) wrong.push(`${user} ${node}: ${answer}`);
      }
    }
    expect(wrong).toEqual([]);
  }
});

it("knows at once that somebody whom a scope names went to other groups", () => {
  const world = new CedarWorld(
    `permit(principal == User::"ann", action == Action::"read", resource);
     permit(principal in Role::"ops", action, resource);
     permit(principal, action, resource in Pool::"h100");
     permit(principal, action, resource == Node::"n1") when { false };`,
    {
      "User::ann": {},
      "User::bob": { in: ["Role::ops", "Role::dev"] },
      "Node::n1": {},
      "Node::n2": { in: ["Pool::h100"] },
    },
  );
  const ask = () =>
    [world.answer("User::ann", "write", "Node::n1"), world.answer("User::ann", "write", "Node::n1")].join(", ");
  expect(ask()).toBe("deny, deny");
  world.engine.putEntities([world.entity("User::ann", { in: ["Role::ops"] })]);
  expect(ask()).toBe("allow policy1, allow policy1");
  world.engine.putEntities([world.entity("User::ann", { in: ["Role::dev"] })]);
  expect(ask()).toBe("deny, deny");
  world.engine.putEntities([world.entity("Node::n1", { in: ["Pool::h100"] })]);
  expect(ask()).toBe("allow policy2, allow policy2");
  world.engine.removeEntities([world.uid("Node::n1")]);
  expect(ask()).toBe("deny, deny");
});

it("tells those whom a scope names from others of their groups", () => {
  const world = new CedarWorld(
    `permit(principal == User::"ann", action, resource);
     forbid(principal, action, resource == Node::"n1");
     permit(principal, action == Action::"write", resource);`,
    { "User::ann": { in: ["Role::ops"] }, "User::bob": { in: ["Role::ops"] }, "Node::n1": {}, "Node::n2": {} },
  );
  for (const _ of ["first", "again", "and again"]) {
    expect(world.answer("User::bob", "read", "Node::n2")).toBe("deny");
    expect(world.answer("User::ann", "read", "Node::n2")).toBe("allow policy0");
    expect(world.answer("User::ann", "read", "Node::n1")).toBe("deny policy1");
    expect(world.answer("User::bob", "write", "Node::n2")).toBe("allow policy2");
    expect(world.answer("User::ann", "write", "Node::n2")).toBe("allow policy0 policy2");
  }
});
