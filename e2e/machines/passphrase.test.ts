import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../../scripts/lib/paths.mjs";
import { freePorts } from "../product";

let dataDir = "";
let environment: Record<string, string> = {};

beforeAll(async () => {
  const [web, gateway, pki] = (await freePorts(3)).map(String);
  dataDir = await mkdtemp(join(tmpdir(), "swarm-passphrase-"));
  environment = {
    SWARM_DATA_DIR: dataDir,
    SWARM_CONSOLE_PORT: String(web),
    SWARM_GATEWAY_PORT: String(gateway),
    SWARM_PKI_PORT: String(pki),
  };
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/**
 * Runs `npm start` in a terminal of its own (util-linux `script`), and types each answer when its question is asked.
 * `exec`, so that no shell stands between: some die of the Ctrl-C that they share.
 */
function start(args: string, answers: readonly (readonly [question: string, typed: string])[]) {
  return new Promise<{ code: number | null; screen: string }>((resolve, reject) => {
    const child = spawn("script", ["-qec", `exec ${process.execPath} scripts/start.mjs ${args}`, "/dev/null"], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let screen = "";
    let seen = 0;
    const open = [...answers];
    child.stdout.on("data", (chunk: Buffer) => {
      screen += chunk.toString("utf8");
      const [question, typed] = open[0] ?? [];
      const at = question === undefined ? -1 : screen.indexOf(question, seen);
      if (question === undefined || typed === undefined || at < 0) return;
      seen = at + question.length;
      open.shift();
      child.stdin.write(typed);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, screen }));
  });
}

const CTRL_C = ["Ctrl-C stops it.", "\u0003"] as const;

it("asks for a master passphrase without showing it, and keeps no key on disk", async () => {
  const { code, screen } = await start("--passphrase", [
    ["Choose the master passphrase: ", "quiet lantern harbour 63\r"],
    ["The same once more: ", "quiet lantern harbour 63\r"],
    CTRL_C,
  ]);
  expect(code, screen).toBe(0);
  expect(screen).not.toContain("lantern");
  expect(existsSync(join(dataDir, "swarm.db"))).toBe(true);
  expect(existsSync(join(dataDir, "master.key"))).toBe(false);
});

it("asks again at the next start, and opens with the same one alone", async () => {
  const right = await start("", [["Master passphrase: ", "quiet lantern harbour 63\r"], CTRL_C]);
  expect(right.code, right.screen).toBe(0);

  const wrong = await start("", [["Master passphrase: ", "another one altogether\r"]]);
  expect(wrong.code).toBe(1);
  expect(wrong.screen).toContain("the passphrase does not open this database");
  expect(wrong.screen).not.toContain("    at ");
});

it("starts nothing when the two answers differ", async () => {
  await rm(dataDir, { recursive: true });
  const { code, screen } = await start("--passphrase", [
    ["Choose the master passphrase: ", "quiet lantern harbour 63\r"],
    ["The same once more: ", "quiet lantern harbour 64\r"],
  ]);
  expect(code).toBe(1);
  expect(screen).toContain("the two passphrases differ");
  expect(existsSync(join(dataDir, "swarm.db"))).toBe(false);
});
