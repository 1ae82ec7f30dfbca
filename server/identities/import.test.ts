import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPerson, peopleWorld, strangerOf } from "@/server/testing/people";
import { AUDITOR, leadOf, type World } from "@/server/testing/world";
import { ListIdentitiesInput } from "./contract";
import { createMachine } from "./create-machine";
import { createTeam } from "./create-team";
import { exportIdentitiesCsv } from "./export-identities";
import { ExportIdentitiesInput, type ImportResult } from "./import-contract";
import { importIdentities } from "./import-identities";
import { listIdentities } from "./list-identities";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";
import type { Team } from "./team-contract";

const HEAD = "kind,name,displayName,email,team,labels\n";
const GOOD = `${HEAD}user,noor,Noor Haddad,noor@swarm.local,vision,
service,api,,,,"tier=edge;note=a\\;b"
node,gpu-7,GPU 7,,vision,rack=3
`;

let world: World;
let vision: Team;
beforeEach(async () => {
  world = await peopleWorld();
  vision = await createTeam(world.ctx, { name: "vision" });
  world.forget();
});
afterEach(() => world.close());

const bring = (text: string, ctx = world.ctx) => importIdentities(ctx, { text, mode: "import" });
const check = (text: string, ctx = world.ctx) => importIdentities(ctx, { text, mode: "check" });
const list = async (kind: "user" | "service" | "node") =>
  (await listIdentities(world.ctx, ListIdentitiesInput.parse({ kind }))).items;
const told = ({ problems }: ImportResult) => problems.map(({ row, column }) => [row, column]);

async function exported(input: Partial<ExportIdentitiesInput> = {}, ctx = world.ctx): Promise<string> {
  let text = "";
  for await (const piece of await exportIdentitiesCsv(ctx, ExportIdentitiesInput.parse(input))) text += piece;
  return text;
}

describe("importing identities", () => {
  it("makes all of them in one deed, with an entry for the file and one for each", async () => {
    expect(await bring(GOOD)).toEqual({ people: 1, services: 1, nodes: 1, problems: [], wasImported: true });
    expect(await list("user")).toMatchObject([
      { name: "noor", displayName: "Noor Haddad", team: { name: "vision" }, state: "active", roles: [] },
    ]);
    expect(await list("service")).toMatchObject([
      { displayName: "api", labels: { tier: "edge", note: "a;b" }, team: null },
    ]);
    expect(await list("node")).toMatchObject([{ name: "gpu-7", displayName: "GPU 7", labels: { rack: "3" } }]);
    expect(world.trail()).toMatchObject([
      { kind: "identities.imported", object: { name: "3 identities" }, detail: { people: 1, services: 1, nodes: 1 } },
      { kind: "identity.created", detail: { password: "none" }, after: { email: "noor@swarm.local" } },
      { kind: "identity.created", object: { name: "api" }, detail: { by: "import" } },
      { kind: "identity.created", after: { teamId: vision.id, labels: { rack: "3" } } },
    ]);
  });

  it("makes people who cannot sign in before an admin resets their password", async () => {
    await bring(GOOD);
    const [noor] = await list("user");
    const email = "noor@swarm.local";
    const attempt = signIn(strangerOf(world), { email, password: "plum orbit lantern 42" });
    await expect(attempt).rejects.toMatchObject({ code: "sign_in.refused" });
    const { oneTimePassword } = await resetPassword(world.ctx, { id: noor?.id ?? "" });
    const answer = await signIn(strangerOf(world, "192.0.2.8"), { email, password: oneTimePassword });
    expect(answer).toEqual({ status: "needs_new_password" });
  });

  it("only tells when it is a check: what would be made, and nothing is", async () => {
    expect(await check(GOOD)).toEqual({ people: 1, services: 1, nodes: 1, problems: [], wasImported: false });
    expect(await list("node")).toEqual([]);
    expect(world.trail()).toEqual([]);
  });

  it("makes nothing when one row is wrong, and the log has nothing", async () => {
    const attempt = bring(`${GOOD}node,gpu-7,,,,\n`);
    await expect(attempt).rejects.toMatchObject({
      code: "import.refused",
      facts: { count: 1, problems: [{ row: 5 }] },
    });
    expect(await list("node")).toEqual([]);
    expect(world.trail()).toEqual([]);
  });

  it("names people who have no name in the file after their address, each differently", async () => {
    await addPerson(world, { email: "mara@swarm.local" });
    await bring(`kind,name,email\nuser,,mara@a.co\nuser,mara-3,x@a.co\nuser,,mara@b.co\n`);
    expect((await list("user")).map(({ name, email }) => [name, email])).toEqual([
      ["mara", "mara@swarm.local"],
      ["mara-2", "mara@a.co"],
      ["mara-3", "x@a.co"],
      ["mara-4", "mara@b.co"],
    ]);
  });

  it("takes columns in any order, any line ends, a byte order mark, quotes and empty lines", async () => {
    const text = '\ufeffName,KIND,display_name\r\n\r\ngpu-7,node,"GPU ""7"", rack 3"\r\ngpu-8,node,\r\n';
    expect(await bring(text)).toMatchObject({ nodes: 2 });
    expect((await list("node"))[0]).toMatchObject({ displayName: 'GPU "7", rack 3' });
  });
});

