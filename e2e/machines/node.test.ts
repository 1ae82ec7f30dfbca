import { spawn } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DIST } from "../../scripts/lib/paths.mjs";
import type { CommandOutcome } from "../product";
import { LATEST, Site } from "./site";
import { hoursAgo, must, run } from "./tools";

/** Lifetime of a node's certificate, hours. */
const LIFETIME = 168;

let site: Site;
beforeAll(async () => {
  site = await Site.start();
});
afterAll(() => site?.remove());

/** Runs `swarm` as a node does: without a data directory. */
function onNode(
  at: Site,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<CommandOutcome> {
  return at.product.swarm([...words, "--json"], "", { SWARM_DATA_DIR: at.file("no-data"), ...more });
}

function enrollWords(at: Site, token: string, dir: string): string[] {
  return ["enroll", "--gateway", at.product.gatewayUrl, "--ca", at.bundle, "--token", token, "--out", dir];
}

const renewWords = (at: Site, dir: string) => ["renew", "--gateway", at.product.gatewayUrl, "--dir", dir];

/** The key is its owner's alone, it is the certificate's, and OpenSSL takes the chain. */
async function expectGoodFiles(at: Site, dir: string): Promise<void> {
  const [key, cert] = [join(dir, "key.pem"), join(dir, "cert.pem")];
  expect((await stat(key)).mode & 0o777).toBe(0o600);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  const verify = ["verify", "-x509_strict", "-CAfile", join(dir, "ca.pem"), "-untrusted", join(dir, "chain.pem"), cert];
  expect(await run("openssl", verify)).toMatchObject({ code: 0, stdout: `${cert}: OK\n` });
  expect(await must("openssl", ["x509", "-in", cert, "-noout", "-pubkey"])).toBe(
    await must("openssl", ["pkey", "-in", key, "-pubout"]),
  );
  await expect(stat(at.file("no-data"))).rejects.toMatchObject({ code: "ENOENT" });
}

const pairIn = (dir: string) => ({ key: join(dir, "key.pem"), cert: join(dir, "cert.pem") });

describe("a node", () => {
  it.each(["p256", "p384", "ed25519", "rsa2048"])(
    "enrols with a %s key and renews with a new one of its kind",
    async (kind) => {
      const dir = site.file(`node-${kind}`);
      const token = await site.token(`node-${kind}`);
      const enrolled = await onNode(site, [...enrollWords(site, token, dir), "--key-type", kind]);
      expect(enrolled).toMatchObject({ code: 0, stderr: "" });
      await expectGoodFiles(site, dir);
      const [first, firstKey] = [JSON.parse(enrolled.stdout), await readFile(join(dir, "key.pem"), "utf8")];
      expect(await site.curl("/v1/whoami", { as: pairIn(dir) })).toMatchObject({ json: { serial: first.serial } });

      const renewed = await onNode(site, renewWords(site, dir));
      expect(renewed).toMatchObject({ code: 0, stderr: "" });
      await expectGoodFiles(site, dir);
      const [second, secondKey] = [JSON.parse(renewed.stdout), await readFile(join(dir, "key.pem"), "utf8")];
      expect(second.serial).not.toBe(first.serial);
      expect(secondKey).not.toBe(firstKey);
      expect(secondKey.length).toBeCloseTo(firstKey.length, -2);
      expect(await site.curl("/v1/whoami", { as: pairIn(dir) })).toMatchObject({ json: { serial: second.serial } });
    },
  );

  it("enrols by the very command that comes with a join token", async () => {
    const created = await site.swarm(["join-token", "create", "--kind", "node", "--name", "gpu-paste"]);
    const command = String(created["enrollCommand"]);
    expect(command).toContain("npm run --silent swarm -- enroll");
    const ours = `'${process.execPath}' '${join(DIST, "cli.mjs")}'`;
    await must("sh", ["-ec", command.replace("npm run --silent swarm --", ours)], { cwd: site.folder });
    await expectGoodFiles(site, site.file("gpu-paste"));
  });

  it("does not spend its token when it cannot keep the key or does not believe the gateway", async () => {
    const [dir, token] = [site.file("careful"), await site.token("careful")];
    const stranger = site.file("stranger.pem");
    const made = ["req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=Root CA", "-days", "1"];
    await must("openssl", [...made, "-keyout", "/dev/null", "-out", stranger]);
    const words = ["enroll", "--gateway", site.product.gatewayUrl, "--token", token];
    expect(await onNode(site, [...words, "--ca", stranger, "--out", dir])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("node.gateway_unreachable"),
    });
    expect(await onNode(site, [...words, "--ca", site.bundle, "--out", `${stranger}/folder`])).toMatchObject({
      code: 1,
    });
    expect(await onNode(site, [...words, "--ca", site.bundle, "--out", dir])).toMatchObject({ code: 0 });

    const next = await site.token("careful");
    const again = ["enroll", "--gateway", site.product.gatewayUrl, "--token", next, "--ca", site.bundle, "--out", dir];
    const refused = await onNode(site, again);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("node.enrolled_already") });
    expect(await onNode(site, [...again, "--replace"])).toMatchObject({ code: 0 });
    await expectGoodFiles(site, dir);
  });

  it("is told why when its certificate was revoked, and keeps its files", async () => {
    const dir = site.file("revoked");
    const { stdout } = await onNode(site, enrollWords(site, await site.token("revoked"), dir));
    await site.swarm(["cert", "revoke", JSON.parse(stdout).serial, "--reason", "superseded"]);
    const before = await readFile(join(dir, "cert.pem"), "utf8");
    for (const watch of [[], ["--watch"]]) {
      // A watch does not look before the renewal is due, so it runs in the week after.
      const later = watch.length > 0 ? await inHours(LIFETIME * 0.73) : {};
      const refused = await onNode(site, [...renewWords(site, dir), ...watch], later);
      expect(refused.code).toBe(1);
      expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: "certificate.revoked" } });
    }
    expect(await readFile(join(dir, "cert.pem"), "utf8")).toBe(before);
  });
});

