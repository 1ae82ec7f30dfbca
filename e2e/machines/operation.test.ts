import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DIST } from "../../scripts/lib/paths.mjs";
import type { Product } from "../product";
import { Site } from "./site";
import { run } from "./tools";

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The gateway by itself, as a service manager runs it. */
class Gateway {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  #stdout = "";
  #stderr = "";

  constructor(product: Product, more: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [join(DIST, "gateway.mjs")], {
      env: { ...process.env, ...product.environment, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stdout?.on("data", (chunk: Buffer) => {
      this.#stdout += chunk.toString("utf8");
    });
    this.child.stderr?.on("data", (chunk: Buffer) => {
      this.#stderr += chunk.toString("utf8");
    });
    this.ended = new Promise((resolve) =>
      this.child.once("close", (code, signal) => resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr })),
    );
  }

  /** Waits until it has said where it answers. */
  async ready(): Promise<void> {
    const said = new Promise<"ready">((resolve) => {
      const look = () => this.#stdout.includes("PKI") && resolve("ready");
      this.child.stdout?.on("data", look);
      look();
    });
    const first = await Promise.race([said, this.ended]);
    if (first !== "ready") throw new Error(`it ended with ${first.code}: ${first.stderr}`);
  }
}

const hashOf = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** It says why in one line, ends with 1, and leaves database and master key as they were. */
async function expectRefused(
  product: Product,
  message: RegExp,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const files = ["swarm.db", "master.key"].map((name) => join(product.dataDir, name));
  const look = () => files.map((file) => (existsSync(file) ? hashOf(file) : "none"));
  const before = look();
  const ended = await new Gateway(product, more).ended;
  expect(ended).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(message) });
  expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  expect(look()).toEqual(before);
}

describe("the gateway", () => {
  let site: Site;
  let blocker: Server | undefined;
  beforeAll(async () => {
    site = await Site.make();
    await site.setUp();
  });
  afterEach(() => void blocker?.close());
  afterAll(() => site?.remove());

  it.each(["SIGTERM", "SIGINT"] as const)("runs by itself, and ends with 0 at %s", async (signal) => {
    const gateway = new Gateway(site.product);
    await gateway.ready();
    const health = await run("curl", ["-fsS", `${site.product.pkiUrl}/health`]);
    expect(health.stdout).toContain('"status":"ok"');
    gateway.child.kill(signal);
    expect(await gateway.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
    expect((await run("curl", ["-sS", `${site.product.pkiUrl}/health`])).code).toBe(7);
    expect(existsSync(join(site.product.dataDir, "swarm.db-wal"))).toBe(false);
  });

  it.each(["SWARM_GATEWAY_PORT", "SWARM_PKI_PORT"])(
    "says that a port is taken, and that %s changes it",
    async (setting) => {
      const port = Number(site.product.environment[setting]);
      blocker = createServer();
      await new Promise<void>((resolve) => blocker?.listen(port, "127.0.0.1", resolve));
      await expectRefused(site.product, new RegExp(`^port ${port} on 127\\.0\\.0\\.1 is taken;.*${setting}\n$`));
    },
  );

  it.each([
    ["SWARM_GATEWAY_PORT", "no-port"],
    ["SWARM_LOG_LEVEL", "loud"],
    ["SWARM_TRUST_DOMAIN", "Not A Domain"],
    ["SWARM_CONSOLE_TLS", "yes"],
  ])("refuses %s=%s, naming it", async (setting, value) => {
    const { code, stderr } = await new Gateway(site.product, { [setting]: value }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`${setting}: `);
    expect(stderr).not.toContain("    at ");
  });
});

describe("the master key file", () => {
  let site: Site;
  let file = "";
  let right = "";
  beforeEach(async () => {
    site = await Site.make();
    await site.setUp();
    file = join(site.product.dataDir, "master.key");
    right = readFileSync(file, "utf8");
  });
  afterEach(() => site.remove());

  it("stops the start when it is gone, wrong, broken or open to others; nothing is overwritten, and with it all is there", async () => {
    const { product } = site;
    rmSync(file);
    await expectRefused(
      product,
      /the master key file \S+master\.key cannot be read; restore it.*SWARM_MASTER_KEY_FILE/,
    );
    expect(existsSync(file)).toBe(false);
    const refused = await product.swarm(["cert", "list", "--json"]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: "key.master_missing" } });

    const another = `${right.split(":")[0]}:${randomBytes(32).toString("base64url")}\n`;
    writeFileSync(file, another, { mode: 0o600 });
    await expectRefused(product, /does not open this database; restore the one that was made with it/);
    expect(readFileSync(file, "utf8")).toBe(another);

    writeFileSync(file, right.slice(0, 20));
    await expectRefused(product, /is not a master key file of this console/);

    writeFileSync(file, right);
    chmodSync(file, 0o644);
    await expectRefused(product, /can be read by others; set its mode to 0600/);

    chmodSync(file, 0o600);
    await product.start(["gateway"]);
    await site.fetchBundle();
    const machine = await site.enroll("gpu-1");
    expect(await site.curl("/v1/whoami", { as: machine })).toMatchObject({ status: 200 });
  });

  it("is asked for although there is a passphrase, when the database was made with the file", async () => {
    rmSync(file);
    await expectRefused(site.product, /the master key file/, { SWARM_MASTER_PASSPHRASE: "some passphrase" });
  });
});

describe("a passphrase in place of the master key file", () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.make();
    await site.setUp({ SWARM_MASTER_PASSPHRASE: "the right passphrase" });
  });
  afterAll(() => site?.remove());

  it("stops the start when it is not given or another; with it the gateway starts", async () => {
    await expectRefused(site.product, /protected by a passphrase; give it in SWARM_MASTER_PASSPHRASE/);
    await expectRefused(site.product, /the passphrase does not open this database/, {
      SWARM_MASTER_PASSPHRASE: "the wrong passphrase",
    });
    expect(existsSync(join(site.product.dataDir, "master.key"))).toBe(false);
    await site.product.start(["gateway"], { SWARM_MASTER_PASSPHRASE: "the right passphrase" });
  });
});

describe("a database that newer code has written", () => {
  it("is refused by gateway and terminal, and stays as it is", async () => {
    const site = await Site.make();
    await site.setUp();
    const file = join(site.product.dataDir, "swarm.db");
    const database = new Sqlite(file);
    database
      .prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('from the future', ?)")
      .run(Date.now() + 1e12);
    database.close();
    await expectRefused(site.product, /written by a newer version of this console; start that version/);
    const before = hashOf(file);
    const refused = await site.product.swarm(["cert", "list", "--json"]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: "database.too_new" } });
    expect(hashOf(file)).toBe(before);
    await site.remove();
  });
});
