import { afterEach, expect, it } from "vitest";
import { addPerson, terminalOf } from "@/server/testing/people";
import { ANONYMOUS, testWorld, type World } from "@/server/testing/world";
import { subjectKey } from "@/server/testing/subject-key";
import type { Context } from "@/server/kernel/context";
import { lockIdentity } from "@/server/identities/lock-identity";
import { retireIdentity } from "@/server/identities/retire-identity";
import { unlockIdentity } from "@/server/identities/unlock-identity";
import { REFUSALS_AT_ONCE } from "@/server/kernel/refusal-budget";
import { enroll } from "./enroll";
import { createJoinToken, listJoinTokens, revokeJoinToken } from "./join-tokens";

let world: World;

afterEach(() => world.close());

async function worldWithToken(ttlMinutes = 15) {
  world = await testWorld({ hierarchy: true });
  const created = await createJoinToken(world.ctx, { kind: "node", name: "gpu-7", ttlMinutes });
  world.forget();
  return { ctx: world.ctx, stranger: world.as(ANONYMOUS), ...created };
}

function rowsIn(ctx: Context, table: "certificates" | "identities"): number {
  return (ctx.read.statement(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
}

it("gives a machine its certificate and makes its identity, and the token is used up", async () => {
  const { ctx, stranger, token, id } = await worldWithToken();
  const csr = await subjectKey().request("whatever", ["dns:gpu-7.swarm.local"]);

  const enrolled = await enroll(stranger, { token, csr });

  expect(enrolled).toMatchObject({ name: "gpu-7", kind: "node", spiffeId: "spiffe://swarm.local/node/gpu-7" });
  expect(enrolled.certificate).toMatch(/^-----BEGIN CERTIFICATE-----/);
  expect(enrolled.chain).toMatch(/^-----BEGIN CERTIFICATE-----/);
  const [listed] = (await listJoinTokens(ctx, {})).items;
  expect(listed).toMatchObject({ id, state: "used", usedForSerial: enrolled.serial, usedFrom: "192.0.2.7" });
  expect(world.trail()).toMatchObject([
    { kind: "certificate.issued", object: { id: enrolled.serial }, detail: { joinToken: id } },
    { kind: "identity.created", object: { name: "gpu-7" } },
    { kind: "join_token.used", object: { id } },
  ]);
});

it("gives one certificate when two race with one token", async () => {
  const { ctx, stranger, token } = await worldWithToken();
  const requests = await Promise.all(Array.from({ length: 8 }, () => subjectKey().request("gpu-7")));

  const outcomes = await Promise.allSettled(requests.map((csr) => enroll(stranger, { token, csr })));

  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "join_token.refused" });
  }
  expect(rowsIn(ctx, "certificates")).toBe(1);
  expect(world.trail().filter((entry) => entry.kind === "certificate.issued")).toHaveLength(1);
});

it("refuses a used, an expired, a revoked and an unknown token alike, and remembers each refusal", async () => {
  const { ctx, stranger, token, id } = await worldWithToken();
  const csr = await subjectKey().request("gpu-7");
  await enroll(stranger, { token, csr });
  const expiring = await createJoinToken(ctx, { kind: "node", name: "gpu-8", ttlMinutes: 1 });
  world.clock.advance(60_000);
  const revoked = await createJoinToken(ctx, { kind: "node", name: "gpu-9" });
  await revokeJoinToken(ctx, { id: revoked.id });
  world.forget();

  for (const used of [token, expiring.token, revoked.token, "swj_nobody-made-this"]) {
    await expect(enroll(stranger, { token: used, csr })).rejects.toMatchObject({
      code: "join_token.refused",
      fault: "forbidden",
    });
  }
  expect(rowsIn(ctx, "certificates")).toBe(1);
  expect(world.trail()).toMatchObject([
    { kind: "enrollment.refused", outcome: "refused", object: { id }, detail: { because: "used" } },
    { kind: "enrollment.refused", outcome: "refused", object: { id: expiring.id }, detail: { because: "expired" } },
    { kind: "enrollment.refused", outcome: "refused", object: { id: revoked.id }, detail: { because: "revoked" } },
    { kind: "enrollment.refused", outcome: "refused", detail: { because: "unknown" } },
  ]);
  expect(JSON.stringify(world.trail())).not.toContain("swj_");
});

it("remembers no more than so many refusals of one network, and lets in whoever has a good token all the same", async () => {
  const { stranger, token, ctx } = await worldWithToken();
  const spent = (await createJoinToken(ctx, { kind: "node", name: "gpu-8" })).token;
  const csr = await subjectKey().request(null);
  await enroll(stranger, { token: spent, csr });
  world.forget();

  const codes: string[] = [];
  for (let time = 0; time < REFUSALS_AT_ONCE + 10; time++) {
    const tried = time % 2 === 0 ? spent : "swj_nobody-made-this";
    codes.push(await enroll(stranger, { token: tried, csr }).then(String, (error) => error.code));
  }
  expect(new Set(codes.slice(0, REFUSALS_AT_ONCE))).toEqual(new Set(["join_token.refused"]));
  expect(new Set(codes.slice(REFUSALS_AT_ONCE))).toEqual(new Set(["kernel.too_many_refusals"]));
  expect(world.trail()).toHaveLength(REFUSALS_AT_ONCE);
  await expect(enroll(stranger, { token, csr })).resolves.toMatchObject({ name: "gpu-7" });
});

