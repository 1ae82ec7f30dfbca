import { afterEach, expect, it } from "vitest";
import { parseCrl } from "@/server/engines/x509/crl-reader";
import { subjectKey } from "@/server/testing/subject-key";
import { AUDITOR, processActor, testWorld, type World } from "@/server/testing/world";
import { authenticateCertificate } from "./authenticate";
import { RevocationReason } from "./contract";
import { readCrl } from "./crl";
import { issueCertificate } from "./issue";
import { previewRevocation } from "./preview-revocation";
import { publishCrl } from "./publish-crl";
import { renew } from "./renew";
import { revokeCertificate, revokeOwnCertificate } from "./revoke";

let world: World;

afterEach(() => world.close());

async function issued(name = "gpu-7", hours?: number) {
  return issueCertificate(world.ctx, { profile: "node", csr: await subjectKey().request(name), hours });
}

it.each(RevocationReason.options)("revokes with reason %s, which the next CRL says", async (reason) => {
  world = await testWorld({ hierarchy: true });
  const { serial, fingerprint } = await issued();
  world.forget();

  await expect(revokeCertificate(world.ctx, { serial, reason })).resolves.toMatchObject({
    status: "revoked",
    revocationReason: reason,
  });
  expect(world.trail()).toMatchObject([{ kind: "certificate.revoked", object: { id: serial }, detail: { reason } }]);
  await expect(authenticateCertificate(world.ctx, { serial, fingerprint })).rejects.toMatchObject({
    code: "certificate.revoked",
  });
  await publishCrl(world.as(processActor("jobs")), { authority: "nodes" });
  const { entries } = parseCrl((await readCrl(world.ctx, "nodes")).der);
  expect(entries).toMatchObject([{ serial, reason }]);
});

it("leaves only the refusal when the policy says no", async () => {
  world = await testWorld({ hierarchy: true });
  const { serial } = await issued();
  world.forget();
  await expect(revokeCertificate(world.as(AUDITOR), { serial })).rejects.toMatchObject({ code: "kernel.forbidden" });
  expect(world.trail()).toMatchObject([{ kind: "denied", action: "certificate.revoke", object: { id: serial } }]);
  expect((await previewRevocation(world.ctx, { serial })).isRevocable).toBe(true);
});

it("refuses what is revoked, expired or unknown", async () => {
  world = await testWorld({ hierarchy: true });
  const { serial } = await issued();
  const short = await issued("gpu-8", 1);
  await revokeCertificate(world.ctx, { serial });
  await expect(revokeCertificate(world.ctx, { serial })).rejects.toMatchObject({ code: "certificate.not_revocable" });
  world.clock.advance(3_600_000);
  await expect(revokeCertificate(world.ctx, short)).rejects.toMatchObject({ code: "certificate.not_revocable" });
  await expect(revokeCertificate(world.ctx, { serial: "0".repeat(32) })).rejects.toMatchObject({
    code: "kernel.missing",
  });
});

it("lets a machine revoke its own certificate and no other", async () => {
  world = await testWorld({ hierarchy: true });
  const own = await issued();
  const other = await issued("gpu-8");
  const machine = world.as(await authenticateCertificate(world.ctx, own));
  await expect(revokeCertificate(machine, other)).rejects.toMatchObject({ code: "kernel.forbidden" });
  await expect(revokeOwnCertificate(machine, {})).resolves.toMatchObject({ serial: own.serial, status: "revoked" });
  await expect(revokeOwnCertificate(world.ctx, {})).rejects.toMatchObject({ code: "kernel.unauthenticated" });
});

it("tells the consequences before", async () => {
  world = await testWorld({ hierarchy: true });
  const first = await issued();
  expect(await previewRevocation(world.ctx, first)).toMatchObject({
    isCutOff: true,
    newerValid: null,
    summary: "node gpu-7 is cut off at once; no newer certificate exists",
  });

  const machine = world.as(await authenticateCertificate(world.ctx, first));
  const renewed = await renew(machine, { csr: await subjectKey().request("gpu-7") });
  expect(await previewRevocation(world.ctx, first)).toMatchObject({
    isCutOff: false,
    newerValid: { serial: renewed.serial },
    otherValidCount: 1,
  });
  expect(await previewRevocation(world.ctx, renewed)).toMatchObject({
    isCutOff: false,
    newerValid: null,
    otherValidCount: 1,
  });

  await revokeCertificate(world.ctx, first);
  expect(await previewRevocation(world.ctx, first)).toMatchObject({ isRevocable: false, otherValidCount: 1 });
  expect(await previewRevocation(world.ctx, renewed)).toMatchObject({ isCutOff: true });
});

it("revokes everything of an identity through the port, once", async () => {
  world = await testWorld({ hierarchy: true });
  const first = await issued();
  const second = await issued();
  await issued("gpu-8");
  const { ctx } = world;
  const revokeAll = () =>
    world.runtime.database.writer.write((tx) =>
      ctx.revokeCertificatesOf(tx, first.identityId, "cessationOfOperation", ctx.now()),
    );
  expect(await ctx.countValidCertificates(ctx.read, first.identityId, ctx.now())).toBe(2);
  expect((await revokeAll()).sort()).toEqual([first.serial, second.serial].sort());
  expect(await ctx.countValidCertificates(ctx.read, first.identityId, ctx.now())).toBe(0);
  expect(await revokeAll()).toEqual([]);
});
