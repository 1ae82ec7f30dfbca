import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam } from "@/server/identities/create-team";
import { addPerson } from "@/server/testing/people";
import { testTerminal } from "@/server/testing/terminal";
import { ADMIN, testWorld, type World } from "@/server/testing/world";

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

const run = (...words: string[]) => testTerminal(world.runtime).run(words);
const json = (...words: string[]) => testTerminal(world.runtime).json(words);

function fileOf(text: string): string {
  const file = join(folder, "identities.csv");
  writeFileSync(file, text);
  return file;
}

describe("identities at the terminal", () => {
  it("are checked, imported and exported again in the same columns", async () => {
    const file = fileOf("kind,name,team\nnode,gpu-7,vision\nservice,api,\n");
    expect((await run("identity", "import", file, "--check")).out).toMatch(/^Would import +2$/m);
    expect(await json("identity", "export")).toEqual({ identities: [] });
    expect(await json("identity", "import", file)).toMatchObject({ nodes: 1, services: 1, wasImported: true });
    expect((await run("identity", "export", "--team", "vision")).out).toBe(
      "kind,name,displayName,email,team,labels\r\nnode,gpu-7,gpu-7,,vision,\r\n",
    );
    expect(await json("identity", "export", "--kind", "service")).toMatchObject({ identities: [{ name: "api" }] });
  });

  it("are not imported when a row is wrong: every problem is told, and the exit code is 1", async () => {
    const { code, out, err } = await run("identity", "import", fileOf("kind,name\nnode,GPU\nnode,gpu-9\nrobot,r2\n"));
    expect(code).toBe(1);
    expect(out).toMatch(/^2 +name /m);
    expect(out).toMatch(/^4 +kind /m);
    expect(err).toContain("2 problems; nothing was imported");
    expect((await run("identity", "export", "--kind", "node")).out).not.toContain("gpu-9");
  });

  it("are retired, after saying what that ends", async () => {
    await addPerson(world, { email: "tomas@swarm.local", role: "auditor" });
    const done = await run("identity", "retire", "user", "tomas@swarm.local", "--reason", "left the company");
    expect(done.out).toMatch(/^Grants ended +1$/m);
    const again = await run("identity", "retire", "user", "tomas@swarm.local", "--reason", "again", "--json");
    expect([again.code, JSON.parse(again.err)]).toMatchObject([1, { error: { code: "identity.retired" } }]);
  });

  it("have a kind that there is, and a team that there is", async () => {
    expect(await run("identity", "retire", "robot", "r2", "--reason", "odd")).toMatchObject({ code: 2 });
    expect(await run("identity", "export", "--kind", "robot")).toMatchObject({ code: 2 });
    expect(await run("identity", "export", "--team", "audio")).toMatchObject({ code: 1 });
  });
});
