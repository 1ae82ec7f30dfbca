import { afterEach, beforeEach, expect, it } from "vitest";
import { authorize } from "@/server/kernel/permit";
import { REFUSALS_AT_ONCE } from "@/server/kernel/refusal-budget";
import { strangerOf } from "@/server/testing/people";
import { AUDITOR, processActor, testWorld, type World } from "@/server/testing/world";
import { sumUpRefusals } from "./sum-up-refusals";

let world: World;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

async function refuse(times: number, address: string): Promise<void> {
  for (let time = 0; time < times; time++) {
    await expect(authorize(strangerOf(world, address), "team.list", { type: "Team", id: "*" })).rejects.toThrow();
  }
}

const house = () => world.as(processActor("sum-up-refusals"));

it("writes one entry a network: how many, and over which time; and then no more", async () => {
  await refuse(REFUSALS_AT_ONCE + 3, "192.0.2.7");
  await refuse(REFUSALS_AT_ONCE + 1, "2001:db8:1:2::9");
  await refuse(1, "192.0.2.8");
  world.forget();
  expect(await sumUpRefusals(house(), "due")).toBe(0);
  expect(world.trail()).toEqual([]);

  world.clock.advance(60_000);
  expect(await sumUpRefusals(house(), "due")).toBe(2);
  const time = "2026-03-12T14:32:00.000Z";
  expect(world.trail()).toMatchObject([
    {
      kind: "refusals.left_out",
      outcome: "refused",
      actor: { kind: "system" },
      object: { type: "Network", id: "192.0.2.7" },
      detail: { count: 3, from: time, until: time },
    },
    { kind: "refusals.left_out", object: { id: "2001:db8:1:2::/64" }, detail: { count: 1 } },
  ]);
  world.forget();
  expect(await sumUpRefusals(house(), "all")).toBe(0);
  expect(world.trail()).toEqual([]);
});

it("is done at once, whatever is due, when a process stops", async () => {
  await refuse(REFUSALS_AT_ONCE + 3, "192.0.2.7");
  expect(await sumUpRefusals(house(), "all")).toBe(1);
});

it("is refused to people, and keeps what was to be summed up", async () => {
  await refuse(REFUSALS_AT_ONCE + 1, "192.0.2.7");
  await expect(sumUpRefusals(world.as(AUDITOR), "all")).rejects.toMatchObject({ code: "kernel.forbidden" });
  expect(await sumUpRefusals(house(), "all")).toBe(1);
});
