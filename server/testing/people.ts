import { hash as argon2 } from "@node-rs/argon2";
import { Secret } from "otpauth";
import { confirmTotp } from "@/server/identities/confirm-totp";
import type { Role } from "@/server/identities/contract";
import { putPassword } from "@/server/identities/credential-store";
import { displayNameOf, userNameOf } from "@/server/identities/model";
import { HASHING, hashPassword } from "@/server/identities/password";
import { type SignedIn, type SignInRequest, signIn } from "@/server/identities/sign-in";
import { startTotp } from "@/server/identities/start-totp";
import { freeUserName, insertIdentity } from "@/server/identities/store";
import { totpCodeAt } from "@/server/identities/totp";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { ANONYMOUS } from "@/server/platform/composition";
import { type World, type WorldOptions, testWorld } from "./world";

/** A world with an organisation, but without authorities: all that people need. */
export async function peopleWorld(options: WorldOptions = {}): Promise<World> {
  const world = await testWorld(options);
  const ctx = terminalOf(world);
  if (!(await ctx.organisation(ctx.read))) {
    const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
    await commit(permit, async (tx) => {
      await ctx.foundOrganisation(tx, { name: "Swarm Test", trustDomain: "swarm.local", at: ctx.now() });
      return { value: undefined, event: { kind: "setup.finished" } };
    });
  }
  world.forget();
  return world;
}

/** Somebody at the terminal of the machine. */
export function terminalOf(world: World): Context {
  return world.as({ kind: "terminal", id: "terminal:test", name: "test", roles: [], provedBy: ["terminal"] });
}

/** Nobody yet, from an address. */
export function strangerOf(world: World, address: string | null = "192.0.2.7"): Context {
  const origin = { address, userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", requestId: "req_test" };
  return world.runtime.contextFor(ANONYMOUS, origin);
}

/** Somebody with an account. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
  /** A context in which this person is signed in. */
  readonly ctx: Context;
  /** Codes of the authenticator, and recovery codes; null without a second factor. */
  readonly secondFactor: { code(): string; readonly recoveryCodes: readonly string[] } | null;
}

/** Makes a person, and with the real verbs an authenticator when asked for. */
export async function addPerson(
  world: World,
  wanted: {
    email?: string;
    displayName?: string;
    role?: Role;
    teamId?: string;
    secondFactor?: "totp";
    sessionId?: string;
    /** Hash the password as the product does, where a test is about the work of signing in. */
    hashing?: "real";
  } = {},
): Promise<Person> {
  const email = wanted.email ?? "mara@swarm.local";
  const { role, teamId = null, displayName = displayNameOf(email) } = wanted;
  const { ctx: admin } = world;
  const id = admin.newId("usr");
  const hash = wanted.hashing === "real" ? await hashPassword(PASSWORD, admin.random(16)) : await quickHash(PASSWORD);
  await world.runtime.database.writer.write(async (tx) => {
    const name = await freeUserName(tx, userNameOf(email));
    await insertIdentity(tx, { id, kind: "user", name, displayName, email, teamId, labels: {}, at: admin.now() });
    await putPassword(tx, id, { hash, changedAt: admin.now(), mustChange: false });
    if (role) {
      const by = { id: admin.actor.id, name: admin.actor.name };
      const giving = {
        identityId: id,
        teamId,
        role,
        reason: "for a test",
        id: admin.newId("gra"),
        by,
        at: admin.now(),
      };
      await admin.giveRole(tx, giving);
    }
  });
  const held = admin.heldBy(admin.read, { id, teamId }, admin.now());
  const ctx = world.as({
    kind: "user",
    id,
    name: displayName,
    roles: held.roles,
    scopes: held.scopes,
    teams: teamId === null ? [] : [teamId],
    provedBy: ["password"],
    sessionId: wanted.sessionId,
  });
  const secondFactor = wanted.secondFactor ? await enrol(world, ctx, PASSWORD) : null;
  world.forget();
  return { id, email, displayName, password: PASSWORD, ctx, secondFactor };
}

const PASSWORD = "plum orbit lantern 42";

/** A hash at the least costs, which signing in reads from it: a test of something else need not wait 60 ms each time. */
function quickHash(password: string): Promise<string> {
  return argon2(password, { ...HASHING, memoryCost: 8, timeCost: 1 });
}

async function enrol(world: World, ctx: Context, password: string): Promise<Person["secondFactor"]> {
  const { secret, offer } = await startTotp(ctx);
  const bytes = Secret.fromBase32(secret.replace(/ /g, "")).bytes;
  const code = () => totpCodeAt(bytes, world.clock.now());
  const { recoveryCodes } = await confirmTotp(ctx, { offer, password, code: code() });
  world.clock.advance(60_000);
  return { code, recoveryCodes };
}

/** Signs somebody in from the start, and fails the test when more is asked for. */
export async function signInAs(world: World, person: Person, more: Partial<SignInRequest> = {}): Promise<SignedIn> {
  const { email, password, secondFactor } = person;
  const outcome = await signIn(strangerOf(world), { email, password, code: secondFactor?.code(), ...more });
  if (outcome.status !== "signed_in") throw new Error(`sign-in ended with ${outcome.status}`);
  return outcome;
}
