import { afterEach, expect, it } from "vitest";
import { parseCrl } from "@/server/engines/x509/crl-reader";
import { readConsequences } from "@/server/identities/read-consequences";
import { retireIdentity } from "@/server/identities/retire-identity";
import { unlockIdentity } from "@/server/identities/unlock-identity";
import { addPerson } from "@/server/testing/people";
import { subjectKey } from "@/server/testing/subject-key";
import { ANONYMOUS, processActor, testWorld, type World } from "@/server/testing/world";
import { listAlerts } from "./alerts";
import { authenticateCertificate } from "./authenticate";
import type { IssuedCertificate } from "./contract";
import { readCrl } from "./crl";
import { enroll } from "./enroll";
import { getCertificate } from "./get";
import { issueCertificate } from "./issue";
import { createJoinToken } from "./join-tokens";
import { publishCrl } from "./publish-crl";
import { renew } from "./renew";

let world: World;

afterEach(() => world.close());

async function issue(profile = "service", name = "api"): Promise<IssuedCertificate> {
  return issueCertificate(world.ctx, { profile, csr: await subjectKey().request(name), hours: 24 });
}

/** Renews with a new key, as whoever holds the key of this certificate can. */
async function renewFrom(serial: string): Promise<string> {
  const { fingerprint } = await getCertificate(world.ctx, { serial });
  const ctx = world.as(await authenticateCertificate(world.ctx, { serial, fingerprint }));
  return (await renew(ctx, { csr: await subjectKey().request(null) })).serial;
}

async function reuse(serial: string): Promise<void> {
  await expect(renewFrom(serial)).rejects.toMatchObject({ code: "renewal.credential_reused" });
}

async function statusOf(...serials: string[]): Promise<string[]> {
  return Promise.all(serials.map(async (serial) => (await getCertificate(world.ctx, { serial })).status));
}

/** A service with two replicas. One has renewed three times, and somebody copied its second certificate. */
async function copied() {
  world = await testWorld({ hierarchy: true });
  const [first, replica] = [await issue(), await issue()];
  const second = await renewFrom(first.serial);
  const third = await renewFrom(second);
  const fourth = await renewFrom(third);
  await reuse(second);
  const { identityId } = first;
  return { identityId, line: [first.serial, second, third, fourth], replica: replica.serial, second };
}

it("ends the whole line of a copied key, on the next CRL too, and no other line of the identity", async () => {
  const { line, replica } = await copied();
  expect(await statusOf(...line)).toEqual(["revoked", "revoked", "revoked", "revoked"]);
  expect(await statusOf(replica)).toEqual(["active"]);

  await publishCrl(world.as(processActor("jobs")), { authority: "services" });
  const { entries } = parseCrl((await readCrl(world.ctx, "services")).der);
  expect(entries.map(({ serial }) => serial).sort()).toEqual([...line].sort());
  expect(new Set(entries.map(({ reason }) => reason))).toEqual(new Set(["keyCompromise"]));
});

it("brings back by unlocking what was not copied, settles the alert, and lets the machine enrol anew", async () => {
  const { identityId, line, replica, second } = await copied();
  expect(await readConsequences(world.ctx, { id: identityId })).toMatchObject({
    validCertificates: 1,
    thefts: [{ serial: second, raisedAt: world.clock.now(), certificates: line }],
  });
  world.forget();

  await unlockIdentity(world.ctx, { id: identityId });

  expect(world.trail()).toMatchObject([
    { kind: "identity.unlocked", object: { id: identityId } },
    { kind: "alert.resolved", object: { id: identityId }, detail: { kind: "stolen_credential", serial: second } },
  ]);
  expect(await listAlerts(world.ctx)).toEqual([]);
  expect(await statusOf(...line)).toEqual(["revoked", "revoked", "revoked", "revoked"]);
  await expect(renewFrom(replica)).resolves.toMatch(/^[0-9a-f]{32}$/);
  for (const serial of line) await expect(renewFrom(serial)).rejects.toMatchObject({ code: "certificate.revoked" });

  const { token } = await createJoinToken(world.ctx, { kind: "service", name: "api" });
  const enrolled = await enroll(world.as(ANONYMOUS), { token, csr: await subjectKey().request("api") });
  expect(await statusOf(enrolled.serial)).toEqual(["active"]);
});

