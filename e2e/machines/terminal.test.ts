import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PASSWORD, Site } from "./site";

describe("the terminal", () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.start();
  });
  afterAll(() => site?.remove());

  const swarm = (...words: string[]) => site.product.swarm(words);

  it("sets nothing up that is set up: `init` is refused with 1, and the first admin stays", async () => {
    const words = ["init", "--org", "Other", "--admin", "eve@swarm.local", "--password-stdin", "--json"];
    const { code, stdout, stderr } = await site.product.swarm(words, `${PASSWORD}\n`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(JSON.parse(stderr)).toEqual({
      error: { code: expect.stringMatching(/^\w+\.\w+/), message: expect.any(String) },
    });
    const { users } = await site.swarm(["user", "list"]);
    expect(users).toMatchObject([{ email: "priya@swarm.local", roles: ["admin"] }]);
  });

  it.each([
    ["an unknown command", ["fly"]],
    ["an unknown subcommand", ["cert", "fly"]],
    ["an unknown option", ["cert", "list", "--fast"]],
    ["a missing option", ["cert", "issue", "--profile", "node"]],
    ["a missing argument", ["cert", "show"]],
    ["an argument too many", ["user", "list", "everybody"]],
    ["a value that is none", ["cert", "list", "--limit", "many"]],
    ["a serial that is none", ["cert", "show", "xyz"]],
    ["a reason that is none", ["cert", "revoke", "00", "--reason", "boredom"]],
    ["a gateway without https", ["renew", "--gateway", "http://127.0.0.1:1", "--dir", "."]],
  ])("ends with 2 for %s, and says it in JSON when asked to", async (_what, words) => {
    const [plain, json] = await Promise.all([swarm(...words), swarm(...words, "--json")]);
    expect(plain).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^swarm: .+\n$/) });
    expect(json).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(json.stderr)).toEqual({ error: { code: "usage", message: expect.any(String) } });
  });

  it.each([
    ["a certificate that is not there", ["cert", "show", "00".repeat(16)], /^kernel\.missing$/],
    [
      "a file that is not there",
      ["cert", "issue", "--profile", "node", "--csr", "/nowhere.csr", "--out", "-"],
      /^file$/,
    ],
    ["a profile that is not there", ["profile", "show", "nothing"], /^kernel\.missing$/],
    [
      "a machine that never enrolled",
      ["renew", "--gateway", "https://127.0.0.1:1", "--dir", "/nowhere"],
      /^node\.not_enrolled$/,
    ],
  ])("ends with 1 for %s, and says why in JSON", async (_what, words, expected) => {
    const { code, stdout, stderr } = await swarm(...words, "--json");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(JSON.parse(stderr).error.code).toMatch(expected);
  });

  it("answers every reading command in JSON", async () => {
    const { serial } = await site.enroll("gpu-1");
    for (const words of [
      ["user", "list"],
      ["profile", "list"],
      ["profile", "show", "node"],
      ["cert", "list", "--query", "gpu-1", "--status", "active", "--limit", "5"],
      ["cert", "show", serial],
    ]) {
      expect(Object.keys(await site.swarm(words)).length, words.join(" ")).toBeGreaterThan(0);
    }
    expect(await site.swarm(["cert", "list", "--query", "gpu-1"])).toMatchObject({ certificates: [{ serial }] });
  });

  it("writes the trust anchors as they are served", async () => {
    const out = site.file("anchors.pem");
    await site.swarm(["ca", "bundle", "--out", out]);
    expect(readFileSync(out, "utf8")).toBe(readFileSync(site.bundle, "utf8"));
  });
});