describe("after a week in which nothing ran", () => {
  const [due, expired] = ["gpu-due", "gpu-expired"];
  const serials = new Map<string, string>();
  let old: Site;
  beforeAll(async () => {
    old = await Site.make();
    const [long, recent] = [await hoursAgo(LIFETIME + 2), await hoursAgo(LIFETIME * 0.75)];
    await old.setUp(long);
    for (const [name, then] of [
      [expired, long],
      [due, recent],
    ] as const) {
      await old.product.start(["gateway"], then);
      await old.fetchBundle();
      const enrolled = await onNode(old, enrollWords(old, await old.token(name, then), old.file(name)), then);
      expect(enrolled).toMatchObject({ code: 0, stderr: "" });
      serials.set(name, JSON.parse(enrolled.stdout).serial);
      await old.product.stop();
    }
    await old.product.start(["gateway"]);
  });
  afterAll(() => old?.remove());

  it("`renew --watch` renews what is due by itself, waits for the next time, and ends with 0 when it is told to", async () => {
    const dir = old.file(due);
    const watch = watchOn(old, dir);
    const said = [await watch.line(), await watch.line(), await watch.line()];
    expect(said).toMatchObject([
      { waitingUntil: expect.any(String) },
      { name: due, serial: expect.not.stringMatching(serials.get(due) ?? "") },
      { waitingUntil: expect.any(String) },
    ]);
    expect(Date.parse(String(said[0]?.["waitingUntil"]))).toBeLessThan(Date.now());
    const next = (Date.parse(String(said[2]?.["waitingUntil"])) - Date.now()) / 3_600_000;
    expect(next).toBeGreaterThan((LIFETIME * 2) / 3 - 1);
    expect(next).toBeLessThan(LIFETIME * 0.72 + 1);
    expect(await watch.stop()).toBe(0);

    await expectGoodFiles(old, dir);
    expect(await old.curl("/v1/whoami", { as: pairIn(dir) })).toMatchObject({ json: { serial: said[1]?.["serial"] } });
  });

  it("`renew --watch` gives up on what has expired, which the gateway refuses too", async () => {
    const dir = old.file(expired);
    expect(await old.curl("/v1/whoami", { as: pairIn(dir) })).toMatchObject({ status: 401 });
    const ended = await onNode(old, [...renewWords(old, dir), "--watch"]);
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stderr)).toMatchObject({ error: { code: "node.expired" } });
  });

  it("new CRLs are published in place of those that ran out, without a word", async () => {
    const health = async () => (await run("curl", ["-sS", `${old.product.pkiUrl}/health`])).stdout;
    await expect.poll(health, LATEST).toMatch(/"status":"ok"/);
    await old.fetchCrls();
    const crl = await must("openssl", ["crl", "-in", old.file("crls/nodes.pem"), "-noout", "-nextupdate"]);
    expect(Date.parse(crl.replace("nextUpdate=", ""))).toBeGreaterThan(Date.now());
  });
});

/** Settings under which a process lives in the future. */
async function inHours(hours: number): Promise<Record<string, string>> {
  return { ...(await hoursAgo(0)), FAKETIME: `+${hours}h` };
}

/** A watch that runs, its lines of JSON one by one. */
function watchOn(at: Site, dir: string) {
  const child = spawn(process.execPath, [join(DIST, "cli.mjs"), ...renewWords(at, dir), "--watch", "--json"], {
    env: { ...process.env, SWARM_DATA_DIR: at.file("no-data") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async line(): Promise<Record<string, unknown>> {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the watch ended with ${await ended}`);
      return JSON.parse(value);
    },
    stop(): Promise<number | null> {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
