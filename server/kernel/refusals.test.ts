import { afterEach, beforeEach, expect, it } from "vitest";
import { strangerOf } from "@/server/testing/people";
import { AUDITOR, testWorld, type World } from "@/server/testing/world";
import { authorize } from "./permit";
import { REFUSALS_AT_ONCE } from "./refusal-budget";

let world: World;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const team = { type: "Team", id: "tem_1", name: "Vision" } as const;

async function codesOf(times: number, ctx = strangerOf(world)): Promise<Record<string, number>> {
  const codes: Record<string, number> = {};
  for (let time = 0; time < times; time++) {
    const code: string = await authorize(ctx, "team.create", team).then(
      () => "allowed",
      (error) => error.code,
    );
    codes[code] = (codes[code] ?? 0) + 1;
  }
  return codes;
}

it("a stranger's network leaves so many refusals in the log, and then none", async () => {
  expect(await codesOf(REFUSALS_AT_ONCE + 25)).toEqual({
    "kernel.forbidden": REFUSALS_AT_ONCE,
    "kernel.too_many_refusals": 25,
  });
  expect(world.trail()).toHaveLength(REFUSALS_AT_ONCE);
  await expect(authorize(strangerOf(world), "team.create", team)).rejects.toMatchObject({
    fault: "limited",
    facts: { retryAfterSeconds: 10 },
  });

  world.clock.advance(10_000);
  expect(await codesOf(2)).toEqual({ "kernel.forbidden": 1, "kernel.too_many_refusals": 1 });
});

it("others are not held back by it: other networks, whoever is signed in, and what is allowed", async () => {
  await codesOf(REFUSALS_AT_ONCE + 1);
  expect(await codesOf(1, strangerOf(world, "192.0.2.8"))).toEqual({ "kernel.forbidden": 1 });
  const auditor = world.as(AUDITOR);
  expect(await codesOf(REFUSALS_AT_ONCE * 2, auditor)).toEqual({ "kernel.forbidden": REFUSALS_AT_ONCE * 2 });
  await expect(authorize(strangerOf(world), "session.create", { type: "Session", id: "*" })).resolves.toMatchObject({
    action: "session.create",
  });
});
