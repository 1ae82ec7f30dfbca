import { describe, expect, it } from "vitest";
import { testTerminal } from "@/server/testing/terminal";
import { testWorld } from "@/server/testing/world";

const WORDS = ["init", "--org", "Swarm Test", "--admin", "Priya@Swarm.Local", "--password-stdin"];
const PASSWORD = "violet-anchor-27-marmot";

describe("swarm init", () => {
  it("sets everything up once: organisation, admin, authorities", async () => {
    const world = await testWorld();
    const terminal = testTerminal(world.runtime, `${PASSWORD}\n`);
    const done = await terminal.json([...WORDS, "--trust-domain", "lab.example"]);
    expect(done).toMatchObject({ organisation: "Swarm Test", trustDomain: "lab.example" });
    expect(done.rootFingerprint.replaceAll(":", "")).toMatch(/^[0-9a-fA-F]{64}$/);

    expect((await terminal.json(["user", "list"])).users).toMatchObject([
      { email: "priya@swarm.local", roles: ["admin"] },
    ]);
    expect((await terminal.json(["profile", "list"])).profiles.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(world.trail())).not.toContain(PASSWORD);

    const again = await terminal.run([...WORDS, "--json"]);
    expect(again).toMatchObject({ code: 1, out: "" });
    expect(JSON.parse(again.err).error.code).toBe("setup.already_done");
    world.close();
  });

  it.each([
    ["a weak password", "short", 1, /^password\./],
    ["no password", "", 2, /^usage$/],
  ])("refuses %s and leaves the console as it was", async (_, password, code, errorCode) => {
    const world = await testWorld();
    const terminal = testTerminal(world.runtime, `${password}\n`);
    const said = await terminal.run([...WORDS, "--json"]);
    expect(said.code).toBe(code);
    expect(JSON.parse(said.err).error.code).toMatch(errorCode);
    expect((await terminal.json(["user", "list"])).users).toEqual([]);
    world.close();
  });
});