it("lets one of a node and a service of the same name enrol, for the two would share a DNS name", async () => {
  const { ctx, stranger, token } = await worldWithToken();
  const service = await createJoinToken(ctx, { kind: "service", name: "gpu-7" });
  await enroll(stranger, { token, csr: await subjectKey().request("gpu-7") });
  world.forget();

  const enrolling = enroll(stranger, { token: service.token, csr: await subjectKey().request("gpu-7") });
  await expect(enrolling).rejects.toMatchObject({ code: "identity.machine_name_taken" });
  expect(rowsIn(ctx, "certificates")).toBe(1);
  expect(rowsIn(ctx, "identities")).toBe(1);
  expect(world.trail()).toMatchObject([
    { kind: "enrollment.refused", object: { id: service.id }, detail: { code: "identity.machine_name_taken" } },
  ]);
});

it("refuses the token of somebody who was locked or retired since, and tells the auditor alone why", async () => {
  world = await testWorld({ hierarchy: true });
  const stranger = world.as(ANONYMOUS);
  const mara = await addPerson(world, { role: "admin" });
  const csr = await subjectKey().request("gpu-7");
  const { token, id } = await createJoinToken(mara.ctx, { kind: "node", name: "gpu-7" });
  const tried = () => enroll(stranger, { token, csr });
  const plain = await enroll(stranger, { token: "swj_nobody-made-this", csr }).catch((error: Error) => error.message);

  await addPerson(world, { email: "hanna@swarm.local", role: "admin" });
  await lockIdentity(world.ctx, { id: mara.id, reason: "lost laptop" });
  world.forget();
  await expect(tried()).rejects.toMatchObject({ code: "join_token.refused", message: plain, facts: {} });
  await unlockIdentity(world.ctx, { id: mara.id });
  await retireIdentity(world.ctx, { id: mara.id, reason: "left" });
  await expect(tried()).rejects.toMatchObject({ code: "join_token.refused", message: plain });

  const refusals = world.trail().filter(({ kind }) => kind === "enrollment.refused");
  expect(refusals).toMatchObject([
    { object: { id }, detail: { because: `${mara.displayName} is locked` } },
    { object: { id }, detail: { because: `${mara.displayName} is retired` } },
  ]);
  expect(rowsIn(world.ctx, "certificates")).toBe(0);
});

it("takes the token of somebody who was unlocked again, and that of an operator at the terminal", async () => {
  world = await testWorld({ hierarchy: true });
  const stranger = world.as(ANONYMOUS);
  const mara = await addPerson(world, { role: "admin" });
  await addPerson(world, { email: "hanna@swarm.local", role: "admin" });
  const hers = await createJoinToken(mara.ctx, { kind: "node", name: "gpu-7" });
  const operators = await createJoinToken(terminalOf(world), { kind: "node", name: "gpu-8" });
  await lockIdentity(world.ctx, { id: mara.id, reason: "away" });
  await unlockIdentity(world.ctx, { id: mara.id });
  for (const { token, name } of [hers, operators]) {
    await expect(enroll(stranger, { token, csr: await subjectKey().request(name) })).resolves.toMatchObject({ name });
  }
});

it("gives nothing for a token whose maker is locked while the machine enrols", async () => {
  world = await testWorld({ hierarchy: true });
  const mara = await addPerson(world, { role: "auditor" });
  const { token } = await createJoinToken(world.as({ id: mara.id }), { kind: "node", name: "gpu-7" });
  const enrolling = enroll(world.as(ANONYMOUS), { token, csr: await subjectKey().request("gpu-7") });
  const locked = lockIdentity(world.ctx, { id: mara.id, reason: "lost laptop" });
  await expect(enrolling).rejects.toMatchObject({ code: "join_token.refused" });
  await locked;
  expect(rowsIn(world.ctx, "certificates")).toBe(0);
  expect(rowsIn(world.ctx, "identities")).toBe(1);
});

it("refuses the names of another machine, and leaves the token open", async () => {
  const { ctx, stranger, token } = await worldWithToken();
  const key = subjectKey();
  for (const san of ["dns:gpu-8.swarm.local", "uri:spiffe://swarm.local/node/gpu-8", "dns:db.example.com"]) {
    await expect(enroll(stranger, { token, csr: await key.request("gpu-7", [san]) })).rejects.toMatchObject({
      code: "certificate.request_refused",
    });
  }
  expect(rowsIn(ctx, "certificates")).toBe(0);
  expect(rowsIn(ctx, "identities")).toBe(0);
  await expect(enroll(stranger, { token, csr: await key.request("gpu-7") })).resolves.toMatchObject({ name: "gpu-7" });
});

it("keeps nothing of a token but its hash", async () => {
  const { ctx, token } = await worldWithToken();
  expect(token).toMatch(/^swj_[A-Za-z0-9_-]{43}$/);
  const rows = ctx.read.statement("SELECT * FROM join_tokens").all();
  expect(JSON.stringify(rows)).not.toContain(token.slice(4));
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(token.slice(4), "base64url").toString("hex"));
});
