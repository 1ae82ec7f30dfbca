import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPerson, peopleWorld, signInAs, strangerOf, terminalOf } from "@/server/testing/people";
import { AUDITOR, TEAM_LEAD, type World, leadOf } from "@/server/testing/world";
import { authenticateSession } from "./authenticate-session";
import { CreateMachineInput, IdentityName, ListIdentitiesInput } from "./contract";
import { createMachine } from "./create-machine";
import { createTeam } from "./create-team";
import { createUser } from "./create-user";
import { getIdentity } from "./get-identity";
import { listIdentities } from "./list-identities";
import { listTeams } from "./list-teams";
import { resetPassword } from "./reset-password";
import { resetSecondFactor } from "./reset-second-factor";
import { signIn } from "./sign-in";
import { updateIdentity } from "./update-identity";

let world: World;
beforeEach(async () => {
  world = await peopleWorld();
});
afterEach(() => world.close());

const machine = (name: string, more: Partial<CreateMachineInput> = {}) =>
  createMachine(world.ctx, CreateMachineInput.parse({ kind: "node", name, ...more }));
const list = (input: Partial<ListIdentitiesInput> = {}) =>
  listIdentities(world.ctx, ListIdentitiesInput.parse({ kind: "node", ...input }));
type CreateMachineInput = Parameters<typeof createMachine>[1];
type ListIdentitiesInput = Parameters<typeof listIdentities>[1];

describe("making a person", () => {
  it("answers a one-time password once, and keeps only its hash", async () => {
    const { identity, oneTimePassword } = await createUser(world.ctx, {
      email: "priya.nair@swarm.local",
      role: "auditor",
      teamId: null,
    });
    expect(identity).toMatchObject({
      kind: "user",
      name: "priya.nair",
      displayName: "Priya Nair",
      roles: ["auditor"],
      state: "active",
      hasSecondFactor: false,
    });
    expect(oneTimePassword).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
    expect(world.trail()).toMatchObject([
      { kind: "identity.created", object: { id: identity.id }, after: { email: "priya.nair@swarm.local" } },
      { kind: "grant.added", object: { id: identity.id }, after: { role: "auditor", scope: "everything" } },
    ]);
    expect(JSON.stringify(world.trail())).not.toContain(oneTimePassword);
  });

  it("is refused to those who may not, and leaves only the refusal", async () => {
    const input = { email: "new@swarm.local", teamId: null };
    await expect(createUser(world.as(AUDITOR), input)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "identity.create" }]);
    expect(await list({ kind: "user" })).toMatchObject({ total: 0 });
  });

  it("lets a team lead make people of her team, but give nobody a role", async () => {
    const team = await createTeam(world.ctx, { name: "Vision" });
    const teamId = team.id;
    const lead = world.as(leadOf(team));
    const made = await createUser(lead, { email: "one@swarm.local", teamId });
    expect(made.identity.team).toEqual({ id: teamId, name: "Vision" });
    const attempt = createUser(lead, { email: "two@swarm.local", teamId, role: "admin" });
    await expect(attempt).rejects.toMatchObject({ code: "kernel.forbidden", action: "role.bind" });
    const elsewhere = createUser(lead, { email: "two@swarm.local", teamId: null });
    await expect(elsewhere).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(await list({ kind: "user" })).toMatchObject({ total: 1 });
  });

  it("refuses an address that is taken, a weak password and a team that is not there", async () => {
    const mara = await addPerson(world);
    const { email } = mara;
    await expect(createUser(world.ctx, { email, teamId: null })).rejects.toMatchObject({
      code: "identity.email_taken",
    });
    const weak = createUser(world.ctx, { email: "a@swarm.local", teamId: null, password: "short" });
    await expect(weak).rejects.toMatchObject({ code: "password.refused" });
    const lost = createUser(world.ctx, { email: "a@swarm.local", teamId: "tem_x" });
    await expect(lost).rejects.toMatchObject({ code: "kernel.missing" });
    expect(world.trail()).toEqual([]);
  });

  it("numbers names that are taken", async () => {
    const names: string[] = [];
    for (const domain of ["a.co", "b.co", "c.co"]) {
      names.push((await createUser(world.ctx, { email: `mara@${domain}`, teamId: null })).identity.name);
    }
    expect(names).toEqual(["mara", "mara-2", "mara-3"]);
  });
});

