import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPerson, peopleWorld, type Person, signInAs, strangerOf } from "@/server/testing/people";
import { AUDITOR, TEAM_LEAD, type World } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { endAllSessions } from "./end-all-sessions";
import { endSession } from "./end-session";
import { listSessions } from "./list-sessions";
import { SESSION_IDLE_MS } from "./model";

let world: World;
let mara: Person;
beforeEach(async () => {
  world = await peopleWorld();
  mara = await addPerson(world);
});
afterEach(() => world.close());

const begin = async (person = mara) => {
  const { token } = await signInAs(world, person);
  const found = await authenticateSession(strangerOf(world), token);
  if (!found) throw new Error("the session does not open");
  world.forget();
  return { token, id: found.sessionId, ctx: world.as(found.actor) };
};
const isOpen = async (session: { token: string }) =>
  (await authenticateSession(strangerOf(world), session.token)) !== undefined;

describe("listing sessions", () => {
  it("shows one's own, with device, address and proof, and which one is asking", async () => {
    const first = await begin();
    world.clock.advance(1000);
    const second = await begin();
    expect(await listSessions(second.ctx, {})).toMatchObject([
      { id: second.id, isCurrent: true },
      {
        id: first.id,
        isCurrent: false,
        device: "Firefox on Linux",
        address: "192.0.2.7",
        provedBy: ["password"],
        identity: { id: mara.id, email: mara.email },
      },
    ]);
  });

  it("leaves out what has ended or run out", async () => {
    const ended = await begin();
    await endSession(ended.ctx, { sessionId: ended.id });
    await begin();
    world.clock.advance(SESSION_IDLE_MS);
    const last = await begin();
    expect(await listSessions(last.ctx, {})).toMatchObject([{ id: last.id }]);
  });

  it("shows other people's to admins and auditors, and refuses everybody else", async () => {
    const { id } = await begin();
    for (const ctx of [world.ctx, world.as(AUDITOR)]) {
      expect(await listSessions(ctx, { identityId: mara.id })).toMatchObject([{ id }]);
    }
    world.forget();
    for (const ctx of [world.as(TEAM_LEAD), strangerOf(world)]) {
      await expect(listSessions(ctx, { identityId: mara.id })).rejects.toMatchObject({ code: "kernel.forbidden" });
    }
    expect(world.trail()).toMatchObject([{ action: "session.read" }, { action: "session.read" }]);
  });
});

describe("ending sessions", () => {
  it("ends one's own", async () => {
    const session = await begin();
    await endSession(session.ctx, { sessionId: session.id });
    expect(await isOpen(session)).toBe(false);
    expect(world.trail()).toMatchObject([
      { kind: "session.ended", object: { type: "Session", id: session.id }, detail: { reason: "signed out" } },
    ]);
  });

  it("lets admins end anyone's and nobody else another's", async () => {
    const session = await begin();
    const other = await addPerson(world, { email: "tomas@swarm.local", role: "auditor" });
    await expect(endSession(other.ctx, { sessionId: session.id })).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(await isOpen(session)).toBe(true);
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "session.end", outcome: "refused" }]);

    await endSession(world.ctx, { sessionId: session.id });
    expect(await isOpen(session)).toBe(false);
  });

  it("does nothing twice, and knows what is not there", async () => {
    const session = await begin();
    await endSession(world.ctx, { sessionId: session.id });
    await endSession(world.ctx, { sessionId: session.id });
    expect(world.trail()).toHaveLength(1);
    await expect(endSession(world.ctx, { sessionId: "ses_x" })).rejects.toMatchObject({ code: "kernel.missing" });
  });

  it("ends all others of one's own and keeps the one that asks", async () => {
    const [first, second, third] = [await begin(), await begin(), await begin()];
    expect(await endAllSessions(second.ctx, {})).toEqual({ ended: 2 });
    expect([await isOpen(first), await isOpen(second), await isOpen(third)]).toEqual([false, true, false]);
    expect(world.trail()).toMatchObject([{ kind: "session.all_ended", object: { id: mara.id } }]);
  });

  it("ends all of a person for an admin, and for nobody else", async () => {
    const [first, second] = [await begin(), await begin()];
    const attempt = endAllSessions(world.as(AUDITOR), { identityId: mara.id });
    await expect(attempt).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(await endAllSessions(world.ctx, { identityId: mara.id })).toEqual({ ended: 2 });
    expect([await isOpen(first), await isOpen(second)]).toEqual([false, false]);
  });
});
