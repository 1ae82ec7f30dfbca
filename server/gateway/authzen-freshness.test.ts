import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam } from "@/server/identities/create-team";
import { updateIdentity } from "@/server/identities/update-identity";
import type { Context } from "@/server/kernel/context";
import { openRuntime, type Runtime } from "@/server/platform/composition";
import { publishFolder, rollBack } from "@/server/policies/publish";
import { publishSchema } from "@/server/policies/schema";
import { newestEpoch } from "@/server/policies/store";
import { swarmSchema } from "@/server/policies/swarm-schema";
import { putResource } from "@/server/resources/put-resource";
import { addGrant } from "@/server/roles/add-grants";
import { endGrant } from "@/server/roles/end-grants";
import { addPerson } from "@/server/testing/people";
import { ask, enrollMachine, type Machine, type Site, startSite } from "@/server/testing/site";
import { ADMIN } from "@/server/testing/world";

let site: Site;
let scheduler: Machine;
/** Another process on the same data, as the console is. */
let elsewhere: Runtime;
let admin: Context;

beforeAll(async () => {
  site = await startSite({ environment: { SWARM_BELIEVED_PROPERTIES: "subject.clearance, resource.region" } });
  elsewhere = await openRuntime(site.world.runtime.settings, "console", { logger: pino({ level: "silent" }) });
  admin = elsewhere.contextFor(ADMIN, { address: null, userAgent: null, requestId: "req_console" });
  await addPerson(site.world, { role: "admin" });
  scheduler = await enrollMachine(site, "scheduler");
  await put("Provider", "nordwind", { trust: "trusted" });
  await put("Pool", "train", {});
  await put("Compute", "gpu-7", COMPUTE, [{ type: "Pool", id: "train" }]);
});
afterAll(async () => {
  elsewhere.close();
  await site.close();
});

const COMPUTE = { provider: { __entity: { type: "Provider", id: "nordwind" } }, region: "eu-north", gpus: 8 };
const ASKS =
  '@id("asks")\npermit (principal == Node::"scheduler", action == Action::"decision.ask_others", resource);\n';

const put = (type: string, id: string, attributes: object, parents: { type: string; id: string }[] = []) =>
  putResource(admin, { type, id, team: null, parents, attributes: attributes as never, labels: {} });

/** Puts one policy in force in the other process. */
const publish = (condition: string, scope = "principal") =>
  publishFolder(admin, {
    policies: [ASKS, `@id("runs")\npermit (${scope}, action == Action::"workload.run", resource)\n${condition};\n`],
    ...{ tests: null, base: null, note: "for a test" },
  });

/** What the gateway answers about somebody now. */
async function decision(subject: object, more: object = {}): Promise<unknown> {
  const body = { subject, action: { name: "workload.run" }, resource: { type: "Compute", id: "gpu-7" }, ...more };
  const { json } = await ask(site, "/access/v1/evaluation", { pair: scheduler, body });
  return json.decision;
}

const NODE = { type: "Node", id: "scheduler" };