it("revokes by unlocking what an alert of an earlier version left valid, even when somebody had looked at it", async () => {
  world = await testWorld({ hierarchy: true });
  const first = await issue();
  const second = await renewFrom(first.serial);
  const { identityId } = first;
  await world.runtime.database.writer.write(async (tx) => {
    await world.ctx.lockIdentity(tx, identityId, "test", world.clock.now());
    tx.statement(
      "INSERT INTO alerts (id, kind, identity_id, serial, detail, raised_at, resolved_at, resolved_by) VALUES ('alt_1', 'stolen_credential', ?, ?, 'two hold its key', 1, 2, 'Priya')",
    ).run(identityId, first.serial);
  });
  expect(await statusOf(first.serial, second)).toEqual(["renewed", "active"]);
  world.forget();

  await unlockIdentity(world.ctx, { id: identityId });

  expect(await statusOf(first.serial, second)).toEqual(["revoked", "revoked"]);
  expect(world.trail().map(({ kind }) => kind)).toEqual([
    "identity.unlocked",
    "certificate.revoked",
    "certificate.revoked",
  ]);
});

it("is settled by retiring the identity, too", async () => {
  const { identityId, replica } = await copied();
  world.forget();
  await retireIdentity(world.ctx, { id: identityId, reason: "given up" });
  expect(world.trail()).toMatchObject([
    { kind: "identity.retired", detail: { revokedSerials: [replica] } },
    { kind: "alert.resolved" },
  ]);
  expect(await listAlerts(world.ctx)).toEqual([]);
});

it("raises one alarm when many renew from one certificate at once", async () => {
  world = await testWorld({ hierarchy: true });
  const { serial, fingerprint } = await issue();
  const ctx = world.as(await authenticateCertificate(world.ctx, { serial, fingerprint }));
  const requests = await Promise.all(Array.from({ length: 5 }, () => subjectKey().request(null)));
  world.forget();

  const outcomes = await Promise.allSettled(requests.map((csr) => renew(ctx, { csr })));

  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const kinds = world.trail().map(({ kind }) => kind);
  for (const once of ["identity.locked", "alert.raised", "certificate.renewed"]) {
    expect(kinds.filter((kind) => kind === once)).toHaveLength(1);
  }
  expect(await listAlerts(world.ctx)).toHaveLength(1);
});

it("leaves the last active security admin open, and revokes every certificate of theirs instead", async () => {
  world = await testWorld({ hierarchy: true });
  const priya = await addPerson(world, { email: "priya@swarm.local", role: "admin" });
  const [one, other] = [await issue("user", "priya"), await issue("user", "priya")];
  world.clock.advance(13 * 3_600_000);
  const renewed = await renewFrom(one.serial);
  world.forget();

  await reuse(one.serial);

  expect(await world.ctx.findIdentity(world.ctx.read, priya.id)).toMatchObject({ state: "active" });
  expect(await statusOf(one.serial, renewed, other.serial)).toEqual(["revoked", "revoked", "revoked"]);
  expect(await listAlerts(world.ctx)).toMatchObject([{ identityId: priya.id, identityState: "active" }]);
  const kinds = world.trail().map(({ kind }) => kind);
  expect(kinds).toContain("alert.raised");
  expect(kinds).not.toContain("identity.locked");

  await addPerson(world, { email: "hanna@swarm.local", role: "admin" });
  const third = await issue("user", "priya");
  world.clock.advance(13 * 3_600_000);
  await renewFrom(third.serial);
  await reuse(third.serial);
  expect(await world.ctx.findIdentity(world.ctx.read, priya.id)).toMatchObject({ state: "locked" });
});
