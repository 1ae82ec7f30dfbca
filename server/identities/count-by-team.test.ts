import { afterEach, beforeEach, expect, it } from "vitest";
import { AUDITOR, testWorld, type World } from "@/server/testing/world";
import { countByTeam } from "./count-by-team";
import { createMachine } from "./create-machine";
import { createTeam } from "./create-team";
import { lockIdentity } from "./lock-identity";

let world: World;
let teams: Readonly<Record<"vision" | "language" | "empty", string>>;
beforeEach(async () => {
  world = await testWorld();
  const [vision, language, empty] = [await team("vision"), await team("language"), await team("empty")];
  teams = { vision, language, empty };
  for (const name of ["gpu-1", "gpu-2", "cpu-1"]) await machine("node", name, vision);
  await machine("node", "gpu-3", language);
  await machine("service", "gpu-proxy", language);
  await machine("node", "gpu-4", null);
  const locked = await machine("node", "gpu-5", vision);
  await lockIdentity(world.ctx, { id: locked, reason: "a test" });
});
afterEach(() => world.close());

async function team(name: string): Promise<string> {
  return (await createTeam(world.ctx, { name })).id;
}

async function machine(kind: "node" | "service", name: string, teamId: string | null): Promise<string> {
  return (await createMachine(world.ctx, { kind, name, teamId, labels: {} })).id;
}

/** Counts by the names of teams. */
async function counts(input: Parameters<typeof countByTeam>[1], budget?: number) {
  const found = await countByTeam(world.ctx, input, budget);
  const nameOf = (id: string) => Object.entries(teams).find(([, one]) => one === id)?.[0] ?? id;
  return Object.fromEntries(found.map(({ teamId, count, isExact }) => [nameOf(teamId), isExact ? count : `${count}+`]));
}

it.each([
  [
    { kind: "node", query: "" },
    { vision: 4, language: 1 },
  ],
  [{ kind: "service", query: "" }, { language: 1 }],
  [{ kind: "user", query: "" }, {}],
  [
    { kind: "node", query: "gpu" },
    { vision: 3, language: 1 },
  ],
  [
    { kind: "node", query: "", state: "active" },
    { vision: 3, language: 1 },
  ],
  [{ kind: "node", query: "gpu", state: "locked" }, { vision: 1 }],
  [{ kind: "node", query: "visi" }, { vision: 4 }],
] as const)("counts what fits of %o in each team", async (input, expected) => {
  expect(await counts(input)).toEqual(expected);
});

it("leaves no entry, and asks for permission", async () => {
  world.forget();
  await countByTeam(world.as(AUDITOR), { kind: "node", query: "" });
  expect(world.trail()).toEqual([]);
  const nobody = { ...AUDITOR, roles: [] };
  await expect(countByTeam(world.as(nobody), { kind: "node", query: "" })).rejects.toMatchObject({
    code: "kernel.forbidden",
  });
  expect(world.trail()).toMatchObject([{ kind: "denied", action: "identity.list" }]);
});

it.each([
  // Three teams share what may be looked at.
  [3, { vision: "1+", language: "1+", empty: 0 }],
  [11, { vision: "3+", language: "3+", empty: 0 }],
  [12, { vision: 4, language: 7 }],
])("says at least how many there are where only %d of twelve may be looked at", async (budget, expected) => {
  for (let n = 0; n < 6; n += 1) await machine("node", `many-${n}`, teams.language);
  expect(await counts({ kind: "node", query: "" }, budget)).toEqual(expected);
});
