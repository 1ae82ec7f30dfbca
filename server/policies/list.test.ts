import { afterEach, describe, expect, it } from "vitest";
import { ANONYMOUS, AUDITOR, processActor, testWorld, type World } from "@/server/testing/world";
import { PolicyName } from "./contract";
import { getPolicy, listPolicies } from "./list";
import { usesOfPolicies } from "./store";
import { flushUses } from "./uses";

let world: World;
afterEach(() => world.close());

describe("the policies in force", () => {
  it("can be read by an auditor, with what each is for", async () => {
    world = await testWorld({ as: AUDITOR });
    const { policies } = await listPolicies(world.ctx);
    expect(policies.map(({ id }) => id)).toContain("auditor-reads");
    expect(policies.every(({ about, text, effect }) => about !== "" && text.includes(`${effect} (`))).toBe(true);

    const policy = await getPolicy(world.ctx, { policy: "team-lead-reads" });
    expect(policy.text).toMatch(/^\/\/ What a lead may read: .+\n@id\("team-lead-reads"\)\npermit \([^;]+;\n$/);
    expect(policy).toMatchObject({ origin: "built-in", draft: null, versions: [{ version: 1, isInForce: true }] });
  });

  it("are those that decide: refusals carry their version", async () => {
    world = await testWorld({ as: AUDITOR });
    const { version } = await listPolicies(world.ctx);
    const decision = await world.ctx.decide(world.ctx.read, {
      principal: world.ctx.actor,
      action: "audit.list",
      resource: { type: "AuditEntry", id: "*" },
      at: world.ctx.now(),
      address: null,
    });
    expect(decision).toEqual({ allowed: true, reason: "allowed", rules: ["auditor-reads"], policyVersion: version });
  });

  it("say when each last decided, those of the program before the first epoch too", async () => {
    world = await testWorld({ as: AUDITOR });
    await listPolicies(world.ctx);
    expect(await flushUses(world.as(processActor("test")))).toBeGreaterThan(0);
    const { policies } = await listPolicies(world.ctx);
    expect(policies.find(({ id }) => id === "auditor-reads")).toMatchObject({ lastDecidedAt: world.clock.now() });
    const known = await usesOfPolicies(world.ctx.read);
    expect(policies.filter(({ id }) => !known.has(id))).toEqual([]);
  });

  it.each(["new", "history", "No-Capitals", "-dash", ""])("are not called %j", (name) => {
    expect(PolicyName.safeParse(name).success).toBe(false);
    expect(PolicyName.safeParse(`${name.toLowerCase().replace("-", "")}1`).success).toBe(true);
  });

  it("are missed by name", async () => {
    world = await testWorld({ as: AUDITOR });
    await expect(getPolicy(world.ctx, { policy: "nothing" })).rejects.toMatchObject({ code: "kernel.missing" });
  });

  it("are shown to nobody in particular", async () => {
    world = await testWorld({ as: ANONYMOUS });
    await expect(listPolicies(world.ctx)).rejects.toMatchObject({ code: "kernel.forbidden" });
    await expect(getPolicy(world.ctx, { policy: "auditor-reads" })).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied" }, { kind: "denied" }]);
  });
});
