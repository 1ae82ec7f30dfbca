import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pino from "pino";
import { auditFacets } from "@/server/audit/summarize";
import { listAlerts } from "@/server/certificates/alerts";
import { authenticateCertificate } from "@/server/certificates/authenticate";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { issueCertificate } from "@/server/certificates/issue";
import { renew } from "@/server/certificates/renew";
import { authenticateSession } from "@/server/identities/authenticate-session";
import { makeSetupCode } from "@/server/identities/make-setup-code";
import type { Context, Question } from "@/server/kernel/context";
import { openRuntime, type Runtime } from "@/server/platform/composition";
import { cookieJar } from "@/server/testing/cookie-jar";
import { addPerson, type Person, signInAs, strangerOf, terminalOf } from "@/server/testing/people";
import { subjectKey } from "@/server/testing/subject-key";
import { testWorld, type World } from "@/server/testing/world";
import { COOKIES } from "./cookies";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

const PASSWORD = "plum orbit lantern 42";
const PROOF = { password: PASSWORD, code: "000000" };

interface Ground {
  readonly person: Person;
  readonly csr: string;
  readonly serial: string;
  readonly identityId: string;
  readonly joinTokenId: string;
  readonly alertId: string;
}

/** A good input for every procedure: a new procedure fails here until it is added. */
const INPUTS: Readonly<Record<string, (ground: Ground) => unknown>> = {
  "account.changePassword": () => ({ current: PASSWORD, next: "another orbit lantern 43" }),
  "account.confirmTotp": () => ({ offer: "x".repeat(40), code: "000000", password: PASSWORD }),
  "account.read": () => undefined,
  "account.removeTotp": () => PROOF,
  "account.replaceRecoveryCodes": () => PROOF,
  "account.startTotp": () => undefined,
  "audit.facets": () => ({}),
  "audit.get": () => ({ seq: 1 }),
  "audit.histogram": () => ({}),
  "audit.list": () => ({}),
  "authorities.download": () => ({ authority: "nodes", form: "pem" }),
  "authorities.get": () => ({ authority: "nodes" }),
  "authorities.list": () => undefined,
  "authorities.publishCrl": () => ({ authority: "nodes" }),
  "certificates.attention": () => undefined,
  "certificates.download": ({ serial }) => ({ serial, form: "pem" }),
  "certificates.get": ({ serial }) => ({ serial }),
  "certificates.issue": ({ csr }) => ({ profile: "node", csr }),
  "certificates.preview": ({ csr }) => ({ profile: "node", csr }),
  "certificates.resolveAlert": ({ alertId }) => ({ id: alertId }),
  "certificates.revocationConsequences": ({ serial }) => ({ serial }),
  "certificates.revoke": ({ serial }) => ({ serial, reason: "keyCompromise" }),
  "identities.consequences": ({ identityId }) => ({ id: identityId }),
  "identities.createMachine": () => ({ kind: "node", name: "gpu-9" }),
  "identities.createUser": () => ({ email: "new@swarm.local", displayName: "New" }),
  "identities.get": ({ identityId }) => ({ id: identityId }),
  "identities.list": () => ({ kind: "node" }),
  "identities.lock": ({ identityId }) => ({ id: identityId, reason: "it looks odd" }),
  "identities.resetPassword": ({ person }) => ({ id: person.id }),
  "identities.resetSecondFactor": ({ person }) => ({ id: person.id }),
  "identities.retire": ({ identityId }) => ({ id: identityId, reason: "it was sold" }),
  "identities.setRoles": ({ person }) => ({ id: person.id, roles: ["auditor"] }),
  "identities.unlock": ({ identityId }) => ({ id: identityId }),
  "identities.update": ({ identityId }) => ({ id: identityId, displayName: "GPU 7" }),
  "inventory.countByAuthority": () => undefined,
  "inventory.expiryCalendar": () => undefined,
  "inventory.facets": () => ({}),
  "inventory.find": () => ({ text: "gpu" }),
  "inventory.issuanceHistory": () => undefined,
  "inventory.list": () => ({}),
  "joinTokens.create": () => ({ kind: "node", name: "gpu-9" }),
  "joinTokens.list": () => ({}),
  "joinTokens.revoke": ({ joinTokenId }) => ({ id: joinTokenId }),
  "profiles.get": () => ({ profile: "node" }),
  "profiles.list": () => undefined,
  "profiles.tryRequest": ({ csr }) => ({ profile: "node", csr }),
  "roles.permissions": () => undefined,
  "session.end": ({ person }) => ({ sessionId: person.ctx.actor.sessionId }),
  "session.endAll": () => ({}),
  "session.list": () => ({}),
  "session.signIn": ({ person }) => ({ email: person.email, password: PASSWORD }),
  "session.signOut": () => undefined,
  "setup.claim": () => ({ code: "ABCD-EFGH-JKLM" }),
  "setup.confirmTotp": () => ({ offer: "x".repeat(40), code: "000000" }),
  "setup.createAuthorities": () => ({}),
  "setup.createFirstAdmin": () => ({ displayName: "P", email: "p@swarm.local", password: PASSWORD }),
  "setup.nameOrganisation": () => ({ name: "N", trustDomain: "n.example" }),
  "setup.read": () => undefined,
  "setup.startTotp": () => undefined,
  "teams.create": () => ({ name: "Vision" }),
  "teams.list": () => undefined,
};

