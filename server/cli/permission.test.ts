import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Question } from "@/server/kernel/context";
import { openRuntime, type Runtime } from "@/server/platform/composition";
import { enrollMachine, type Machine, type Site, startSite } from "@/server/testing/site";
import { bareTerminal, NO_DATA, testTerminal } from "@/server/testing/terminal";
import { COMMANDS } from "./commands";

/** A good command line for each command that opens the data directory: a new one fails here until it is added. */
const EXAMPLES: Readonly<Record<string, () => string[]>> = {
  demo: () => [],
  init: () => ["--org", "Other", "--admin", "other@swarm.local", "--password-stdin"],
  "user add <email>": () => ["mara@swarm.local", "--role", "admin", "--password-stdin"],
  "user list": () => [],
  "user lock <email>": () => ["mara@swarm.local", "--reason", "left on holiday"],
  "user unlock <email>": () => ["mara@swarm.local"],
  "node lock <name>": () => ["gpu-7", "--reason", "looks odd"],
  "node unlock <name>": () => ["gpu-7"],
  "service lock <name>": () => ["api", "--reason", "looks odd"],
  "service unlock <name>": () => ["api"],
  "identity import <file>": () => [join(folder, "identities.csv")],
  "identity export": () => ["--kind", "node"],
  "identity retire <kind> <name>": () => ["node", "gpu-7", "--reason", "it was scrapped"],
  "profile list": () => [],
  "profile show <profile>": () => ["node"],
  "cert issue": () => ["--profile", "node", "--csr", join(folder, "x.csr"), "--out", join(folder, "x.pem")],
  "cert list": () => [],
  "cert show <serial>": () => [machine.serial],
  "cert revoke <serial>": () => [machine.serial, "--reason", "keyCompromise"],
  "policy list": () => [],
  "policy show <policy>": () => ["auditor-reads"],
  "policy draft <file>": () => [join(folder, "no-drain.cedar")],
  "policy test <folder>": () => [folder],
  "policy publish <folder>": () => [folder, "--note", "it is due"],
  "policy rollback <epoch>": () => ["0", "--note", "it is due"],
  "policy history": () => [],
  "policy schema": () => [],
  "policy pull <folder>": () => [join(folder, "pulled")],
  "decision list": () => [],
  "decision explain <number>": () => ["1"],
  "resource list": () => [],
  "resource show <type> <name>": () => ["Pool", "train"],
  "resource put": () => ["--type", "Pool", "--id", "train"],
  "resource remove <type> <name>": () => ["Pool", "train"],
  "role list": () => [],
  "role show <role>": () => ["auditor"],
  "role create <role>": () => ["drainer", "--file", join(folder, "drainer.json")],
  "role update <role>": () => ["drainer", "--file", join(folder, "drainer.json"), "--note", "it is due", "--base", "1"],
  "role retire <role>": () => ["drainer", "--reason", "nobody drains"],
  "grant add <who...>": () => ["node:gpu-7", "--role", "auditor", ...WITHIN, "--no-end", "--reason", "audit"],
  "grant list": () => [],
  "grant extend <grant>": () => [grant, "--for", "8h", "--reason", "not done yet"],
  "grant revoke <grant...>": () => [grant, "--reason", "it is done"],
  "join-token create": () => ["--kind", "node", "--name", "gpu-8"],
  "ca bundle": () => ["--out", join(folder, "bundle.pem")],
};

const WITHIN = ["--scope", "everything"];

/** The same for each command that opens none, with its input. */
const EXAMPLES_WITHOUT_DATA: Readonly<Record<string, readonly [words: string[], input?: string]>> = {
  enroll: [["--gateway", "https://127.0.0.1:1", "--ca", "x", "--token", "x", "--out", "y"]],
  renew: [["--gateway", "https://127.0.0.1:1", "--dir", "y"]],
  "policy evaluate": [["--stdin"], '{"policies":"","schema":"","entitiesJson":"[]","requestsJson":[]}\n'],
  "policy check <file...>": [["-"], "permit (principal, action, resource);\n"],
  "policy format <file...>": [["-"], "permit (principal, action, resource);\n"],
};

const ON_CONSOLE = COMMANDS.filter((line) => line.runsOn === "console");

