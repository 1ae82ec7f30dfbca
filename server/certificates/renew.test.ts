import { afterEach, expect, it } from "vitest";
import type { Context } from "@/server/kernel/context";
import { type SubjectKey, subjectKey } from "@/server/testing/subject-key";
import { testWorld, type World } from "@/server/testing/world";
import { listAlerts, resolveAlert } from "./alerts";
import { authenticateCertificate } from "./authenticate";
import { getCertificate } from "./get";
import { issueCertificate } from "./issue";
import { renew } from "./renew";
import { revokeCertificate } from "./revoke";

const MINUTE = 60_000;
let world: World;

afterEach(() => world.close());

interface Machine {
  readonly key: SubjectKey;
  readonly serial: string;
  readonly identityId: string;
  /** The machine behind its certificate, as the gateway establishes it. */
  readonly ctx: Context;
}

async function machine(profile = "node", hours?: number): Promise<Machine> {
  world = await testWorld({ hierarchy: true });
  const key = subjectKey();
  const csr = await key.request("gpu-7", ["dns:gpu-7.swarm.local"]);
  const issued = await issueCertificate(world.ctx, { profile, csr, hours });
  const ctx = world.as(await authenticateCertificate(world.ctx, issued));
  world.forget();
  return { key, serial: issued.serial, identityId: issued.identityId, ctx };
}

it("gives a new certificate for the same names and lifetime, and links the two", async () => {
  const { ctx, serial } = await machine("node", 24);
  world.clock.advance(16 * 60 * MINUTE);

  const renewed = await renew(ctx, { csr: await subjectKey().request(null) });

  expect(renewed.serial).not.toBe(serial);
  expect(renewed.notAfter).toEqual(new Date("2026-03-14T06:32:00Z"));
  const after = await getCertificate(world.ctx, { serial: renewed.serial });
  expect(after).toMatchObject({
    sans: ["uri:spiffe://swarm.local/node/gpu-7", "dns:gpu-7.swarm.local"],
    renews: serial,
    keptItsKey: false,
    generations: [
      { serial, status: "renewed" },
      { serial: renewed.serial, isThis: true },
    ],
  });
  expect(await getCertificate(world.ctx, { serial })).toMatchObject({ status: "renewed", renewedBy: renewed.serial });
  expect(world.trail()).toMatchObject([{ kind: "certificate.renewed", detail: { renews: serial } }]);
});

it("gives a retry with the same key the same certificate, for five minutes", async () => {
  const { ctx, key } = await machine();
  const csr = await key.request("gpu-7");
  const first = await renew(ctx, { csr });
  world.clock.advance(5 * MINUTE);

  await expect(renew(ctx, { csr: await key.request("gpu-7") })).resolves.toEqual(first);
  expect(world.trail().map((entry) => entry.kind)).toEqual(["certificate.renewed"]);
});

it("gives one certificate when the same key asks twice at once", async () => {
  const { ctx, key } = await machine();
  const csr = await key.request("gpu-7");
  const [one, two] = await Promise.all([renew(ctx, { csr }), renew(ctx, { csr })]);
  expect(one).toEqual(two);
  expect(world.trail().map((entry) => entry.kind)).toEqual(["certificate.renewed"]);
});

const thefts: [string, (owner: Machine) => Promise<unknown>][] = [
  ["another key asks", async ({ ctx }) => renew(ctx, { csr: await subjectKey().request("gpu-7") })],
  [
    "the same key asks after five minutes",
    async ({ ctx, key }) => {
      world.clock.advance(5 * MINUTE + 1);
      return renew(ctx, { csr: await key.request("gpu-7") });
    },
  ],
];

it.each(thefts)("revokes the line, locks the identity and raises an alert when %s", async (_, steal) => {
  const owner = await machine();
  const { ctx, key, identityId, serial } = owner;
  const honest = await renew(ctx, { csr: await key.request("gpu-7") });
  world.forget();

  await expect(steal(owner)).rejects.toMatchObject({ code: "renewal.credential_reused", fault: "forbidden" });

  expect(await world.ctx.findIdentity(world.ctx.read, identityId)).toMatchObject({ state: "locked" });
  expect(world.trail()).toMatchObject([
    { kind: "renewal.refused", outcome: "refused", detail: { code: "renewal.credential_reused" } },
    { kind: "identity.locked", object: { type: "Identity", id: identityId } },
    { kind: "certificate.revoked", object: { id: serial }, detail: { reason: "keyCompromise" } },
    { kind: "certificate.revoked", object: { id: honest.serial }, detail: { reason: "keyCompromise" } },
    { kind: "alert.raised", detail: { serial, revoked: 2, isLocked: true } },
  ]);
  const [alert] = await listAlerts(world.ctx);
  expect(alert).toMatchObject({ identityId, serial, identityState: "locked", resolvedAt: null });
  expect(await getCertificate(world.ctx, { serial })).toMatchObject({ renewalFailure: { failures: 1 } });
  const { fingerprint } = await getCertificate(world.ctx, { serial: honest.serial });
  await expect(authenticateCertificate(world.ctx, { serial: honest.serial, fingerprint })).rejects.toMatchObject({
    code: "certificate.revoked",
  });

  await resolveAlert(world.ctx, { id: alert?.id ?? "" });
  expect(await listAlerts(world.ctx)).toEqual([]);
});

