import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testTerminal } from "@/server/testing/terminal";
import { ADMIN, testWorld, type World } from "@/server/testing/world";

let world: World;
let folder: string;
beforeAll(async () => {
  world = await testWorld({ as: ADMIN });
  folder = mkdtempSync(join(tmpdir(), "swarm-cli-"));
});
afterAll(() => {
  world.close();
  rmSync(folder, { recursive: true, force: true });
});

const terminal = (input = "") => testTerminal(world.runtime, input);
const run = (words: string) => terminal().run(words.split(" "));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

const READER = {
  title: "Dataset reader",
  permissions: [
    { actions: ["dataset.read"], conditions: [{ on: "sensitivity", any: ["public", "internal"] }] },
    { actions: ["storage.read"], conditions: [{ on: "own_team" }] },
  ],
};

describe("roles at the terminal", () => {
  it("are made of a file, shown, and become what the file says by then", async () => {
    const made = await run(`role create dataset-reader --file ${file("reader.json", READER)}`);
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(made.out).toMatch(/^Role +dataset-reader\nCalled +Dataset reader\nVersion +1\nHeld by +nobody\n/);

    const shown = await run("role show dataset-reader");
    expect(shown.out).toMatch(/dataset\.read +Dataset +sensitivity public or internal +never$/m);
    expect(shown.out).toMatch(/storage\.read +Storage +of the holder's team +never$/m);
    expect((await run("role show dataset-reader --cedar")).out).toContain('@id("role:dataset-reader:2")\npermit (');

    const whole = await terminal().json(["role", "show", "dataset-reader"]);
    const { definition } = whole;
    definition.title = "Reader of datasets";
    const input = JSON.stringify(definition);
    const updated = await terminal(input).run(["role", "update", "dataset-reader", "--file", "-", "--note", "clearer"]);
    expect(updated.out).toMatch(/^Called +Reader of datasets\nVersion +2$/m);
    const again = await terminal().json(["role", "show", "dataset-reader"]);
    expect(again).toMatchObject({ number: 2, definition, history: [{ note: "clearer" }, { note: "as it is made" }] });

    const words = `role update dataset-reader --file ${file("whole.json", whole)} --note late --base 1 --json`;
    const late = await run(words);
    expect([late.code, JSON.parse(late.err)]).toMatchObject([1, { error: { code: "role.changed" } }]);
    expect(await run(words.replace("--base 1", "--base 2"))).toMatchObject({ code: 0 });
  });

  it("inherit, and are retired when nobody inherits them any more", async () => {
    await run(`role create storage-reader --file ${file("storage.json", { ...READER, inherits: [] })}`);
    const heir = file("heir.json", { title: "Operator of storage", inherits: ["storage-reader"] });
    await run(`role create storage-operator --file ${heir}`);
    expect((await run("role show storage-operator")).out).toMatch(/storage\.read +Storage .*storage-reader$/m);
    expect((await run("role list")).out).toMatch(
      /^storage-operator +Operator of storage +1 +0 +0 +storage-reader +nobody$/m,
    );

    const kept = await run("role retire storage-reader --reason unused --json");
    expect([kept.code, JSON.parse(kept.err)]).toMatchObject([1, { error: { code: "role.refused" } }]);
    expect(await run("role retire storage-operator --reason unused")).toMatchObject({ code: 0 });
    expect((await run("role retire storage-reader --reason unused")).out).toMatch(/^Retired +\d/m);
    expect((await run("role list")).out).toMatch(/^storage-reader .* retired /m);
  });

  it("that are built in have policies to show and cannot be written over", async () => {
    expect((await run("role show auditor")).out).toMatch(/--cedar shows them\.\n$/);
    expect((await run("role show auditor --cedar")).out).toContain('@id("auditor-reads")');
    const words = `role update auditor --file ${file("auditor.json", READER)} --note x --json`;
    expect(JSON.parse((await run(words)).err)).toMatchObject({ error: { code: "role.built_in" } });
    const whole = file("built-in.json", await terminal().json(["role", "show", "auditor"]));
    expect(await run(`role create auditing --file ${whole}`)).toMatchObject({ code: 2 });
  });
});

describe("a file that defines no role", () => {
  it.each([
    ["a field that is missing", { permissions: [] }, "title: "],
    [
      "a field of another kind",
      { title: "Reader", permissions: [{ actions: "dataset.read" }] },
      "permissions[0].actions: ",
    ],
    [
      "a condition that there is not",
      withCondition({ on: "moon", any: ["full"] }),
      "permissions[0].conditions[0].on: ",
    ],
    ["a field that there is not", { title: "Reader", permission: [] }, "permission: there is no such field"],
    [
      "a field that there is not, far inside",
      withCondition({ on: "own_team", any: ["vision"] }),
      "permissions[0].conditions[0].any: there is no such field",
    ],
    [
      "types that nobody would read",
      { title: "Reader", permissions: [{ actions: ["dataset.read"], resourceType: ["Dataset"] }] },
      "permissions[0].resourceType: there is no such field",
    ],
    ["a list", [], "the file: "],
  ])("has %s, and that field is named", async (_, definition, named) => {
    const said = await run(`role create broken --file ${file("broken.json", definition)}`);
    expect(said).toMatchObject({ code: 2, out: "" });
    expect(said.err).toContain(`--file: ${named}`);
  });

  it("is no JSON, or not there", async () => {
    expect(await terminal("{").run(["role", "create", "broken", "--file", "-"])).toMatchObject({
      code: 2,
      err: "swarm: --file: standard input is not JSON\n",
    });
    expect(await run("role create broken --file /nowhere/role.json")).toMatchObject({ code: 1 });
  });
});

function withCondition(condition: unknown) {
  return { title: "Reader", permissions: [{ actions: ["dataset.read"], conditions: [condition] }] };
}
