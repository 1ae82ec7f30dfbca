import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issueCertificate } from "@/server/certificates/issue";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { authorize, commit } from "@/server/kernel/permit";
import { addPerson, peopleWorld, type Person, signInAs, strangerOf } from "@/server/testing/people";
import { AUDITOR, testWorld, type World } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { CreateMachineInput, ListIdentitiesInput } from "./contract";
import { createMachine } from "./create-machine";
import { getIdentity } from "./get-identity";
import { listIdentities } from "./list-identities";
import { lockIdentity } from "./lock-identity";
import { readConsequences } from "./read-consequences";
import { retireIdentity } from "./retire-identity";
import { unlockIdentity } from "./unlock-identity";

let world: World;
let mara: Person;
beforeEach(async () => {
  world = await peopleWorld();
  mara = await addPerson(world);
});
afterEach(() => world.close());

const reason = "lost laptop";

describe("locking", () => {
  it("ends sessions, refuses sign-in and says why; unlocking opens it again", async () => {
    await signInAs(world, mara);
    world.forget();
    const locked = await lockIdentity(world.ctx, { id: mara.id, reason });
    expect(locked).toMatchObject({ state: "locked", stateReason: reason, stateChangedAt: world.clock.now() });
    expect(world.trail()).toMatchObject([
      {
        kind: "identity.locked",
        object: { id: mara.id },
        detail: { reason, endedSessions: 1 },
        before: { state: "active" },
        after: { state: "locked" },
      },
    ]);
    await expect(signInAs(world, mara)).rejects.toMatchObject({ code: "sign_in.refused" });

    expect(await unlockIdentity(world.ctx, { id: mara.id })).toMatchObject({ state: "active", stateReason: null });
    await expect(signInAs(world, mara)).resolves.toMatchObject({ status: "signed_in" });
  });

  it("is refused to those who may not, and changes nothing", async () => {
    for (const verb of [lockIdentity, unlockIdentity, retireIdentity]) {
      await expect(verb(world.as(AUDITOR), { id: mara.id, reason })).rejects.toMatchObject({
        code: "kernel.forbidden",
      });
    }
    expect(world.trail().map((entry) => [entry.kind, entry.action])).toEqual([
      ["denied", "identity.lock"],
      ["denied", "identity.unlock"],
      ["denied", "identity.retire"],
    ]);
    expect(await getIdentity(world.ctx, { id: mara.id })).toMatchObject({ state: "active" });
  });

  it("is counted by state", async () => {
    const node = await createMachine(world.ctx, CreateMachineInput.parse({ kind: "node", name: "gpu-7" }));
    await createMachine(world.ctx, CreateMachineInput.parse({ kind: "node", name: "gpu-8" }));
    await lockIdentity(world.ctx, { id: node.id, reason });
    const page = await listIdentities(world.ctx, ListIdentitiesInput.parse({ kind: "node", state: "locked" }));
    expect(page).toMatchObject({ total: 1, byState: { active: 1, locked: 1, retired: 0 }, items: [{ name: "gpu-7" }] });
  });
});

describe("retiring", () => {
  it("is told before, and done once for all: no session, no password, no way back", async () => {
    const { token } = await signInAs(world, mara);
    world.forget();
    expect(await readConsequences(world.ctx, { id: mara.id })).toMatchObject({
      identity: { id: mara.id },
      openSessions: 1,
      grants: 0,
      validCertificates: 0,
      isLastAdmin: false,
    });
    await retireIdentity(world.ctx, { id: mara.id, reason: "left" });
    expect(await authenticateSession(strangerOf(world), token)).toBeUndefined();
    expect(world.trail()).toMatchObject([
      { kind: "identity.retired", detail: { reason: "left", endedSessions: 1, revokedSerials: [] } },
    ]);
    for (const verb of [lockIdentity, unlockIdentity, retireIdentity]) {
      await expect(verb(world.ctx, { id: mara.id, reason })).rejects.toMatchObject({ code: "identity.retired" });
    }
    await expect(signInAs(world, mara)).rejects.toMatchObject({ code: "sign_in.refused" });
  });
});

