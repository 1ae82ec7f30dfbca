import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Site, startSite } from "@/server/testing/site";
import { COMMANDS } from "./commands";
import { testTerminal } from "@/server/testing/terminal";

let site: Site;
let folder: string;
beforeAll(async () => {
  site = await startSite();
  folder = mkdtempSync(join(tmpdir(), "swarm-cli-"));
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => join(folder, name);
const terminal = (input?: string) => testTerminal(site.world.runtime, input);

describe("wrong usage", () => {
  it.each([
    ["an unknown command", "fly"],
    ["an unknown command of a group", "cert fly"],
    ["a group alone", "cert"],
    ["an unknown option", "user list --fast"],
    ["a missing option", "cert issue --csr x --out y"],
    ["a missing argument", "cert show"],
    ["one argument too many", "cert show 01 02"],
    ["a serial that is none", "cert show gpu-7"],
    ["a reason that is none", "cert revoke 01 --reason boredom"],
    ["an address that is none to lock", "user lock nobody --reason away"],
    ["a name that is none to unlock", "node unlock GPU_7"],
    ["a lock without a reason", "node lock gpu-7"],
    ["a role that is none", "user add a@swarm.local --role king"],
    ["an address that is none", "user add nobody --role admin"],
    ["a status that is none", "cert list --status fine"],
    ["a limit that is none", "cert list --limit many"],
    ["a time that is none", "join-token create --kind node --name gpu-7 --ttl soon"],
    ["a kind that is none", "join-token create --kind ghost --name gpu-7"],
    ["a resource without a type", "resource put --id train"],
    ["a parent that is none", "resource put --type Compute --id a --parent train"],
    ["an attribute without a value", "resource put --type Compute --id a --attribute gpus"],
    ["a password on the command line", "init --org x --admin a@swarm.local"],
    ["no token", "enroll --gateway https://x --ca y --out z"],
    ["two tokens", "enroll --gateway https://x --ca y --out z --token a --token-file b"],
    ["a gateway without TLS", "enroll --gateway http://x --ca y --out z --token a"],
    ["a key type that is none", "enroll --gateway https://x --ca y --out z --token a --key-type dsa"],
  ])("%s ends with 2, one line, and nothing on standard output", async (_, words) => {
    const plain = await terminal().run(words.split(" "));
    expect(plain).toMatchObject({ code: 2, out: "" });
    expect(plain.err).toMatch(/^swarm: [^\n]+\n$/);

    const json = await terminal().run([...words.split(" "), "--json"]);
    expect(json).toMatchObject({ code: 2, out: "" });
    expect(JSON.parse(json.err)).toEqual({ error: { code: "usage", message: expect.any(String) } });
  });
});

describe("help", () => {
  it("lists the commands, and each tells its options", async () => {
    const all = await terminal().run(["--help"]);
    expect(all.code).toBe(0);
    for (const line of COMMANDS) {
      const words = line.usage.split(" ").filter((word) => !word.startsWith("<"));
      expect(all.out).toContain(words[0]);
      const help = await terminal().run([...words, "--help"]);
      expect(help).toMatchObject({ code: 0, err: "" });
      expect(help.out.replaceAll(/\s+/g, " ")).toContain(line.about);
      for (const option of [...line.options.map(({ flags }) => flags), "--json"]) expect(help.out).toContain(option);
    }
  });

  it("is shown when nothing was asked, with 2", async () => {
    expect(await terminal().run([])).toMatchObject({ code: 2 });
  });
});

describe("a failure", () => {
  it.each([
    ["a file that is not there", "cert issue --profile node --csr /nowhere/x.csr --out y", "file"],
    ["a certificate that is not there", `cert show ${"0".repeat(32)}`, "kernel.missing"],
    ["a profile that is not there", "profile show nobody", "kernel.missing"],
    ["a person who is not there", "user lock nobody@swarm.local --reason away", "kernel.missing"],
    ["a node that is not there", "node unlock gpu-404", "kernel.missing"],
    ["a folder that cannot be written", "ca bundle --out /proc/nowhere/bundle.pem", "file"],
  ])("of %s ends with 1 and says so in one line", async (_, words, code) => {
    const plain = await terminal().run(words.split(" "));
    expect(plain).toMatchObject({ code: 1, out: "" });
    expect(plain.err).toMatch(/^swarm: (?!internal)[^\n]+\n$/);
    const json = await terminal().run([...words.split(" "), "--json"]);
    expect(JSON.parse(json.err)).toMatchObject({ error: { code } });
  });
});

describe("certificates at the terminal", () => {
  it("are issued, listed, shown and revoked", async () => {
    execFileSync(
      "openssl",
      [
        ...["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=gpu-7"],
        ...["-keyout", file("key.pem"), "-out", file("gpu-7.csr")],
      ],
      { stdio: "ignore" },
    );
    const profile = (await terminal().json(["profile", "list"])).profiles.find(
      ({ kind }: { kind: string }) => kind === "node",
    );

    const issued = await terminal().json([
      "cert",
      "issue",
      "--profile",
      profile.name,
      "--csr",
      file("gpu-7.csr"),
      "--out",
      file("gpu-7.pem"),
    ]);
    expect(issued).toMatchObject({ name: "gpu-7", kind: "node", issuedBy: "terminal:tester", status: "active" });
    expect(readFileSync(file("gpu-7.pem"), "utf8").match(/BEGIN CERTIFICATE/g)).toHaveLength(2);

    await terminal().json(["ca", "bundle", "--out", file("bundle.pem")]);
    const verified = execFileSync("openssl", [
      "verify",
      "-x509_strict",
      "-CAfile",
      file("bundle.pem"),
      "-untrusted",
      file("gpu-7.pem"),
      file("gpu-7.pem"),
    ]);
    expect(verified.toString()).toContain("OK");

    const listed = await terminal().run(["cert", "list", "--query", "gpu-7"]);
    expect(listed.out).toMatch(/^SERIAL +NAME +KIND +STATUS/);
    expect(listed.out).toContain(issued.serial);

    const shown = await terminal().run(["cert", "show", issued.serial.toUpperCase()]);
    expect(shown.out).toContain("spiffe://swarm.local/node/gpu-7");

    const revoked = await terminal().json(["cert", "revoke", issued.serial, "--reason", "keyCompromise"]);
    expect(revoked).toMatchObject({ status: "revoked", revocationReason: "keyCompromise" });
    const rows = (await terminal().json(["cert", "list", "--status", "revoked"])).certificates;
    expect(rows).toMatchObject([{ serial: issued.serial }]);
    const again = await terminal().run(["cert", "revoke", issued.serial, "--reason", "keyCompromise"]);
    expect(again.code).toBe(1);
  });

  it("go to standard output, and their request comes from standard input, with -", async () => {
    const csr = execFileSync(
      "openssl",
      ["req", "-new", "-newkey", "ed25519", "-nodes", "-subj", "/CN=gpu-8", "-keyout", "/dev/null"],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const issued = await terminal(csr.toString()).run([
      "cert",
      "issue",
      "--profile",
      "node",
      "--csr",
      "-",
      "--out",
      "-",
      "--ttl",
      "2h",
    ]);
    expect(issued).toMatchObject({ code: 0, err: "" });
    expect(issued.out).toMatch(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\n$/);
  });
});

describe("people at the terminal", () => {
  it("are added and listed, and their password stays out of every answer", async () => {
    const password = "violet-anchor-27-marmot";
    const added = await terminal(`${password}\n`).run([
      "user",
      "add",
      "Mara@Swarm.Local",
      "--role",
      "auditor",
      "--password-stdin",
      "--json",
    ]);
    expect(added.code).toBe(0);
    expect(JSON.parse(added.out)).toMatchObject({
      identity: { email: "mara@swarm.local", roles: ["auditor"] },
      oneTimePassword: null,
    });
    expect(added.out).not.toContain(password);

    const other = await terminal().json(["user", "add", "tomas@swarm.local", "--role", "admin"]);
    expect(other.oneTimePassword).toEqual(expect.any(String));
    const listed = await terminal().run(["user", "list"]);
    expect(listed.out).toMatch(/mara@swarm\.local .*auditor .*active/);
    expect((await terminal().json(["user", "list"])).users).toHaveLength(2);
  });

  it("cannot be added twice", async () => {
    const words = ["user", "add", "twice@swarm.local", "--role", "admin"];
    expect(await terminal().run(words)).toMatchObject({ code: 0 });
    expect(await terminal().run(words)).toMatchObject({ code: 1, out: "" });
  });
});

describe("a machine at the terminal", () => {
  it("enrols with the token of join-token create, and renews", async () => {
    const token = await terminal().json(["join-token", "create", "--kind", "node", "--name", "gpu-9", "--ttl", "15m"]);
    expect(token.enrollCommand).toContain(token.token);
    writeFileSync(file("ca.pem"), site.ca);
    const dir = file("gpu-9");
    const { machineUrl } = site.gateway;

    const enrolled = await terminal(`${token.token}\n`).json([
      "enroll",
      "--gateway",
      machineUrl,
      "--ca",
      file("ca.pem"),
      "--token-stdin",
      "--out",
      dir,
    ]);
    expect(enrolled).toMatchObject({
      name: "gpu-9",
      spiffeId: "spiffe://swarm.local/node/gpu-9",
      files: { key: `${dir}/key.pem` },
    });
    expect(await ask(site, "/v1/whoami", { pair: pairIn(dir) })).toMatchObject({
      status: 200,
      json: { serial: enrolled.serial },
    });

    const again = await terminal().run([
      "enroll",
      "--gateway",
      machineUrl,
      "--ca",
      file("ca.pem"),
      "--token",
      "x",
      "--out",
      dir,
      "--json",
    ]);
    expect(JSON.parse(again.err)).toMatchObject({ error: { code: "node.enrolled_already" } });

    const before = readFileSync(join(dir, "key.pem"), "utf8");
    const renewed = await terminal().json(["renew", "--gateway", machineUrl, "--dir", dir]);
    expect(renewed.serial).not.toBe(enrolled.serial);
    expect(readFileSync(join(dir, "key.pem"), "utf8")).not.toBe(before);
    expect(await ask(site, "/v1/whoami", { pair: pairIn(dir) })).toMatchObject({ json: { serial: renewed.serial } });
  });

  it("is told what the gateway refused, and nothing is kept", async () => {
    writeFileSync(file("ca.pem"), site.ca);
    const dir = file("refused");
    const words = [
      "enroll",
      "--gateway",
      site.gateway.machineUrl,
      "--ca",
      file("ca.pem"),
      "--token",
      "A".repeat(43),
      "--out",
      dir,
    ];
    const refused = await terminal().run([...words, "--json"]);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.err).error.code).toBe("join_token.refused");
    expect(() => readFileSync(join(dir, "key.pem"))).toThrow(/ENOENT/);
  });

  it("does not speak to a gateway of another authority", async () => {
    const other = await startSite({ lineage: "another" });
    writeFileSync(file("other.pem"), other.ca);
    await other.close();
    const words = [
      "enroll",
      "--gateway",
      site.gateway.machineUrl,
      "--ca",
      file("other.pem"),
      "--token",
      "x",
      "--out",
      file("other"),
    ];
    const refused = await terminal().run([...words, "--json"]);
    expect(JSON.parse(refused.err)).toMatchObject({
      error: { code: "node.gateway_unreachable", message: expect.stringContaining("not from the authority") },
    });
  });
});

function pairIn(dir: string) {
  return { key: readFileSync(join(dir, "key.pem"), "utf8"), cert: readFileSync(join(dir, "cert.pem"), "utf8") };
}
