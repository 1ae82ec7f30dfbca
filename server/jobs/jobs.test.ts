import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issueCertificate } from "@/server/certificates/issue";
import { readCrl } from "@/server/certificates/crl";
import { getCertificate } from "@/server/certificates/get";
import { listAuthorities } from "@/server/certificates/authorities";
import { revokeCertificate } from "@/server/certificates/revoke";
import { authenticateCertificate, noteSeen } from "@/server/certificates/authenticate";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { parseCrl } from "@/server/engines/x509/crl-reader";
import { systemContext } from "@/server/gateway/gateway";
import { testWorld, type World } from "@/server/testing/world";
import { jobsOf } from "./jobs";
import type { Job } from "./scheduler";

let world: World;
let jobs: Map<string, Job>;
let contexts: number;
beforeEach(async () => {
  world = await testWorld({ hierarchy: true });
  contexts = 0;
  const contextFor = (name: string) => {
    contexts++;
    return systemContext(world.runtime, name);
  };
  jobs = new Map(jobsOf({ database: world.runtime.database, contextFor }).map((job) => [job.name, job]));
});
afterEach(() => world.close());

const run = (name: string) => jobs.get(name)?.run(() => false) ?? Promise.reject(new Error(`there is no job ${name}`));
const issue = async (name: string) =>
  issueCertificate(world.ctx, { profile: "node", name, csr: await requestFor(await makeKey("p256")) });

describe("publishing CRLs", () => {
  const crl = async (role: string) => {
    const slug =
      (await listAuthorities(world.ctx)).authorities.find((authority) => authority.role === role)?.slug ?? "";
    const { number, nextUpdate, der } = await readCrl(world.ctx, slug);
    return { number, nextUpdate, entries: parseCrl(der).entries };
  };

  it("follows a revocation, of that authority alone, and says in the log who did it", async () => {
    await run("publish-crls");
    const [before, others] = [await crl("node"), await crl("service")];
    const { serial } = await issue("gpu-7");
    await revokeCertificate(world.ctx, { serial, reason: "keyCompromise" });
    world.forget();
    await run("publish-crls");

    const after = await crl("node");
    expect(after.entries).toMatchObject([{ serial, reason: "keyCompromise" }]);
    expect(after.number).toBe(before.number + 1);
    expect((await crl("service")).number).toBe(others.number);
    expect(world.trail()).toMatchObject([{ kind: "crl.published", actor: { kind: "system", name: "publish-crls" } }]);
  });

  it("does nothing at all while nothing changes", async () => {
    await run("publish-crls");
    await run("publish-crls");
    contexts = 0;
    for (let count = 0; count < 20; count++) await run("publish-crls");
    expect(contexts).toBe(0);
  });

  it("renews CRLs long before they end, although nothing was revoked", async () => {
    await run("publish-crls");
    const before = await crl("node");
    world.clock.set(new Date(before.nextUpdate.getTime() - 60_000));
    await issue("gpu-8");
    await run("publish-crls");
    const after = await crl("node");
    expect(after.nextUpdate.getTime()).toBeGreaterThan(before.nextUpdate.getTime());
    expect(after.number).toBeGreaterThan(before.number);
  });
});

describe("writing down who was seen", () => {
  it("happens once for many requests", async () => {
    const { serial, fingerprint } = await issue("gpu-7");
    const asking = world.as({ kind: "anonymous" });
    await authenticateCertificate(asking, { serial, fingerprint });
    for (let count = 0; count < 5; count++) noteSeen(asking, serial);
    world.forget();
    await run("flush-last-seen");
    await run("flush-last-seen");
    expect(await getCertificate(world.ctx, { serial })).toMatchObject({
      lastSeenAt: world.clock.now(),
      lastSeenAddress: "192.0.2.7",
    });
    expect(world.trail()).toEqual([]);
  });
});

it("every job has a name of its own and leaves a quiet world as it is", async () => {
  expect(jobs.size).toBe(6);
  for (const job of jobs.values()) await job.run(() => false);
  world.forget();
  for (const job of jobs.values()) await job.run(() => false);
  expect(world.trail()).toEqual([]);
});