const paths = Object.keys(appRouter._def.procedures).sort();
const asked: Question[] = [];
let world: World;
let fresh: World;
let refusing: Runtime;
let refusingSetup: Runtime;
let ground: Ground;

beforeAll(async () => {
  [world, fresh] = [await testWorld({ hierarchy: true }), await testWorld()];
  ground = await makeGround();
  await makeSetupCode(terminalOf(fresh));
  [refusing, refusingSetup] = [await refusingRuntime(world), await refusingRuntime(fresh)];
});
afterAll(() => {
  for (const each of [refusing, refusingSetup, world, fresh]) each.close();
});

describe("when the policy refuses everything", () => {
  it("there are procedures to look at, and an input for each of them and for nothing else", () => {
    expect(paths.length).toBeGreaterThan(50);
    expect(Object.keys(INPUTS).sort()).toEqual(paths);
  });

  it.each(paths)("%s asks, is refused, and changes nothing but the log", async (path) => {
    asked.length = 0;
    const isSetup = path.startsWith("setup.");
    const runtime = isSetup ? refusingSetup : refusing;
    const before = await stateOf(isSetup ? fresh : world);
    await expect(call(path, contextIn(runtime))).rejects.toMatchObject({ cause: { code: "kernel.forbidden" } });
    expect(asked.length).toBeGreaterThan(0);
    expect(await stateOf(isSetup ? fresh : world)).toEqual(before);
  });
});

async function call(path: string, verbs: Context): Promise<unknown> {
  const cookies = cookieJar();
  await cookies.set(COOKIES.setup, "a".repeat(43), { maxAge: 60 });
  const caller = createCallerFactory(appRouter)({ verbs, cookies, logger: pino({ level: "silent" }) });
  const [group = "", name = ""] = path.split(".");
  const procedures = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[group];
  return procedures?.[name]?.(INPUTS[path]?.(ground));
}

function contextIn(runtime: Runtime): Context {
  return runtime.contextFor(ground.person.ctx.actor, ground.person.ctx.origin);
}

function refusingRuntime(of: World): Promise<Runtime> {
  return openRuntime(of.runtime.settings, "refusing", {
    now: of.clock.now,
    logger: pino({ level: "silent" }),
    decide: async (question) => {
      asked.push(question);
      return { allowed: false, reason: "this test allows nothing", rules: [], policyVersion: "test" };
    },
  });
}

/** How many rows every table has, the log apart, and how often each kind of event other than a refusal is in the log. */
async function stateOf(of: World): Promise<unknown> {
  const { read } = of.ctx;
  const tables = read
    .statement(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all() as { name: string }[];
  const counts = tables
    .filter(({ name }) => name !== "audit_entries")
    .map(({ name }) => [name, read.statement(`SELECT count(*) AS n FROM "${name}"`).get()]);
  const { kinds } = await auditFacets(terminalOf(of), {});
  return { counts, kinds: kinds.filter(({ kind }) => kind !== "denied") };
}

async function makeGround(): Promise<Ground> {
  const person = await signedIn(await addPerson(world, { role: "admin" }));
  const csr = await subjectKey().request("gpu-7", ["dns:gpu-7.swarm.local"]);
  const { serial, identityId } = await issueCertificate(world.ctx, { profile: "node", csr });
  const joinToken = await createJoinToken(world.ctx, { kind: "node", name: "gpu-8" });
  return { person, csr, serial, identityId, joinTokenId: joinToken.id, alertId: await raiseAlert() };
}

async function signedIn(person: Person): Promise<Person> {
  const { token } = await signInAs(world, person);
  const session = await authenticateSession(strangerOf(world), token);
  return { ...person, ctx: world.as(session?.actor ?? {}) };
}

async function raiseAlert(): Promise<string> {
  const csr = await subjectKey().request("gpu-stolen");
  const issued = await issueCertificate(world.ctx, { profile: "node", csr, hours: 24 });
  const node = world.as(await authenticateCertificate(world.ctx, issued));
  world.clock.advance(20 * 3_600_000);
  await renew(node, { csr: await subjectKey().request(null) });
  await expect(renew(node, { csr: await subjectKey().request(null) })).rejects.toThrow();
  return (await listAlerts(world.ctx))[0]?.id ?? "";
}
