import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam } from "@/server/identities/create-team";
import { createRole } from "@/server/roles/change-role";
import { testTerminal } from "@/server/testing/terminal";
import { ADMIN, testWorld, type World } from "@/server/testing/world";

let world: World;
beforeAll(async () => {
  world = await testWorld({ as: ADMIN, startsAt: new Date("2026-11-23T12:00Z") });
  await createTeam(world.ctx, { name: "vision" });
  await terminal().json(["user", "add", "mara@swarm.local", "--role", "team_lead", "--team", "vision"]);
  await terminal().json(["user", "add", "tomas@swarm.local", "--role", "auditor"]);
  await run("resource put --type Pool --id train");
  await run("resource put --type Dataset --id streets --team vision --attribute region=eu-north sensitivity=internal");
  await createRole(world.ctx, {
    ...{ name: "dataset-reader", title: "Dataset reader", description: "", inherits: [], note: "for tests" },
    permissions: [{ actions: ["dataset.read"], resourceTypes: [], conditions: [] }],
  });
});
afterAll(() => world.close());

const terminal = () => testTerminal(world.runtime);
/** Words by spaces; what has some stands in quotes. */
const run = (words: string) =>
  terminal().run((words.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', "")));
const json = async (words: string) => JSON.parse((await run(`${words} --json`)).out);

describe("grants at the terminal", () => {
  it("are given, listed, extended and revoked", async () => {
    const said = await run(
      'grant add user:tomas@swarm.local --role dataset-reader --scope Team::vision --for 8h --reason "a review" --ticket OPS-1',
    );
    expect(said).toMatchObject({ code: 0, err: "" });
    expect(said.out).toMatch(/^WHO +GRANT +REFUSED\nTomas +gra_\w+\n$/);
    const { items } = await json("grant list --who user:tomas --role dataset-reader");
    expect(items).toMatchObject([
      { scope: "Team::vision", endsAt: "2026-11-23T20:00:00.000Z", reason: "a review", ticket: "OPS-1" },
    ]);
    const [{ id }] = items;
    expect((await run("grant list --ends-within 8")).out).toMatch(
      /^gra_\w+ +user Tomas +dataset-reader +Team::vision +active +2026-11-23 20:00 UTC +never +a review$/m,
    );

    const longer = await run(`grant extend ${id} --until 2026-11-27 --reason "not done yet"`);
    expect(longer.out).toMatch(/^Until +2026-11-27 00:00 UTC$/m);
    expect(await json(`grant extend ${id} --no-end --reason "never done"`)).toMatchObject({ endsAt: null });

    expect(await run(`grant revoke ${id} --reason "it is done"`)).toMatchObject({ code: 0 });
    expect((await json("grant list --who user:tomas --role dataset-reader")).items).toEqual([]);
    expect((await json("grant list --ended")).items).toMatchObject([{ id, ended: { reason: "it is done" } }]);
  });

  it("are given to several, each by itself, and the one who is refused is told", async () => {
    const words = 'grant add user:mara team:vision --role auditor --scope everything --no-end --reason "a review"';
    const said = await run(words);
    expect(said).toMatchObject({ code: 1, err: "swarm: 1 of 2 were refused\n" });
    expect(said.out).toMatch(/^Mara +gra_\w+$/m);
    expect(said.out).toMatch(/^vision +auditor is given to people one by one/m);

    const again = await run(`${words} --json`);
    expect([again.code, JSON.parse(again.err)]).toMatchObject([1, { error: { code: "grant.refused" } }]);
    const { results } = JSON.parse(again.out);
    expect(results.map(({ refused }: { refused: { code: string } }) => refused.code)).toEqual([
      "grant.already_held",
      "grant.role_out_of_place",
    ]);
  });

  it("are not given to anybody when one of them is not there", async () => {
    const before = (await json("grant list")).total;
    const said = await run(
      "grant add user:tomas node:gpu-404 --role dataset-reader --scope everything --no-end --reason x --json",
    );
    expect([said.code, JSON.parse(said.err)]).toMatchObject([1, { error: { code: "kernel.missing" } }]);
    expect((await json("grant list")).total).toBe(before);
  });

  it("wait, or are eligible, when that was said", async () => {
    const later = "--role dataset-reader --scope Pool::train --from 2036-11-24T08:00 --for 2d --reason later";
    await run(`grant add user:tomas ${later}`);
    await run("grant add user:tomas --role dataset-reader --scope everything --no-end --eligible 4 --reason rarely");
    const { items } = await json("grant list --who user:tomas --role dataset-reader");
    // Of one and the same moment: their order is by chance.
    const inOrder = (items as { state: string }[]).toSorted((a, b) => (a.state < b.state ? -1 : 1));
    expect(inOrder).toMatchObject([
      { state: "eligible", activationHours: 4, endsAt: null },
      { state: "waiting", startsAt: "2036-11-24T08:00:00.000Z", endsAt: "2036-11-26T08:00:00.000Z" },
    ]);
  });

  it("show beforehand what they would newly allow, and are not given by that", async () => {
    const before = (await json("grant list")).total;
    const words = "grant add team:vision --role dataset-reader --scope Dataset::streets --no-end --reason x --preview";
    const said = await run(words);
    expect(said).toMatchObject({ code: 0, err: "" });
    expect(said.out).toMatch(/^vision would newly be allowed\nACTION .*\ndataset\.read +Dataset +1 +streets\n$/);

    const refused = await run(
      "grant add team:vision --role auditor --scope everything --no-end --reason x --preview --json",
    );
    expect([refused.code, JSON.parse(refused.err)]).toMatchObject([1, { error: { code: "grant.role_out_of_place" } }]);
    expect((await json("grant list")).total).toBe(before);
  });

  it("are found by the team of whoever holds them, and by having gone unused", async () => {
    world.clock.advance(40 * 86_400_000);
    const rows = (await run("grant list --team vision --unused 30")).out;
    expect(rows).toMatch(/user Mara +team_lead +Team::vision/);
    expect(rows).not.toMatch(/Tomas/);
    const first = await run("grant list --limit 1");
    expect(first.err).toMatch(/^there are more, \d+ in all: go on with --after gra_/);
    const [, after] = /--after (\S+)/.exec(first.err) ?? [];
    expect((await json(`grant list --after ${after}`)).items).toHaveLength((await json("grant list")).total - 1);
  });
});

describe("a grant that cannot be understood", () => {
  const rest = "--role auditor --scope everything --reason x";
  it.each([
    ["nobody of that kind", `grant add robot:7 ${rest} --no-end`],
    ["a name without a kind", `grant add mara ${rest} --no-end`],
    ["no end", `grant add user:mara ${rest}`],
    ["two ends", `grant add user:mara ${rest} --no-end --for 8h`],
    ["a day that there is not", `grant add user:mara ${rest} --until 2026-02-30`],
    ["a time in no zone of ours", `grant add user:mara ${rest} --until 2026-11-27T18:00+02:00`],
    ["a scope that is none", "grant add user:mara --role auditor --scope vision --reason x --no-end"],
    ["hours that are none", `grant add user:mara ${rest} --no-end --eligible some`],
    ["more hours than there may be", `grant add user:mara ${rest} --no-end --eligible 100`],
    ["a list of who knows how many", "grant list --limit many"],
    ["a list of somebody", "grant list --who somebody"],
    ["an end that is none", "grant extend gra_1 --reason x"],
  ])("has %s, and ends with 2", async (_, words) => {
    const said = await run(words);
    expect(said).toMatchObject({ code: 2, out: "" });
    expect(said.err).toMatch(/^swarm: [^\n]+\n$/);
  });
});