let site: Site;
let folder: string;
let machine: Machine;
let grant: string;
let refusing: Runtime;
const asked: Question[] = [];

beforeAll(async () => {
  site = await startSite();
  machine = await enrollMachine(site, "gpu-7");
  folder = mkdtempSync(join(tmpdir(), "swarm-cli-"));
  const request = ["req", "-new", "-newkey", "ed25519", "-nodes", "-subj", "/CN=gpu-9", "-keyout", "/dev/null"];
  writeFileSync(join(folder, "x.csr"), execFileSync("openssl", request, { stdio: ["ignore", "pipe", "ignore"] }));
  writeFileSync(join(folder, "identities.csv"), "kind,name\nnode,gpu-20\n");
  const noDrain = '@id("no-drain")\nforbid (principal, action == Action::"compute.drain", resource);\n';
  writeFileSync(join(folder, "no-drain.cedar"), noDrain);
  writeFileSync(
    join(folder, "drainer.json"),
    JSON.stringify({ title: "Drainer", permissions: [{ actions: ["compute.drain"] }] }),
  );
  grant = await grantToSomebody();
  refusing = await openRuntime(site.world.runtime.settings, "refusing", {
    logger: pino({ level: "silent" }),
    decide: async (_db, question) => {
      asked.push(question);
      return { allowed: false, reason: "this test allows nothing", rules: [], policyVersion: "test" };
    },
  });
});
afterAll(async () => {
  refusing.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

async function grantToSomebody(): Promise<string> {
  const terminal = testTerminal(site.world.runtime);
  await terminal.json(["user", "add", "hanna@swarm.local", "--role", "auditor"]);
  const { items } = await terminal.json(["grant", "list", "--who", "user:hanna@swarm.local"]);
  return items[0].id;
}

describe("when the policy refuses everything", () => {
  it("there is an example of every command on the console, and no other", () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(ON_CONSOLE.map(({ usage }) => usage).sort());
  });

  it.each(ON_CONSOLE.map(({ usage }) => usage))(
    "swarm %s is refused, with 1, and the refusal is in the log",
    async (usage) => {
      const words = usage.split(" ").filter((word) => !word.startsWith("<"));
      asked.length = 0;
      site.world.forget();
      const terminal = testTerminal(refusing, "violet-anchor-27-marmot\n");
      const said = await terminal.run([...words, ...(EXAMPLES[usage]?.() ?? []), "--json"]);

      expect(said).toMatchObject({ code: 1, out: "" });
      expect(JSON.parse(said.err)).toMatchObject({ error: { code: "kernel.forbidden" } });
      expect(asked.length).toBeGreaterThan(0);
      expect(site.world.trail().filter(({ kind }) => kind === "denied")).toMatchObject([
        { kind: "denied", outcome: "refused", actor: { kind: "terminal", name: "tester" } },
      ]);
    },
  );
});

describe("a command that asks no policy", () => {
  const without = COMMANDS.filter(({ runsOn }) => runsOn !== "console");

  it("is one of these: machines ask the gateway, and policies at the terminal are a matter of whoever has the files", () => {
    expect(without.map(({ usage }) => usage).sort()).toEqual(Object.keys(EXAMPLES_WITHOUT_DATA).sort());
    expect(without.filter(({ runsOn }) => runsOn === "anywhere").map(({ usage }) => usage)).toEqual([
      "policy evaluate",
      "policy check <file...>",
      "policy format <file...>",
    ]);
  });

  it.each(without)("swarm $usage opens no data directory, so that there is nothing to permit", async (line) => {
    const words = line.usage.split(" ").filter((word) => !word.startsWith("<"));
    const [more = [], input = ""] = EXAMPLES_WITHOUT_DATA[line.usage] ?? [];
    const said = await bareTerminal(input).run([...words, ...more]);
    expect(said.err).not.toContain(NO_DATA);
    expect(said.code, said.err).toBe(line.runsOn === "anywhere" ? 0 : 1);
  });

  it("would be seen here when it opened one", async () => {
    expect(await bareTerminal().run(["user", "list"])).toMatchObject({
      code: 1,
      err: expect.stringContaining(NO_DATA),
    });
  });
});
