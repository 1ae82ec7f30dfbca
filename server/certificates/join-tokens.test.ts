import { afterEach, expect, it } from "vitest";
import { lockIdentity } from "@/server/identities/lock-identity";
import { unlockIdentity } from "@/server/identities/unlock-identity";
import { addPerson, terminalOf } from "@/server/testing/people";
import { subjectKey } from "@/server/testing/subject-key";
import { AUDITOR, TEAM_LEAD, testWorld, type World } from "@/server/testing/world";
import { issueCertificate } from "./issue";
import { createJoinToken, listJoinTokens, revokeJoinToken } from "./join-tokens";

let world: World;

afterEach(() => world.close());

it("makes a token with the command that uses it, and says so without its secret", async () => {
  world = await testWorld({ hierarchy: true });
  const created = await createJoinToken(world.ctx, { kind: "node", name: "gpu-7" });

  expect(created).toMatchObject({
    state: "open",
    profile: { name: "node" },
    expiresAt: new Date("2026-03-12T14:47:00Z"),
  });
  expect(created.enrollCommand).toContain(`printf '%s\\n' ${created.token} | npm run --silent swarm -- enroll`);
  expect(created.enrollCommand).toMatch(/ --token-stdin --out \.\/gpu-7$/);
  expect(created.enrollCommand).toMatch(/echo "[0-9a-f]{64} {2}bundle.pem" \| sha256sum -c -/);
  expect(world.trail()).toMatchObject([{ kind: "join_token.created", object: { id: created.id, name: "gpu-7" } }]);
  expect(JSON.stringify(world.trail())).not.toContain(created.token);
});

it.each([AUDITOR, TEAM_LEAD])("refuses $name and leaves only the refusal", async (actor) => {
  world = await testWorld({ hierarchy: true, as: actor });
  await expect(createJoinToken(world.ctx, { kind: "node", name: "gpu-7" })).rejects.toMatchObject({
    code: "kernel.forbidden",
  });
  expect(world.trail()).toMatchObject([{ kind: "denied", action: "join_token.create" }]);
  expect((await listJoinTokens(world.as({ roles: ["admin"] }), {})).items).toEqual([]);
});

it("refuses a profile of another kind, and one that does not exist", async () => {
  world = await testWorld({ hierarchy: true });
  const wish = { kind: "node", name: "gpu-7" } as const;
  await expect(createJoinToken(world.ctx, { ...wish, profile: "service" })).rejects.toMatchObject({
    facts: { findings: [{ code: "profile.kind" }] },
  });
  await expect(createJoinToken(world.ctx, { ...wish, profile: "nope" })).rejects.toMatchObject({
    code: "kernel.missing",
  });
});

it("refuses the name of a machine of the other kind, which would share its DNS name", async () => {
  world = await testWorld({ hierarchy: true });
  await issueCertificate(world.ctx, { profile: "service", csr: await subjectKey().request("db") });
  world.forget();
  await expect(createJoinToken(world.ctx, { kind: "node", name: "db" })).rejects.toMatchObject({
    code: "identity.machine_name_taken",
  });
  expect(world.trail()).toEqual([]);
});

it("lists by state, newest first, page by page, with counts", async () => {
  world = await testWorld({ hierarchy: true });
  const short = await createJoinToken(world.ctx, { kind: "node", name: "n1", ttlMinutes: 1 });
  world.clock.advance(61_000);
  const second = await createJoinToken(world.ctx, { kind: "node", name: "n2" });
  world.clock.advance(1000);
  const third = await createJoinToken(world.ctx, { kind: "service", name: "s1" });
  await revokeJoinToken(world.ctx, { id: third.id });

  const page = await listJoinTokens(world.ctx, { limit: 2 });
  expect(page.items.map((token) => token.id)).toEqual([third.id, second.id]);
  expect(page.counts).toEqual({ open: 1, used: 0, expired: 1, revoked: 1 });
  const rest = await listJoinTokens(world.ctx, { limit: 2, after: page.next ?? "" });
  expect(rest).toMatchObject({ items: [{ id: short.id, state: "expired" }], next: null });
  expect((await listJoinTokens(world.ctx, { state: "open" })).items).toMatchObject([{ id: second.id }]);
});

it("revokes an open token once", async () => {
  world = await testWorld({ hierarchy: true });
  const { id } = await createJoinToken(world.ctx, { kind: "node", name: "gpu-7" });
  await expect(revokeJoinToken(world.ctx, { id })).resolves.toMatchObject({ state: "revoked" });
  await expect(revokeJoinToken(world.ctx, { id })).rejects.toMatchObject({ code: "join_token.not_open" });
  await expect(revokeJoinToken(world.ctx, { id: "jtk_none" })).rejects.toMatchObject({ code: "kernel.missing" });
});

it("says of an open token that it lets nobody in while whoever made it is locked", async () => {
  world = await testWorld({ hierarchy: true });
  const mara = await addPerson(world, { role: "admin" });
  await addPerson(world, { email: "hanna@swarm.local", role: "admin" });
  const hers = await createJoinToken(mara.ctx, { kind: "node", name: "gpu-7" });
  const operators = await createJoinToken(terminalOf(world), { kind: "node", name: "gpu-8" });
  const open = async () => {
    const { items } = await listJoinTokens(world.ctx, { state: "open" });
    return Object.fromEntries(items.map(({ id, refusedBecause }) => [id, refusedBecause]));
  };
  await lockIdentity(world.ctx, { id: mara.id, reason: "lost laptop" });
  expect(await open()).toEqual({ [operators.id]: null, [hers.id]: `${mara.displayName} is locked` });
  await unlockIdentity(world.ctx, { id: mara.id });
  expect(await open()).toEqual({ [operators.id]: null, [hers.id]: null });
});
