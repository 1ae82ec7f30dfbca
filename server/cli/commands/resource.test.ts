import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam } from "@/server/identities/create-team";
import { testTerminal } from "@/server/testing/terminal";
import { ADMIN, testWorld, type World } from "@/server/testing/world";
import { entityIn, valueIn } from "./resource-words";

let world: World;
let folder: string;
beforeAll(async () => {
  world = await testWorld({ as: ADMIN });
  await createTeam(world.ctx, { name: "vision" });
  folder = mkdtempSync(join(tmpdir(), "swarm-cli-"));
});
afterAll(() => {
  world.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (words: string) => testTerminal(world.runtime).run(words.split(" "));

describe("resources at the terminal", () => {
  it("are put by options and by a file, listed, shown and removed", async () => {
    expect(
      await run("resource put --type Provider --id nordwind --attribute trust=trusted region=eu-north"),
    ).toMatchObject({
      code: 0,
    });
    await run("resource put --type Pool --id train");
    const said =
      'resource put --type Compute --id gpu-7 --team vision --attribute provider=Provider::"nordwind" region=eu-north gpus=8 --parent Pool::train --label rack=3';
    const { code, out } = await run(said);
    expect(code).toBe(0);
    for (const line of [
      /^Within +Pool::train$/m,
      /^provider +Provider::nordwind$/m,
      /^gpus +8$/m,
      /^Labels +rack=3$/m,
    ]) {
      expect(out).toMatch(line);
    }

    const file = join(folder, "resource.json");
    const attributes = { region: "eu-north", isPublic: false };
    writeFileSync(file, JSON.stringify({ type: "Network", id: "backbone", attributes }));
    expect(await run(`resource put --file ${file}`)).toMatchObject({ code: 0 });

    expect((await run("resource list")).out.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/^TYPE +NAME +TEAM +PROVIDER +REGION +UPDATED$/),
      expect.stringMatching(/^Compute +gpu-7 +vision +nordwind +eu-north +\d/),
    ]);
    const { items } = await testTerminal(world.runtime).json(["resource", "list", "--type", "Network"]);
    expect(items).toMatchObject([{ id: "backbone", attributes }]);
    expect((await run("resource show Provider nordwind")).out).toMatch(/Used by 1 of Compute: gpu-7\n$/);

    const inUse = await run("resource remove Provider nordwind --json");
    expect([inUse.code, JSON.parse(inUse.err)]).toMatchObject([1, { error: { code: "resource.in_use" } }]);
    expect(await run("resource remove Compute gpu-7")).toMatchObject({ code: 0, out: "removed Compute gpu-7\n" });
    expect(await run("resource remove Provider nordwind")).toMatchObject({ code: 0 });
  });

  it("go on where a list ended", async () => {
    for (const id of ["a", "b", "c"]) await run(`resource put --type Pool --id ${id}`);
    const first = await run("resource list --type Pool --limit 2");
    expect(first.err).toContain('--after "Pool b"');
    const rest = await testTerminal(world.runtime).json(["resource", "list", "--type", "Pool", "--after", "Pool b"]);
    expect(rest.items[0]).toMatchObject({ id: "c" });
  });

  it("stand in a file or in options, and a file is JSON", async () => {
    const file = join(folder, "broken.json");
    writeFileSync(file, "{");
    expect(await run(`resource put --file ${file}`)).toMatchObject({ code: 2 });
    expect(await run(`resource put --file ${file} --team vision`)).toMatchObject({ code: 2 });
  });
});

describe("a value at the terminal", () => {
  it.each([
    ["8", 8],
    ["true", true],
    ["h100-80g", "h100-80g"],
    ['"8"', "8"],
    ['["a","b"]', ["a", "b"]],
    ["Provider::nordwind", { __entity: { type: "Provider", id: "nordwind" } }],
    ['Provider::"nordwind"', { __entity: { type: "Provider", id: "nordwind" } }],
    ["Far::Provider::x", { __entity: { type: "Far::Provider", id: "x" } }],
    ["fe80::1", "fe80::1"],
    ["::1", "::1"],
    ["", ""],
  ])("%s is %j", (text, value) => {
    expect(valueIn(text)).toEqual(value);
  });

  it("is no entity without a type and a name", () => {
    for (const text of ["train", "Pool::", "::train", 'Pool::"']) expect(entityIn(text)).toBeNull();
  });
});
