import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bareTerminal } from "@/server/testing/terminal";

const LOOSE = '// who\u202e sees\npermit(principal,action,resource)when{principal has "é"};';
const FORMED = '// who\u202e sees\npermit (principal, action, resource)\nwhen { principal has "é" };\n';
const BROKEN = "permit (principal, action, resource)\nwhen { 1 + };\n";

let folder = "";
beforeEach(() => {
  rmSync(folder || "/nonexistent", { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), "swarm-policy-"));
  writeFileSync(join(folder, "loose.cedar"), LOOSE);
  writeFileSync(join(folder, "formed.cedar"), FORMED);
  writeFileSync(join(folder, "broken.cedar"), BROKEN);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), "utf8");
/** Words that are names of files are files of the folder. */
const run = (words: string, input = "") =>
  bareTerminal(input).run(words.split(" ").map((word) => (word.includes(".") ? path(word) : word)));

describe("swarm policy format", () => {
  it("writes what is formatted to standard output, as it is, and leaves the files", async () => {
    expect(await run("policy format loose.cedar formed.cedar")).toEqual({ code: 0, out: FORMED + FORMED, err: "" });
    expect(await run("policy format -", LOOSE)).toEqual({ code: 0, out: FORMED, err: "" });
    expect(read("loose.cedar")).toBe(LOOSE);
    const { out } = await run("policy format loose.cedar --json");
    expect(JSON.parse(out)).toEqual({ files: [{ file: path("loose.cedar"), wasFormatted: false, formatted: FORMED }] });
  });

  it("tells with --check what is not formatted, and ends with 1", async () => {
    expect(await run("policy format --check formed.cedar")).toMatchObject({ code: 0, err: "" });
    expect(await run("policy format --check formed.cedar loose.cedar")).toEqual({
      code: 1,
      out: `${path("loose.cedar")}\n`,
      err: "swarm: not formatted: 1 file\n",
    });
    const { code, out } = await run("policy format --check formed.cedar loose.cedar --json");
    expect({ code, ...JSON.parse(out) }).toEqual({
      code: 1,
      files: [
        { file: path("formed.cedar"), wasFormatted: true },
        { file: path("loose.cedar"), wasFormatted: false },
      ],
    });
    expect(read("loose.cedar")).toBe(LOOSE);
  });

  it("writes the files with --write, through links, with their mode; then there is nothing to write", async () => {
    chmodSync(path("loose.cedar"), 0o600);
    symlinkSync("loose.cedar", path("link.cedar"));
    expect(await run("policy format --write link.cedar formed.cedar")).toEqual({
      code: 0,
      out: `${path("link.cedar")}\n`,
      err: "",
    });
    expect(read("loose.cedar")).toBe(FORMED);
    expect(statSync(path("loose.cedar")).mode & 0o777).toBe(0o600);
    expect(await run("policy format --write link.cedar formed.cedar")).toMatchObject({
      code: 0,
      out: "nothing to write: 2 files\n",
    });
  });

  it.each([["policy format"], ["policy format --check"], ["policy format --write"]])(
    "refuses with `swarm %s` a text whose syntax is broken, tells where, and writes nothing",
    async (words) => {
      const refused = await run(`${words} loose.cedar broken.cedar`);
      expect(refused).toMatchObject({ code: 1, out: "" });
      expect(refused.err.replace(path("broken.cedar"), "broken.cedar")).toMatch(
        /^broken\.cedar:2:12 [^\n]+\nswarm: nothing is formatted, [^\n]+\n$/,
      );
      expect([read("loose.cedar"), read("broken.cedar")]).toEqual([LOOSE, BROKEN]);

      const json = await run(`${words} loose.cedar broken.cedar --json`);
      expect(json.code).toBe(1);
      expect(JSON.parse(json.err)).toMatchObject({ error: { code: "policy.syntax" } });
      expect(JSON.parse(json.out)).toMatchObject({
        files: [{ file: path("broken.cedar"), problems: [{ line: 2, column: 12 }] }],
      });
    },
  );

  it.each([
    ["both deeds", "policy format --check --write loose.cedar"],
    ["writing standard input", "policy format --write -"],
    ["standard input twice", "policy format - -"],
    ["no file", "policy format"],
  ])("does not understand %s", async (_, words) => {
    expect(await run(words)).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^swarm: [^\n]+\n$/) });
    expect(read("loose.cedar")).toBe(LOOSE);
  });
});
