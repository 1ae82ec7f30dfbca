import { afterAll, beforeAll, expect, it } from "vitest";
import { peopleWorld } from "@/server/testing/people";
import type { World } from "@/server/testing/world";
import { createTeam } from "./create-team";
import { importIdentities } from "./import-identities";

let world: World;
beforeAll(async () => {
  world = await peopleWorld();
});
afterAll(() => world.close());

it("imports 10,000 identities within 5 s, each with its entry in the log", async () => {
  await createTeam(world.ctx, { name: "vision" });
  world.forget();
  const rows = Array.from({ length: 10_000 }, (_, at) =>
    at % 2 === 0
      ? `node,gpu-${at},,,vision,rack=${at % 40}`
      : `user,,Person ${at},person.${at % 900}@d${at}.swarm.local,,`,
  );
  const text = `kind,name,displayName,email,team,labels\n${rows.join("\n")}\n`;
  const began = performance.now();
  const result = await importIdentities(world.ctx, { text, mode: "import" });
  const tookMs = performance.now() - began;
  expect(result).toMatchObject({ people: 5_000, nodes: 5_000, wasImported: true });
  expect(tookMs).toBeLessThan(5_000);
  expect(world.trail()).toHaveLength(10_001);
});
