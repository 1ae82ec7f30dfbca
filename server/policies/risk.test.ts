import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMachine } from "@/server/identities/create-machine";
import { createTeam } from "@/server/identities/create-team";
import type { Actor, Context, Risk } from "@/server/kernel/context";
import { putResource } from "@/server/resources/put-resource";
import { addPerson, type Person } from "@/server/testing/people";
import { testWorld, type World } from "@/server/testing/world";
import { evaluate } from "./evaluate";
import { publishFolder } from "./publish";

const STRANGE_SESSIONS = `@id("strange-sessions")
forbid (principal is User, action == Action::"team.create", resource) when { context.risk.contains("new_device") };
`;
const SUPERSEDED = `@id("superseded")
forbid (principal is Node, action == Action::"workload.run", resource) when { context.risk.contains("superseded_certificate") };
`;
const ALL = '@id("all")\npermit (principal is Node, action == Action::"workload.run", resource);\n';

let world: World;
let priya: Person;
let gpu7: Actor;

beforeAll(async () => {
  world = await testWorld();
  priya = await addPerson(world, { role: "admin" });
  const { id } = await createMachine(world.ctx, { kind: "node", name: "gpu-7", teamId: null, labels: {} });
  gpu7 = { kind: "node", id, name: "gpu-7", roles: [], teams: [], provedBy: ["certificate"] };
  await put("Provider", "nordwind", { trust: "trusted" });
  const provider = { __entity: { type: "Provider", id: "nordwind" } };
  await put("Compute", "gpu-7", { provider, region: "eu-north", gpus: 8 });
  const policies = [STRANGE_SESSIONS, SUPERSEDED, ALL];
  await publishFolder(world.ctx, { policies, tests: null, base: null, note: "for a test" });
});
afterAll(() => world.close());

const put = (type: string, id: string, attributes: object) =>
  putResource(world.ctx, { type, id, team: null, parents: [], attributes: attributes as never, labels: {} });

describe("what is suspicious about a caller", () => {
  const asPriya = (risk: Risk[]): Context => world.as({ ...priya.ctx.actor, risk });

  it("counts in what the console is asked", async () => {
    await expect(createTeam(asPriya(["new_device", "other_address"]), { name: "vision" })).rejects.toMatchObject({
      code: "kernel.forbidden",
      message: expect.stringContaining("strange-sessions"),
    });
    expect(await createTeam(asPriya(["other_address"]), { name: "vision" })).toMatchObject({ name: "vision" });
  });

  it("counts in what a machine asks about itself", async () => {
    const ask = (risk: Risk[]) =>
      evaluate(world.as({ ...gpu7, risk }), {
        subject: { type: "Node", id: "gpu-7" },
        action: { name: "workload.run" },
        resource: { type: "Compute", id: "gpu-7" },
        context: {},
      });
    expect(await ask([])).toMatchObject({ decision: true, context: { policies: ["all"] } });
    expect(await ask(["superseded_certificate"])).toMatchObject({
      decision: false,
      context: { policies: ["superseded"] },
    });
  });
});
