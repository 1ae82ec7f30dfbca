import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/server/kernel/context";
import { subjectKey } from "@/server/testing/subject-key";
import { ANONYMOUS, testWorld, type World } from "@/server/testing/world";
import { readAttention } from "./attention";
import { authenticateCertificate } from "./authenticate";
import { issueCertificate } from "./issue";
import { renew } from "./renew";

const HOUR = 3_600_000;
let world: World;
let node: Context;
beforeEach(async () => {
  world = await testWorld({ hierarchy: true });
  const csr = await subjectKey().request("gpu-7", ["dns:gpu-7.swarm.local"]);
  node = world.as(
    await authenticateCertificate(world.ctx, await issueCertificate(world.ctx, { profile: "node", csr, hours: 24 })),
  );
});
afterEach(() => world.close());

describe("what needs a person", () => {
  it("is only where the master key lies, when all is well", async () => {
    expect(await readAttention(world.ctx)).toEqual({
      alerts: [],
      failedRenewals: [],
      lateCrls: [],
      keyProtection: { master: "file", besideDatabase: true },
    });
  });

  it("is a certificate whose renewal was refused, until it is renewed", async () => {
    world.clock.advance(16 * HOUR);
    await expect(
      renew(node, { csr: await subjectKey().request("other", ["dns:other.example.com"]) }),
    ).rejects.toThrow();
    const { failedRenewals } = await readAttention(world.ctx);
    expect(failedRenewals).toMatchObject([{ name: "gpu-7", failures: 1 }]);

    await renew(node, { csr: await subjectKey().request(null) });
    expect((await readAttention(world.ctx)).failedRenewals).toEqual([]);
  });

  it("is an identity whose certificate was renewed twice", async () => {
    world.clock.advance(16 * HOUR);
    await renew(node, { csr: await subjectKey().request(null) });
    await expect(renew(node, { csr: await subjectKey().request(null) })).rejects.toThrow();
    expect(await readAttention(world.ctx)).toMatchObject({
      alerts: [{ identityName: "gpu-7", identityState: "locked" }],
    });
  });

  it("is a revocation list past its next update", async () => {
    world.clock.advance(48 * HOUR);
    const { lateCrls } = await readAttention(world.ctx);
    expect(lateCrls.map((crl) => crl.slug)).toContain("nodes");
  });

  it("is nobody's business who is not signed in", async () => {
    await expect(readAttention(world.as(ANONYMOUS))).rejects.toMatchObject({ code: "kernel.forbidden" });
  });
});
