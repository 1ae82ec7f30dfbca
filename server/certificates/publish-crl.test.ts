import { afterEach, expect, it } from "vitest";
import { parseCrl } from "@/server/engines/x509/crl-reader";
import { openRuntime } from "@/server/platform/composition";
import { subjectKey } from "@/server/testing/subject-key";
import { processActor, testWorld, type World } from "@/server/testing/world";
import type { Context } from "@/server/kernel/context";
import { crlHealth, readCrl } from "./crl";
import { issueCertificate } from "./issue";
import { crlsDue, publishCrl } from "./publish-crl";
import { revokeCertificate } from "./revoke";

const HOUR = 3_600_000;
let world: World;
let jobs: Context;

afterEach(() => world.close());

async function freshWorld() {
  world = await testWorld({ hierarchy: true });
  jobs = world.as(processActor("jobs"));
}

async function revoked(name: string, hours = 24): Promise<string> {
  const { serial } = await issueCertificate(world.ctx, {
    profile: "node",
    csr: await subjectKey().request(name),
    hours,
  });
  await revokeCertificate(world.ctx, { serial });
  return serial;
}

async function current() {
  return parseCrl((await readCrl(jobs, "nodes")).der);
}

it("gives every authority a first CRL that speaks for its scope", async () => {
  await freshWorld();
  for (const [slug, scope] of [
    ["root", "authority"],
    ["nodes", "user"],
    ["services", "user"],
    ["users", "user"],
  ] as const) {
    const crl = parseCrl((await readCrl(jobs, slug)).der);
    expect(crl).toMatchObject({ number: 1n, only: scope, entries: [] });
    expect(crl.authorityKeyIdentifier).not.toBeNull();
    expect(Number(crl.nextUpdate) - Number(crl.thisUpdate)).toBe(24 * HOUR);
  }
  expect(await crlsDue(jobs)).toEqual([]);
});

it("is due after a revocation, holds it once published, and counts up", async () => {
  await freshWorld();
  const first = await revoked("gpu-1");
  expect(await crlsDue(jobs)).toMatchObject([{ slug: "nodes", because: "revocation" }]);
  world.forget();

  await expect(publishCrl(jobs, { authority: "nodes" })).resolves.toMatchObject({
    number: 2,
    entryCount: 1,
    state: "fresh",
  });
  expect(world.trail()).toMatchObject([{ kind: "crl.published", detail: { issuer: "nodes", number: 2, entries: 1 } }]);
  expect(await crlsDue(jobs)).toEqual([]);

  const second = await revoked("gpu-2");
  await publishCrl(jobs, { authority: "nodes" });
  const crl = await current();
  expect(crl.number).toBe(3n);
  expect(crl.entries.map((entry) => entry.serial)).toEqual([first, second]);
});

it("is due on a clock at half of its life, and late after it", async () => {
  await freshWorld();
  world.clock.advance(12 * HOUR);
  expect((await crlsDue(jobs)).map((due) => [due.slug, due.because])).toEqual([
    ["root", "clock"],
    ["nodes", "clock"],
    ["services", "clock"],
    ["users", "clock"],
  ]);
  world.clock.advance(12 * HOUR);
  expect(await crlHealth(jobs)).toMatchObject({ isFresh: false, late: ["root", "nodes", "services", "users"] });
  for (const { slug } of await crlsDue(jobs)) await publishCrl(jobs, { authority: slug });
  expect(await crlHealth(jobs)).toEqual({ isFresh: true, late: [] });
});

it("lets an entry leave after one CRL has named it past its expiry", async () => {
  await freshWorld();
  const short = await revoked("gpu-1", 1);
  const long = await revoked("gpu-2", 48);
  const serials = async () => {
    await publishCrl(jobs, { authority: "nodes" });
    return (await current()).entries.map((entry) => entry.serial);
  };
  expect(await serials()).toEqual([short, long]);
  world.clock.advance(2 * HOUR);
  expect(await serials()).toEqual([short, long]);
  world.clock.advance(1000);
  expect(await serials()).toEqual([long]);
  const kept = world.ctx.read.statement("SELECT serial FROM crl_entries").all();
  expect(kept).toEqual([{ serial: long }]);
});

it("never lets the number go back or repeat when two processes publish at once", async () => {
  await freshWorld();
  await revoked("gpu-1");
  const second = await openRuntime(world.runtime.settings, "second", {
    now: world.clock.now,
    logger: world.runtime.logger,
  });
  const other = second.contextFor(processActor("jobs"), { address: null, userAgent: null, requestId: "req_2" });
  try {
    const published = await Promise.all(
      Array.from({ length: 4 }, (_, index) => publishCrl(index % 2 === 0 ? jobs : other, { authority: "nodes" })),
    );
    expect(published.map((crl) => crl.number).sort((a, b) => a - b)).toEqual([2, 3, 4, 5]);
    await revoked("gpu-2");
    await publishCrl(other, { authority: "nodes" });
    expect((await current()).entries).toHaveLength(2);
  } finally {
    second.close();
  }
});

it("is refused to those who may not", async () => {
  world = await testWorld({ hierarchy: true, may: [] });
  await expect(publishCrl(world.ctx, { authority: "nodes" })).rejects.toMatchObject({ code: "kernel.forbidden" });
  expect(world.trail()).toMatchObject([{ kind: "denied", action: "authority.publish_crl" }]);
});