describe("what is wrong with a file", () => {
  it("is all told at once, by row and column", async () => {
    await createMachine(world.ctx, { kind: "node", name: "gpu-1", teamId: null, labels: {} });
    await addPerson(world, { email: "mara@swarm.local" });
    const text = `${HEAD}robot,r2,,,,
node,GPU_2,,,,
node,gpu-1,,,,
service,gpu-1,,,,
node,gpu-3,,,audio,
node,gpu-4,,,,rack
node,gpu-5,,a@b.co,,
user,ada,,not-an-address,,
user,mara-b,,mara@swarm.local,,
user,bob,,,,
node,gpu-6,,,,
service,gpu-6,,,,
node,gpu-8,
`;
    const result = await check(text);
    expect(told(result)).toEqual([
      [2, "kind"],
      [3, "name"],
      [4, "name"],
      [5, "name"],
      [6, "team"],
      [7, "labels"],
      [8, "email"],
      [9, "email"],
      [10, "email"],
      [11, "email"],
      [13, "name"],
      [14, null],
    ]);
    expect(result.problems[3]?.message).toContain("share a DNS name");
    expect(result.problems[10]?.message).toBe("“gpu-6” is twice in this file: row 12 has it already");
  });

  it.each([
    ["nothing", "", [1, null]],
    ["a head alone", HEAD, [2, null]],
    ["a missing column", "kind,email\nnode,\n", [1, "name"]],
    ["a column that there is not", "kind,name,colour\nnode,a,red\n", [1, "colour"]],
    ["a column twice", "kind,name,Name\nnode,a,b\n", [1, "name"]],
    ["semicolons", "kind;name\nnode;a\n", [1, "kind;name"]],
    ["a quote that is never closed", 'kind,name\nnode,"gpu-7\n', [2, null]],
    ["bytes that are not UTF-8", "kind,name\nnode,gpu-\ufffd\n", [1, null]],
  ] as const)("is told of a file with %s", async (_what, text, [row, column]) => {
    expect((await check(text)).problems[0]).toMatchObject({ row, column });
    await expect(bring(text)).rejects.toMatchObject({ code: "import.refused" });
  });

  it("is its size, and what is accepted is said", async () => {
    const rows = (count: number) => `kind,name\n${Array.from({ length: count }, (_, at) => `node,n-${at}\n`).join("")}`;
    await expect(check(rows(10_001))).rejects.toMatchObject({ code: "import.too_large", message: /10,000 .* 5 MB/ });
    expect(await check(rows(10_000))).toMatchObject({ nodes: 10_000, problems: [] });
    await expect(check(`kind,name\nnode,a${" ".repeat(5_000_000)}\n`)).rejects.toMatchObject({
      code: "import.too_large",
    });
  });
});

describe("whoever imports", () => {
  it("needs the right for every kind and team, and a check says for which rows it is missing", async () => {
    const lead = world.as(leadOf(vision));
    expect(told(await check(GOOD, lead))).toEqual([[3, "kind"]]);
    expect(world.trail()).toEqual([]);
    await expect(bring(GOOD, lead)).rejects.toMatchObject({ code: "kernel.forbidden", action: "identity.create" });
    expect(await list("node")).toEqual([]);
    expect(await bring(`${HEAD}node,gpu-7,,,vision,\n`, lead)).toMatchObject({ nodes: 1 });
  });

  it("is refused where nothing of it is theirs to add, and leaves only the refusal", async () => {
    for (const deed of [check, bring]) {
      await expect(deed(GOOD, world.as(AUDITOR))).rejects.toMatchObject({ code: "kernel.forbidden" });
    }
    expect(world.trail().map(({ kind, action }) => [kind, action])).toEqual([
      ["denied", "identity.create"],
      ["denied", "identity.create"],
    ]);
    await expect(check(GOOD, strangerOf(world))).rejects.toMatchObject({ action: "identity.list" });
  });
});

describe("exporting identities", () => {
  it("gives what a list shows, in the columns that importing takes, and says so in the log", async () => {
    await bring(GOOD);
    world.forget();
    const text = await exported();
    expect(text.replaceAll("\r\n", "\n")).toBe(
      `${HEAD}user,noor,Noor Haddad,noor@swarm.local,vision,
service,api,api,,,tier=edge;note=a\\;b
node,gpu-7,GPU 7,,vision,rack=3
`,
    );
    expect((await exported({ kind: "node", teamId: vision.id })).split("\r\n")).toHaveLength(3);
    expect(await exported({ state: "retired" })).toBe(HEAD.replace("\n", "\r\n"));
    expect(world.trail().map(({ kind }) => kind)).toEqual(Array(3).fill("identities.exported"));

    const other = await peopleWorld();
    try {
      await createTeam(other.ctx, { name: "vision" });
      expect(await importIdentities(other.ctx, { text, mode: "import" })).toMatchObject({ wasImported: true });
      expect((await listIdentities(other.ctx, ListIdentitiesInput.parse({ kind: "service" }))).items).toMatchObject([
        { name: "api", labels: { tier: "edge", note: "a;b" } },
      ]);
    } finally {
      other.close();
    }
  });

  it("gives no spreadsheet a formula, and takes its guard off again when it comes back", async () => {
    await bring("kind,name,displayName\nnode,gpu-7,'=HYPERLINK(1)\n");
    expect((await list("node"))[0]).toMatchObject({ displayName: "=HYPERLINK(1)" });
    expect(await exported()).toContain("node,gpu-7,'=HYPERLINK(1),");
  });

  it("goes on over more than one batch, by name", async () => {
    const names = Array.from({ length: 1_001 }, (_, at) => `n-${String(at).padStart(4, "0")}`);
    await bring(`kind,name\n${names.map((name) => `node,${name}\n`).join("")}`);
    const lines = (await exported({ kind: "node" })).trimEnd().split("\r\n").slice(1);
    expect(lines.map((line) => line.split(",")[1])).toEqual(names);
  });

  it("is refused to those who may not list, and leaves only the refusal", async () => {
    await expect(exported({}, strangerOf(world))).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "identity.list" }]);
  });
});
