import { afterEach, expect, it } from "vitest";
import { subjectKey } from "@/server/testing/subject-key";
import { processActor, testWorld, type World } from "@/server/testing/world";
import { authenticateCertificate, flushSeen, noteSeen } from "./authenticate";
import { getCertificate } from "./get";
import { issueCertificate } from "./issue";
import { revokeCertificate } from "./revoke";
import { markRenewed } from "./store";

let world: World;

afterEach(() => world.close());

async function issued() {
  world = await testWorld({ hierarchy: true });
  return issueCertificate(world.ctx, { profile: "node", csr: await subjectKey().request("gpu-7"), hours: 1 });
}

it("knows a certificate as TLS presents it, and whom it stands for", async () => {
  const { serial, fingerprint, identityId } = await issued();
  const presented = {
    serial: serial.replace(/^0+/, "").toUpperCase(),
    fingerprint: (fingerprint.match(/../g) ?? []).join(":").toUpperCase(),
  };
  expect(await authenticateCertificate(world.ctx, presented)).toEqual({
    kind: "node",
    id: identityId,
    name: "gpu-7",
    roles: [],
    scopes: {},
    teams: [],
    provedBy: ["certificate"],
    certificateSerial: serial,
  });
});

it("refuses what is unknown, another's, expired, revoked or locked, at the very next question", async () => {
  const certificate = await issued();
  const { serial, fingerprint, identityId } = certificate;
  const ask = (presented = { serial, fingerprint }) => authenticateCertificate(world.ctx, presented);

  await expect(ask({ serial: "ab", fingerprint })).rejects.toMatchObject({ code: "certificate.unknown" });
  await expect(ask({ serial, fingerprint: "00" })).rejects.toMatchObject({ code: "certificate.unknown" });
  world.clock.advance(3_600_000);
  await expect(ask()).rejects.toMatchObject({ code: "certificate.expired", fault: "unauthenticated" });
  world.clock.advance(-3_600_000);
  await ask();
  await world.runtime.database.writer.write((tx) => world.ctx.lockIdentity(tx, identityId, "test", world.clock.now()));
  await expect(ask()).rejects.toMatchObject({ code: "certificate.identity_not_active" });
  await revokeCertificate(world.ctx, { serial });
  await expect(ask()).rejects.toMatchObject({ code: "certificate.revoked" });
});

it("finds it suspicious when a certificate is used after it was renewed", async () => {
  const { serial, fingerprint } = await issued();
  await world.runtime.database.writer.write(async (tx) => void markRenewed(tx, serial, "ab", world.clock.now()));
  expect(await authenticateCertificate(world.ctx, { serial, fingerprint })).toMatchObject({
    risk: ["superseded_certificate"],
  });
});

it("writes down in one batch when certificates were last seen", async () => {
  const { serial, identityId } = await issued();
  const jobs = world.as(processActor("jobs"));
  world.forget();
  expect(await flushSeen(jobs)).toBe(0);
  expect(world.trail()).toEqual([]);

  noteSeen(world.ctx, serial);
  world.clock.advance(1000);
  noteSeen(world.ctx, serial);
  expect(await flushSeen(jobs)).toBe(1);
  expect(await getCertificate(world.ctx, { serial })).toMatchObject({
    lastSeenAt: world.clock.now(),
    lastSeenAddress: "192.0.2.7",
  });
  const bearer = world.ctx.read.statement(
    "SELECT last_seen_at AS at, last_seen_address AS address FROM identities WHERE id = ?",
  );
  expect(bearer.get(identityId)).toEqual({ at: world.clock.now().getTime(), address: "192.0.2.7" });
  expect(await flushSeen(jobs)).toBe(0);
});
