import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { revokeCertificate } from "@/server/certificates/revoke";
import { ask, type Site, startSite, tokenFor } from "@/server/testing/site";
import { leafOf } from "./answer";
import { enrollNode } from "./enroll";
import { readPair } from "./files";
import { makeKey, requestFor } from "./key-request";
import { findPendingKey, keepPendingKey } from "./pending";
import { renewNode } from "./renew";
import { type Watching, watchNode } from "./watch";

let site: Site;
let root: string;
let dir: string;
let count = 0;
beforeAll(async () => {
  site = await startSite();
  root = mkdtempSync(join(tmpdir(), "swarm-renew-"));
});
afterAll(async () => {
  await site.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(async () => {
  const name = `gpu-${++count}`;
  dir = join(root, name);
  const { machineUrl: gateway } = site.gateway;
  await enrollNode({ gateway, ca: site.ca, token: await tokenFor(site, name), dir, keyType: "p256", replace: false });
});

const serial = async () =>
  leafOf((await readPair(dir)).cert)
    .serialNumber.toLowerCase()
    .padStart(32, "0");
const renew = () => renewNode({ gateway: site.gateway.machineUrl, dir });
const status = async () => (await ask(site, "/v1/whoami", { pair: await readPair(dir) })).status;

describe("renewing on a node", () => {
  it("replaces key and certificate as a pair, keeps the kind of key, and leaves nothing pending", async () => {
    const before = await readPair(dir);
    const answer = await renew();
    const after = await readPair(dir);
    expect(after.key).not.toBe(before.key);
    expect(await serial()).toBe(answer.serial);
    expect(after.ca).toBe(site.ca);
    expect(await status()).toBe(200);
    expect(await readdir(dir)).not.toContain(".pending");
  });

  it("whose answer was lost asks again with the same key, and is not taken for a thief", async () => {
    const before = await serial();
    const key = await makeKey("p256");
    await keepPendingKey(dir, { serial: before, key });
    const lost = await ask(site, "/v1/renew", { pair: await readPair(dir), body: { csr: await requestFor(key) } });
    expect(lost.status).toBe(200);

    const answer = await renew();
    expect(answer.serial).toBe(lost.json.serial);
    expect((await readPair(dir)).key).toBe(key);
    expect(await status()).toBe(200);
  });

  it("keeps the key on disk before it is used, and the old pair when nobody answers", async () => {
    const before = await readPair(dir);
    await expect(renewNode({ gateway: "https://127.0.0.1:1", dir })).rejects.toMatchObject({
      code: "node.gateway_unreachable",
    });
    expect(await readPair(dir)).toEqual(before);
    const pending = await findPendingKey(dir, await serial());
    expect(pending).toContain("PRIVATE KEY");
    await renew();
    expect((await readPair(dir)).key).toBe(pending);
  });

  it("tells a folder without files to enrol first", async () => {
    await expect(renewNode({ gateway: site.gateway.machineUrl, dir: root })).rejects.toMatchObject({
      code: "node.not_enrolled",
    });
  });
});

describe("watching", () => {
  it("renews when two thirds have passed, again and again, until it is told to stop", async () => {
    const stop = new AbortController();
    const serials: string[] = [];
    let now = Date.now();
    const watching = watch({
      now: () => now,
      onWaiting: (until) => {
        expect(until.getTime()).toBeGreaterThan(Date.now());
        now = until.getTime();
      },
      onRenewed: (answer) => {
        serials.push(answer.serial);
        if (serials.length === 3) stop.abort();
      },
    });
    await watchNode({ gateway: site.gateway.machineUrl, dir, signal: stop.signal }, watching);
    expect(new Set(serials).size).toBe(3);
    expect(await serial()).toBe(serials[2]);
    expect(await status()).toBe(200);
  });

  it("tries again when nobody answers, with the same key", async () => {
    const stop = new AbortController();
    const keys: string[] = [];
    let now = Date.now();
    let failures = 0;
    const watching = watch({
      now: () => now,
      onWaiting: (until) => {
        now = until.getTime();
      },
      onFailed: (error, retryAt) => {
        expect(error).toMatchObject({ code: "node.gateway_unreachable" });
        const [file = ""] = readdirSync(join(dir, ".pending"));
        keys.push(readFileSync(join(dir, ".pending", file), "utf8"));
        now = retryAt.getTime();
        if (++failures === 4) stop.abort();
      },
    });
    await watchNode({ gateway: "https://127.0.0.1:1", dir, signal: stop.signal }, watching);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
  });

  it("ends when the certificate was revoked: waiting longer would not help", async () => {
    await revokeCertificate(site.world.ctx, { serial: await serial(), reason: "keyCompromise" });
    let now = Date.now();
    const watching = watch({
      now: () => now,
      onWaiting: (until) => {
        now = until.getTime();
      },
    });
    const watched = watchNode(
      { gateway: site.gateway.machineUrl, dir, signal: new AbortController().signal },
      watching,
    );
    await expect(watched).rejects.toMatchObject({ code: "certificate.revoked" });
  });

  it("ends when the certificate has expired", async () => {
    let now = Date.now();
    const watching = watch({
      now: () => now,
      onWaiting: (until) => {
        now = until.getTime();
      },
      onFailed: () => {
        now += 365 * 24 * 3_600_000;
      },
    });
    const watched = watchNode({ gateway: "https://127.0.0.1:1", dir, signal: new AbortController().signal }, watching);
    await expect(watched).rejects.toMatchObject({ code: "node.expired" });
  });
});

function watch(given: Partial<Watching>): Watching {
  return {
    now: Date.now,
    random: () => 0.5,
    onWaiting: () => {},
    onRenewed: () => {},
    onFailed: (error) => {
      throw error;
    },
    ...given,
  };
}
