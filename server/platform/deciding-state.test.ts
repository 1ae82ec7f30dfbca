import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issueCertificate } from "@/server/certificates/issue";
import { revokeCertificate } from "@/server/certificates/revoke";
import { createMachine } from "@/server/identities/create-machine";
import { createTeam } from "@/server/identities/create-team";
import { lockIdentity } from "@/server/identities/lock-identity";
import { updateIdentity } from "@/server/identities/update-identity";
import { publishFolder } from "@/server/policies/publish";
import { putResource } from "@/server/resources/put-resource";
import { removeResource } from "@/server/resources/remove-resource";
import { addGrant } from "@/server/roles/add-grants";
import { createRole } from "@/server/roles/change-role";
import { changeGrant, endGrant } from "@/server/roles/end-grants";
import { addPerson } from "@/server/testing/people";
import { subjectKey } from "@/server/testing/subject-key";
import { testWorld, type World } from "@/server/testing/world";
import { openRuntime, type Runtime } from "./composition";
import { decidingState, forgetDecidingStates, ReadOnce } from "./deciding-state";

let world: World;
let elsewhere: Runtime;
let node: { readonly id: string; readonly serial: string };
let person: string;
let held: string;
beforeEach(async () => {
  world = await testWorld({ hierarchy: true });
  elsewhere = await openRuntime(world.runtime.settings, "elsewhere", {
    durable: false,
    logger: pino({ level: "silent" }),
  });
  const { identityId, serial } = await issueCertificate(world.ctx, {
    profile: "node",
    csr: await subjectKey().request("gpu-7"),
    hours: 1,
  });
  node = { id: identityId, serial };
  person = (await addPerson(world, { role: "admin" })).id;
  await createTeam(world.ctx, { name: "vision" });
  held = await give("team_lead", new Date(world.clock.now().getTime() + 3_600_000));
  await put("nordwind");
});
afterEach(() => {
  elsewhere.close();
  world.close();
});

const put = (id: string) =>
  putResource(world.ctx, {
    ...{ type: "Provider", id, team: null, parents: [], labels: {} },
    attributes: { trust: "trusted" },
  });

const give = (role: string, endsAt: Date | null) =>
  addGrant(
    world.ctx,
    { kind: "identity", id: person },
    { role, scope: role === "team_lead" ? "Team::vision" : "everything", endsAt, mode: "active", reason: "for a test" },
  );

const CHANGES: Readonly<Record<string, () => Promise<unknown>>> = {
  "an identity is locked": () => lockIdentity(world.ctx, { id: node.id, reason: "for a test" }),
  "labels change": () => updateIdentity(world.ctx, { id: node.id, labels: { rack: "7" } }),
  "a role is given": () => give("auditor", null),
  "the end of a role moves": () => changeGrant(world.ctx, { id: held, endsAt: null, reason: "for a test" }),
  "a role is made": () =>
    createRole(world.ctx, {
      ...{ name: "reader", title: "Reader", description: "", inherits: [], note: "for a test" },
      permissions: [{ actions: ["dataset.read"], resourceTypes: [], conditions: [] }],
    }),
  "a role ends": () => endGrant(world.ctx, held, "for a test"),
  "a certificate is revoked": () => revokeCertificate(world.ctx, { serial: node.serial }),
  "a team is made within another": async () => {
    const [vision] = await world.ctx.teams(world.ctx.read);
    await createTeam(world.ctx, { name: "faces", parentId: vision?.id ?? null });
  },
  "a resource is made": () => put("suedstern"),
  "a resource changes": () => put("nordwind"),
  "a resource is removed": () => removeResource(world.ctx, { type: "Provider", id: "nordwind" }),
  "policies are published": () =>
    publishFolder(world.ctx, {
      policies: ['@id("quiet")\nforbid (principal is Node, action, resource);\n'],
      ...{ tests: null, base: null, note: "for a test" },
    }),
};

describe("all that decides", () => {
  it.each(Object.keys(CHANGES))("is other when %s, in this process and in another", async (name) => {
    const states = () => [world.runtime, elsewhere].map(({ database }) => decidingState(database.read));
    const before = states();
    await CHANGES[name]?.();
    const after = states();
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    forgetDecidingStates();
    expect(states()).toEqual(after);
  });

  it("is the same when what was not there comes, and when somebody is seen", async () => {
    const before = decidingState(world.ctx.read);
    await createMachine(world.ctx, { kind: "node", name: "gpu-8", teamId: null, labels: {} });
    await createTeam(world.ctx, { name: "audio" });
    await world.runtime.database.writer.write((tx) =>
      world.ctx.noteIdentitySeen(tx, node.id, world.clock.now(), "192.0.2.9"),
    );
    expect(decidingState(world.ctx.read)).toBe(before);
  });
});

describe("what is read once", () => {
  it("is read again when something changed, and every time when it is not there", async () => {
    const once = new ReadOnce<{ readonly name: string }>();
    let [reads, found]: [number, { name: string } | undefined] = [0, undefined];
    const read = () => {
      reads++;
      return found;
    };
    const { read: db } = world.ctx;
    expect([once.of(db, "a", read), once.of(db, "a", read), reads]).toEqual([undefined, undefined, 2]);
    found = { name: "first" };
    expect(once.of(db, "a", read)).toBe(found);
    const first = found;
    found = { name: "second" };
    expect(once.of(db, "a", read)).toBe(first);
    await put("suedstern");
    expect(once.of(db, "a", read)).toBe(found);
    expect(reads).toBe(4);
  });
});
