import { Secret } from "otpauth";
import { confirmTotp } from "@/server/identities/confirm-totp";
import type { Role } from "@/server/identities/contract";
import { createUser } from "@/server/identities/create-user";
import { type SignedIn, type SignInRequest, signIn } from "@/server/identities/sign-in";
import { startTotp } from "@/server/identities/start-totp";
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

/** Makes a person with the real verbs, and with an authenticator when asked for. */
export async function addPerson(
  world: World,
  wanted: {
    email?: string;
    displayName?: string;
    role?: Role;
    teamId?: string;
    secondFactor?: "totp";
    sessionId?: string;
  } = {},
): Promise<Person> {
  const email = wanted.email ?? "mara@swarm.local";
  const password = "plum orbit lantern 42";
  const { role, teamId = null, displayName } = wanted;
  const { identity } = await createUser(terminalOf(world), { email, displayName, role, teamId, password });
  const ctx = world.as({
    kind: "user",
    id: identity.id,
    name: identity.displayName,
    roles: role ? [role] : [],
    teams: teamId === null ? [] : [teamId],
    provedBy: ["password"],
    sessionId: wanted.sessionId,
  });
  const secondFactor = wanted.secondFactor ? await enrol(world, ctx, password) : null;
  world.forget();
  return { id: identity.id, email, displayName: identity.displayName, password, ctx, secondFactor };
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
