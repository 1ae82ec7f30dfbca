import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pino from "pino";
import { auditFacets } from "@/server/audit/summarize";
import { listAlerts } from "@/server/certificates/alerts";
import { authenticateCertificate } from "@/server/certificates/authenticate";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { issueCertificate } from "@/server/certificates/issue";
import { renew } from "@/server/certificates/renew";
import { authenticateSession } from "@/server/identities/authenticate-session";
import { createTeam } from "@/server/identities/create-team";
import { makeSetupCode } from "@/server/identities/make-setup-code";
import type { Context, Question } from "@/server/kernel/context";
import { saveDraft } from "@/server/policies/drafts";
import { addGrant } from "@/server/roles/add-grants";
import { openRuntime, type Runtime } from "@/server/platform/composition";
import { cookieJar } from "@/server/testing/cookie-jar";
import { addPerson, type Person, signInAs, strangerOf, terminalOf } from "@/server/testing/people";
import { type Ground, MUTATIONS, QUERIES } from "@/server/testing/procedure-inputs";
import { subjectKey } from "@/server/testing/subject-key";
import { testWorld, type World } from "@/server/testing/world";
import { COOKIES } from "./cookies";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

/** A new procedure fails here until it has a good input. */
const INPUTS = { ...QUERIES, ...MUTATIONS };
const paths = Object.keys(appRouter._def.procedures).sort();
const asked: Question[] = [];
let world: World;
let fresh: World;
let refusing: Runtime;
let refusingSetup: Runtime;
let person: Person;
let ground: Ground;

beforeAll(async () => {
  [world, fresh] = [await testWorld({ hierarchy: true }), await testWorld()];
  person = await signedIn(await addPerson(world, { role: "admin" }));
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
    expect(Object.keys(MUTATIONS).sort()).toEqual(paths.filter((path) => typeOf(path) === "mutation"));
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

function typeOf(path: string): string | undefined {
  const procedures = appRouter._def.procedures as unknown as Record<
    string,
    { readonly _def: { readonly type: string } }
  >;
  return procedures[path]?._def.type;
}

async function call(path: string, verbs: Context): Promise<unknown> {
  const cookies = cookieJar();
  await cookies.set(COOKIES.setup, "a".repeat(43), { maxAge: 60 });
  const caller = createCallerFactory(appRouter)({ verbs, cookies, logger: pino({ level: "silent" }) });
  const [group = "", name = ""] = path.split(".");
  const procedures = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[group];
  return procedures?.[name]?.(INPUTS[path]?.(ground));
}

function contextIn(runtime: Runtime): Context {
  return runtime.contextFor(person.ctx.actor, person.ctx.origin);
}

function refusingRuntime(of: World): Promise<Runtime> {
  return openRuntime(of.runtime.settings, "refusing", {
    now: of.clock.now,
    logger: pino({ level: "silent" }),
    decide: async (_db, question) => {
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
  const csr = await subjectKey().request("gpu-7", ["dns:gpu-7.swarm.local"]);
  const { serial, identityId } = await issueCertificate(world.ctx, { profile: "node", csr });
  const joinToken = await createJoinToken(world.ctx, { kind: "node", name: "gpu-8" });
  const { id: personId, email } = person;
  const about = { personId, email, sessionId: person.ctx.actor.sessionId ?? "", csr, serial, identityId };
  const text = '@id("no-use")\nforbid (principal, action in Action::"use", resource);\n';
  const draft = await saveDraft(world.ctx, { draft: null, policy: null, text, revision: null });
  const { id: teamId } = await createTeam(world.ctx, { name: "platform" });
  const eligible = { role: "auditor", scope: "everything", endsAt: new Date(world.clock.now().getTime() + 3_600_000) };
  const grantId = await addGrant(
    world.ctx,
    { kind: "identity", id: personId },
    { ...eligible, mode: "eligible", activationHours: 1, reason: "for a test" },
  );
  return { ...about, joinTokenId: joinToken.id, alertId: await raiseAlert(), draftId: draft.id, grantId, teamId };
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