describe("making a machine", () => {
  it("gives it a name of its kind, a team and labels", async () => {
    const team = await createTeam(world.ctx, { name: "Vision" });
    world.forget();
    const made = await machine("gpu-7", { teamId: team.id, labels: { rack: "3" } });
    expect(made).toMatchObject({ kind: "node", name: "gpu-7", team: { name: "Vision" }, labels: { rack: "3" } });
    expect(made.hasSecondFactor).toBeNull();
    expect(world.trail()).toMatchObject([{ kind: "identity.created", object: { id: made.id, name: "gpu-7" } }]);
    expect((await getIdentity(world.ctx, made)).spiffeId).toBe("spiffe://swarm.local/node/gpu-7");
  });

  it("refuses a name that another machine has, of its own kind or not", async () => {
    await machine("gpu-7");
    await expect(machine("gpu-7")).rejects.toMatchObject({ code: "identity.name_taken" });
    await expect(machine("gpu-7", { kind: "service" })).rejects.toMatchObject({ code: "identity.machine_name_taken" });
  });

  it.each(["gpu-7", "a", "gpu-7.rack-3", "x".repeat(63)])("may be called %s", (name) => {
    expect(IdentityName.safeParse(name).success).toBe(true);
  });

  it.each(["", "GPU", "gpu_7", "-gpu", "gpu-", "gpu..7", ".gpu", "gpu/7", "gpu 7", "x".repeat(64), "gpu\n"])(
    "may not be called %j",
    (name) => {
      expect(IdentityName.safeParse(name).success).toBe(false);
    },
  );
});

describe("lists", () => {
  it("page by name without gaps, and count everything that fits", async () => {
    for (let index = 1; index <= 7; index++) await machine(`gpu-${index}`);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 3, cursor });
      expect(page).toMatchObject({ total: 7, byState: { active: 7, locked: 0, retired: 0 } });
      names.push(...page.items.map((item) => item.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual([1, 2, 3, 4, 5, 6, 7].map((index) => `gpu-${index}`));
  });

  it("find any part of name, display name, team and label, and take wildcards literally", async () => {
    const team = await createTeam(world.ctx, { name: "Vision" });
    await machine("gpu-7", { teamId: team.id });
    await machine("cpu-1", { displayName: "Big 100% one", labels: { rack: "lisbon_3" } });
    const found = async (query: string) => (await list({ query })).items.map((item) => item.name);
    expect(await found("PU-")).toEqual(["cpu-1", "gpu-7"]);
    expect(await found("visi")).toEqual(["gpu-7"]);
    expect(await found("lisbon_")).toEqual(["cpu-1"]);
    expect(await found("100%")).toEqual(["cpu-1"]);
    expect(await found("%")).toEqual(["cpu-1"]);
    expect(await found("_")).toEqual(["cpu-1"]);
    expect(await found("gpu-7' or 1=1 --")).toEqual([]);
    expect((await list({ teamId: team.id })).total).toBe(1);
  });

  it("are refused to strangers", async () => {
    const attempt = listIdentities(strangerOf(world), ListIdentitiesInput.parse({ kind: "user" }));
    await expect(attempt).rejects.toMatchObject({ code: "kernel.forbidden" });
  });
});