it("lets one of two different keys through when they race, and locks", async () => {
  const { ctx, identityId } = await machine();
  const requests = [await subjectKey().request("gpu-7"), await subjectKey().request("gpu-7")];
  const outcomes = await Promise.allSettled(requests.map((csr) => renew(ctx, { csr })));
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await world.ctx.findIdentity(world.ctx.read, identityId)).toMatchObject({ state: "locked" });
});

it("refuses before the window of the profile opens, says when, and counts the failure", async () => {
  world = await testWorld({ hierarchy: true });
  await world.runtime.database.writer.write(async (tx) => {
    tx.statement(
      "UPDATE profiles SET rules = json_set(rules, '$.renewalOpensAtPercent', 50) WHERE name = 'node'",
    ).run();
  });
  const key = subjectKey();
  const issued = await issueCertificate(world.ctx, { profile: "node", csr: await key.request("gpu-7"), hours: 24 });
  const ctx = world.as(await authenticateCertificate(world.ctx, issued));
  world.forget();

  await expect(renew(ctx, { csr: await key.request("gpu-7") })).rejects.toMatchObject({
    code: "renewal.too_early",
    facts: { opensAt: "2026-03-13T02:31:30.000Z" },
  });
  expect(world.trail()).toMatchObject([
    { kind: "renewal.refused", outcome: "refused", detail: { code: "renewal.too_early" } },
  ]);
  const { renewalFailure } = await getCertificate(world.ctx, { serial: issued.serial });
  expect(renewalFailure).toMatchObject({ failures: 1, lastCode: "renewal.too_early" });

  world.clock.set(new Date("2026-03-13T02:31:30Z"));
  await renew(ctx, { csr: await key.request("gpu-7") });
  expect((await getCertificate(world.ctx, { serial: issued.serial })).renewalFailure).toBeNull();
});

it("refuses names that the certificate does not have", async () => {
  const { ctx, key, serial } = await machine();
  await expect(renew(ctx, { csr: await key.request("gpu-7", ["dns:gpu-8.swarm.local"]) })).rejects.toMatchObject({
    code: "renewal.names_differ",
  });
  expect(await getCertificate(world.ctx, { serial })).toMatchObject({
    renewedBy: null,
    renewalFailure: { failures: 1 },
  });
});

it("refuses a revoked and an expired certificate, and a locked identity", async () => {
  const { ctx, key, serial, identityId } = await machine("node", 1);
  const csr = await key.request("gpu-7");
  world.clock.advance(61 * MINUTE);
  await expect(renew(ctx, { csr })).rejects.toMatchObject({ code: "certificate.expired" });
  world.clock.advance(-61 * MINUTE);
  await revokeCertificate(world.ctx, { serial });
  await expect(renew(ctx, { csr })).rejects.toMatchObject({ code: "certificate.revoked" });

  const other = await issueCertificate(world.ctx, { profile: "node", csr });
  const again = world.as(await authenticateCertificate(world.ctx, other));
  await world.runtime.database.writer.write((tx) => ctx.lockIdentity(tx, identityId, "test", ctx.now()));
  await expect(renew(again, { csr })).rejects.toMatchObject({ code: "certificate.identity_not_active" });
});

it("gives nothing to an identity that is locked while its renewal is under way", async () => {
  const { ctx, key, serial, identityId } = await machine();
  const csr = await key.request("gpu-7");
  const renewal = renew(ctx, { csr });
  const locked = world.runtime.database.writer.write((tx) => ctx.lockIdentity(tx, identityId, "test", ctx.now()));
  await expect(renewal).rejects.toMatchObject({ code: "certificate.identity_not_active" });
  await locked;
  expect(await getCertificate(world.ctx, { serial })).toMatchObject({ renewedBy: null });
});

it("refuses whoever comes without a certificate, or with another's", async () => {
  const { key, serial } = await machine();
  const csr = await key.request("gpu-7");
  await expect(renew(world.ctx, { csr })).rejects.toMatchObject({ code: "kernel.unauthenticated" });
  const other = world.as({
    kind: "node",
    id: "idn_other",
    roles: [],
    provedBy: ["certificate"],
    certificateSerial: serial,
  });
  await expect(renew(other, { csr })).rejects.toMatchObject({ code: "kernel.forbidden" });
  expect(world.trail()).toMatchObject([{ kind: "denied", action: "certificate.renew" }]);
});
