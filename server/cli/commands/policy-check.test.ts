import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bareTerminal } from "@/server/testing/terminal";

const SCHEMA = "entity User;\nentity File;\naction view appliesTo { principal: User, resource: File };\n";
const GOOD = 'permit (principal, action == Action::"view", resource);\n';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "swarm-policy-"));
  const files = {
    "good.cedar": GOOD,
    "broken.cedar": `${GOOD}permit (principal, action, resource)\nwhen { 1 + };\n`,
    "typed.cedar": `${GOOD}permit (principal, action, resource)\n  when { principal.nope };\n`,
    "futile.cedar": "permit (principal, action, resource) when { false };\n",
    "good.cedarschema": SCHEMA,
    "good.json": JSON.stringify({
      "": {
        entityTypes: { User: {}, File: {} },
        actions: { view: { appliesTo: { principalTypes: ["User"], resourceTypes: ["File"] } } },
      },
    }),
    "broken.cedarschema": "entity User in Nobody;\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "bytes.cedar"), Buffer.from([0x2f, 0x2f, 0xff]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Words that are names of files are files of the folder. */
const run = (words: string, input = "") =>
  bareTerminal(input).run(words.split(" ").map((word) => (word.includes(".") ? join(folder, word) : word)));

const places = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(`${folder}/`, "").split(" ")[0]);

describe("swarm policy check", () => {
  it.each([
    ["policies in order", "policy check good.cedar good.cedar", "no problem in 2 files\n"],
    ["policies that follow the schema", "policy check good.cedar --schema good.cedarschema", "no problem in 2 files\n"],
    ["a schema in JSON", "policy check good.cedar --schema good.json", "no problem in 2 files\n"],
    ["types, when there is no schema", "policy check typed.cedar", "no problem in 1 file\n"],
  ])("ends with 0 for %s", async (_, words, out) => {
    expect(await run(words)).toEqual({ code: 0, out, err: "" });
  });

  it.each([
    ["syntax", "policy check good.cedar broken.cedar", ["broken.cedar:3:12"]],
    ["types", "policy check typed.cedar --schema good.cedarschema", ["typed.cedar:3:20"]],
    ["types, by a schema in JSON", "policy check typed.cedar --schema good.json", ["typed.cedar:3:20"]],
    ["the schema", "policy check good.cedar --schema broken.cedarschema", ["broken.cedarschema:1:16"]],
    [
      "both, where the schema is none",
      "policy check broken.cedar --schema broken.cedarschema",
      ["broken.cedarschema:1:16", "broken.cedar:3:12"],
    ],
  ])("tells the places of problems of %s, and ends with 1", async (_, words, expected) => {
    const { code, out, err } = await run(words);
    expect(code).toBe(1);
    expect(places(out)).toEqual(expected);
    expect(out).toMatch(/^(\S+:\d+:\d+ [^\n]+\n)+$/);
    expect(err).toBe(`swarm: ${expected.length} error${expected.length === 1 ? "" : "s"} in 2 files\n`);
  });

  it("tells warnings, and does not fail for them", async () => {
    const { code, out, err } = await run("policy check futile.cedar --schema good.cedarschema");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/futile\.cedar:1:\d+ warning: [^\n]+\n$/);
  });

  it("reads standard input for -, once", async () => {
    expect(await run("policy check -", "permit (principal, action, resource) when { é };\n")).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^-:1:45 /),
    });
    expect(await run("policy check good.cedar --schema -", SCHEMA)).toMatchObject({ code: 0 });
    expect(await run("policy check - --schema -", SCHEMA)).toMatchObject({ code: 2, out: "" });
  });

  it("answers in JSON, with offsets, codes and what would be right", async () => {
    const { code, out, err } = await run("policy check typed.cedar futile.cedar --schema good.cedarschema --json");
    expect(code).toBe(1);
    expect(JSON.parse(err)).toEqual({ error: { code: "policy.problems", message: "1 error in 3 files" } });
    const range = { start: expect.any(Number), end: expect.any(Number) };
    const problem = {
      code: expect.stringMatching(/^\w+\.\w+$/),
      message: expect.any(String),
      expected: expect.any(Array),
      ...range,
    };
    expect(JSON.parse(out)).toEqual({
      errors: 1,
      warnings: 1,
      files: [
        { file: join(folder, "good.cedarschema"), problems: [] },
        {
          file: join(folder, "typed.cedar"),
          problems: [{ ...problem, severity: "error", line: 3, column: 20, suggestion: null }],
        },
        {
          file: join(folder, "futile.cedar"),
          problems: [{ ...problem, severity: "warning", line: 1, column: expect.any(Number), suggestion: null }],
        },
      ],
    });
  });

  it.each([
    ["a file that is not there", "policy check nowhere.cedar", 1, /^swarm: there is no \S+nowhere\.cedar\n$/],
    ["bytes that are no text", "policy check bytes.cedar", 1, /^swarm: \S+bytes\.cedar is not UTF-8\n$/],
    ["no file", "policy check", 2, /^swarm: [^\n]+\n$/],
  ])("refuses %s", async (_, words, code, err) => {
    expect(await run(words)).toEqual({ code, out: "", err: expect.stringMatching(err) });
  });
});