describe("changing words", () => {
  it("keeps what is left out and tells before and after", async () => {
    const { id } = await machine("gpu-7", { labels: { rack: "3" } });
    world.forget();
    const changed = await updateIdentity(world.ctx, { id, displayName: "The seventh" });
    expect(changed).toMatchObject({ name: "gpu-7", displayName: "The seventh", labels: { rack: "3" } });
    expect(world.trail()).toMatchObject([
      { kind: "identity.updated", before: { displayName: "gpu-7" }, after: { displayName: "The seventh" } },
    ]);
  });

  it("lets a team lead change her team's machines, but neither take nor give one", async () => {
    const [own, other] = [await createTeam(world.ctx, { name: "Own" }), await createTeam(world.ctx, { name: "Other" })];
    const lead = world.as(leadOf(own));
    const { id } = await machine("gpu-7", { teamId: own.id });
    const { id: foreign } = await machine("gpu-8", { teamId: other.id });
    await updateIdentity(lead, { id, labels: { a: "b" } });
    for (const input of [
      { id, teamId: other.id },
      { id, teamId: null },
      { id: foreign, teamId: own.id },
    ]) {
      await expect(updateIdentity(lead, input)).rejects.toMatchObject({ code: "kernel.forbidden" });
    }
    expect((await getIdentity(world.ctx, { id })).team?.id).toBe(own.id);
  });

  it("knows what is not there", async () => {
    await expect(updateIdentity(world.ctx, { id: "nod_x" })).rejects.toMatchObject({ code: "kernel.missing" });
  });
});

describe("teams", () => {
  it("have a name of their own and count who belongs to them", async () => {
    const team = await createTeam(world.ctx, { name: "Vision" });
    await machine("gpu-7", { teamId: team.id });
    expect(await listTeams(world.ctx)).toMatchObject([{ id: team.id, name: "Vision", own: { nodes: 1 } }]);
    await expect(createTeam(world.ctx, { name: "Vision" })).rejects.toMatchObject({ code: "team.name_taken" });
  });

  it("are made by admins alone", async () => {
    await expect(createTeam(world.as(TEAM_LEAD), { name: "X" })).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "team.create" }]);
    expect(await listTeams(world.ctx)).toEqual([]);
  });
});

describe("helping somebody who is locked out", () => {
  it("gives a one-time password and ends the sessions", async () => {
    const mara = await addPerson(world);
    const { token } = await signInAs(world, mara);
    world.forget();
    const { oneTimePassword } = await resetPassword(world.ctx, { id: mara.id });
    expect(await authenticateSession(strangerOf(world), token)).toBeUndefined();
    expect(world.trail()).toMatchObject([{ kind: "password.reset", detail: { endedSessions: 1 } }]);
    await expect(signInAs(world, mara)).rejects.toMatchObject({ code: "sign_in.refused" });
    const given = { email: mara.email, password: oneTimePassword };
    expect(await signIn(strangerOf(world), given)).toEqual({ status: "needs_new_password" });
  });

  it("takes a lost second factor away", async () => {
    const mara = await addPerson(world, { secondFactor: "totp" });
    expect(await resetSecondFactor(world.ctx, { id: mara.id })).toMatchObject({ hasSecondFactor: false });
    expect(world.trail()).toMatchObject([{ kind: "second_factor.removed", object: { id: mara.id } }]);
    const given = { email: mara.email, password: mara.password };
    expect(await signIn(strangerOf(world), given)).toMatchObject({ status: "signed_in" });
  });

  it("is for admins, for others and for people", async () => {
    const mara = await addPerson(world, { role: "admin", secondFactor: "totp" });
    const { id } = await machine("gpu-7");
    for (const verb of [resetPassword, resetSecondFactor]) {
      await expect(verb(world.as(AUDITOR), { id: mara.id })).rejects.toMatchObject({ code: "kernel.forbidden" });
      await expect(verb(mara.ctx, { id: mara.id })).rejects.toMatchObject({ code: "identity.own_account" });
      await expect(verb(terminalOf(world), { id })).rejects.toMatchObject({ code: "identity.not_a_person" });
    }
  });
});