describe("retiring somebody who holds roles", () => {
  it("ends their grants, after telling how many", async () => {
    const tomas = await addPerson(world, { email: "tomas@swarm.local", role: "auditor" });
    const { id } = tomas;
    expect(await readConsequences(world.ctx, { id })).toMatchObject({ grants: 1 });
    await retireIdentity(world.ctx, { id, reason: "left" });
    expect(await readConsequences(world.ctx, { id })).toMatchObject({ grants: 0 });
    expect(world.trail()).toMatchObject([
      { kind: "identity.retired", detail: { endedGrants: 1 } },
      { kind: "grant.ended", object: { id } },
    ]);
  });
});

describe("retiring a machine", () => {
  it("revokes its certificates in the same commit, after telling how many", async () => {
    const grown = await testWorld({ hierarchy: true });
    try {
      const csr = await requestFor(await makeKey("p256"));
      const { serial } = await issueCertificate(grown.ctx, { profile: "node", name: "gpu-7", csr });
      const node = await grown.ctx.findIdentityByName(grown.ctx.read, "node", "gpu-7");
      const id = node?.id ?? "";
      grown.forget();
      expect(await readConsequences(grown.ctx, { id })).toMatchObject({ validCertificates: 1, openSessions: 0 });
      expect(await retireIdentity(grown.ctx, { id, reason: "scrapped" })).toMatchObject({ state: "retired" });
      expect(await readConsequences(grown.ctx, { id })).toMatchObject({ validCertificates: 0 });
      expect(grown.trail()).toMatchObject([{ kind: "identity.retired", detail: { revokedSerials: [serial] } }]);
    } finally {
      grown.close();
    }
  });
});

describe("an identity", () => {
  it("is never deleted and never becomes another kind, whoever writes", async () => {
    const permit = await authorize(world.ctx, "identity.update", { type: "Identity", id: mara.id });
    const write = (sql: string) =>
      commit(permit, async (tx) => ({ value: tx.statement(sql).run(mara.id), event: { kind: "test" } }));
    await expect(write("DELETE FROM identities WHERE id = ?")).rejects.toThrow(/never deleted|FOREIGN KEY/);
    await expect(write("UPDATE identities SET kind = 'node', email = NULL WHERE id = ?")).rejects.toThrow(/stays what/);
    expect(world.trail()).toEqual([]);
  });
});

describe("the last active security admin", () => {
  it("can be neither locked nor retired, by anybody", async () => {
    const admin = await addPerson(world, { email: "admin@swarm.local", role: "admin" });
    expect(await readConsequences(world.ctx, { id: admin.id })).toMatchObject({ isLastAdmin: true });
    for (const verb of [lockIdentity, retireIdentity]) {
      for (const ctx of [world.ctx, admin.ctx]) {
        await expect(verb(ctx, { id: admin.id, reason })).rejects.toMatchObject({ code: "identity.last_admin" });
      }
    }
    expect(world.trail()).toEqual([]);
  });

  it("is no longer the last once there is another one, and is again when that one is locked", async () => {
    const admin = await addPerson(world, { email: "admin@swarm.local", role: "admin" });
    const second = await addPerson(world, { email: "second@swarm.local", role: "admin" });
    await lockIdentity(world.ctx, { id: second.id, reason });
    const attempt = lockIdentity(world.ctx, { id: admin.id, reason });
    await expect(attempt).rejects.toMatchObject({ code: "identity.last_admin" });
    await unlockIdentity(world.ctx, { id: second.id });
    await expect(lockIdentity(world.ctx, { id: admin.id, reason })).resolves.toMatchObject({ state: "locked" });
  });

  it("stays when two admins lock each other at the same moment", async () => {
    const one = await addPerson(world, { email: "one@swarm.local", role: "admin" });
    const two = await addPerson(world, { email: "two@swarm.local", role: "admin" });
    const both = await Promise.allSettled([
      lockIdentity(one.ctx, { id: two.id, reason }),
      lockIdentity(two.ctx, { id: one.id, reason }),
    ]);
    expect(both.map((done) => done.status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