describe("what another process changes holds for the next request", () => {
  it("of policies", async () => {
    expect(await decision(NODE)).toBe(false);
    await publish("");
    expect(await decision(NODE)).toBe(true);
    const base = newestEpoch(admin.read);
    await rollBack(admin, { to: base - 1, base, note: "for a test" });
    expect(await decision(NODE)).toBe(false);
  });

  it("of roles", async () => {
    await createTeam(admin, { name: "leads" });
    const { id } = await addPerson(site.world, { role: "auditor", email: "tomas@swarm.local" });
    const name = site.world.ctx.findPrincipal(site.world.ctx.read, id)?.name ?? "";
    await publish("", 'principal is User in Role::"team_lead"');
    expect(await decision({ type: "User", id: name })).toBe(false);
    const wanted = {
      role: "team_lead",
      scope: "Team::leads",
      endsAt: null,
      mode: "active",
      reason: "for a test",
      // The gateway of this test lives in another year.
      startsAt: site.world.clock.now(),
    } as const;
    const grant = await addGrant(admin, { kind: "identity", id }, wanted);
    expect(await decision({ type: "User", id: name })).toBe(true);
    await endGrant(admin, grant, "for a test");
    expect(await decision({ type: "User", id: name })).toBe(false);
  });

  it("of teams and labels", async () => {
    await createTeam(admin, { name: "vision" });
    const team = (await admin.teams(admin.read)).find(({ name }) => name === "vision");
    const id = admin.findPrincipalByName(admin.read, "node", "scheduler")?.id ?? "";
    await publish(
      'when { principal in Team::"vision" && principal.hasTag("tier") && principal.getTag("tier") == "a" }',
    );
    expect(await decision(NODE)).toBe(false);
    await updateIdentity(admin, { id, teamId: team?.id ?? null, labels: { tier: "b" } });
    expect(await decision(NODE)).toBe(false);
    await updateIdentity(admin, { id, labels: { tier: "a" } });
    expect(await decision(NODE)).toBe(true);
    await updateIdentity(admin, { id, teamId: null });
    expect(await decision(NODE)).toBe(false);
  });

  it("of a provider's trust", async () => {
    await publish('when { resource.provider.trust == "trusted" }');
    expect(await decision(NODE)).toBe(true);
    await put("Provider", "nordwind", { trust: "untrusted" });
    expect(await decision(NODE)).toBe(false);
    await put("Provider", "nordwind", { trust: "trusted" });
  });

  it("of the schema, and of groups around groups", async () => {
    const nested = swarmSchema()
      .replace("entity Pool in [Pool, Scope];", "entity Site;\nentity Pool in [Site, Scope];")
      .replace("risk: Set<String>,", "risk: Set<String>,\n  shift?: String,");
    await publishSchema(admin, { text: nested, base: newestEpoch(admin.read), note: "for a test" });
    await publish('when { resource in Site::"oslo" && context has shift && context.shift == "night" }');
    const night = { context: { shift: "night" } };
    expect(await decision(NODE, night)).toBe(false);
    await put("Site", "oslo", {});
    await put("Site", "bergen", {});
    await put("Pool", "train", {}, [{ type: "Site", id: "oslo" }]);
    expect(await decision(NODE, night)).toBe(true);
    expect(await decision(NODE, { context: { shift: "day" } })).toBe(false);
    await put("Pool", "train", {}, [{ type: "Site", id: "bergen" }]);
    expect(await decision(NODE, night)).toBe(false);
  });
});

describe("a property that a setting lists", () => {
  it("is believed in the place of what the store knows, and no other", async () => {
    await publish('when { resource.region == "eu-south" && resource.gpus == 8 }');
    const resource = { type: "Compute", id: "gpu-7", properties: { region: "eu-south", gpus: 1 } };
    expect(await decision(NODE)).toBe(false);
    const body = { subject: NODE, action: { name: "workload.run" }, resource };
    const { json } = await ask(site, "/access/v1/evaluation", { pair: scheduler, body });
    expect(json).toMatchObject({ decision: true, context: { ignored_properties: ["resource.gpus"] } });
    const wrong = { ...body, resource: { ...resource, properties: { region: 7 } } };
    expect(await ask(site, "/access/v1/evaluation", { pair: scheduler, body: wrong })).toMatchObject({
      status: 400,
      json: { detail: "resource.properties.region: expected String, found long" },
    });
  });
});

describe("curl", () => {
  it("asks as any other client does", async () => {
    await publish("");
    const folder = mkdtempSync(join(tmpdir(), "swarm-curl-"));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const body = { subject: NODE, action: { name: "workload.run" }, resource: { type: "Compute", id: "gpu-7" } };
    const tls = ["--cacert", file("ca", site.ca), "--cert", file("cert", scheduler.cert)];
    const words = [...tls, "--key", file("key", scheduler.key), "--json", JSON.stringify(body)];
    try {
      const url = `${site.gateway.machineUrl}/access/v1/evaluation`;
      const { stdout } = await promisify(execFile)("curl", ["--silent", "--show-error", ...words, url]);
      expect(JSON.parse(stdout)).toMatchObject({ decision: true, context: { policies: ["runs"] } });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
