import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Sqlite from "better-sqlite3";
import { createTeam } from "@/server/identities/create-team";
import { lockIdentity } from "@/server/identities/lock-identity";
import { unlockIdentity } from "@/server/identities/unlock-identity";
import { updateIdentity } from "@/server/identities/update-identity";
import type { DecisionAnswer } from "@/server/policies/authzen-contract";
import { publishFolder, rollBack } from "@/server/policies/publish";
import { newestEpoch } from "@/server/policies/store";
import { putResource } from "@/server/resources/put-resource";
import { addPerson } from "@/server/testing/people";
import { ask, enrollMachine, type Machine, type Site, startSite } from "@/server/testing/site";
import { MACHINE_ROUTES } from "./routes";

const RUN_OWN = `@id("nodes-run")
permit (principal is Node, action == Action::"workload.run", resource);
`;
const NO_UNTRUSTED = `@id("no-untrusted-training")
forbid (principal, action == Action::"workload.run", resource)
when { context has workload && context.workload.kind == "training" }
when { resource.provider.trust == "untrusted" };
`;
const SCHEDULER_ASKS = `@id("scheduler-asks")
permit (principal == Node::"scheduler", action == Action::"decision.ask_others", resource)
when { resource has team && resource.team == Team::"vision" };
`;

let site: Site;
let machine: Machine;
let scheduler: Machine;

beforeAll(async () => {
  site = await startSite();
  await addPerson(site.world, { role: "admin" });
  await createTeam(site.world.ctx, { name: "vision" });
  machine = await enrollMachine(site, "gpu-7");
  scheduler = await enrollMachine(site, "scheduler");
  await putProvider("trusted");
  await put("Compute", "gpu-7", { provider: provider("nordwind"), region: "eu-north", gpus: 8 });
  await publish([RUN_OWN, NO_UNTRUSTED]);
});
afterAll(() => site.close());

const put = (type: string, id: string, attributes: Record<string, unknown>) =>
  putResource(site.world.ctx, { type, id, team: null, parents: [], attributes: attributes as never, labels: {} });
const provider = (id: string) => ({ __entity: { type: "Provider", id } });
const putProvider = (trust: string) => put("Provider", "nordwind", { trust });
const publish = (policies: string[]) =>
  publishFolder(site.world.ctx, { policies, tests: null, base: null, note: "for a test" });

const OWN = {
  subject: { type: "Node", id: "gpu-7" },
  action: { name: "workload.run" },
  resource: { type: "Compute", id: "gpu-7" },
};
const TRAINING = { workload: { kind: "training", sensitivity: "internal", team: "vision" } };
const evaluation = (body: unknown, pair = machine) => ask(site, "/access/v1/evaluation", { pair, body });

function logged(): { readonly decision: string; readonly seq: number; readonly [column: string]: unknown }[] {
  return site.world.runtime.database.read.statement("SELECT * FROM decisions ORDER BY seq").all() as never;
}

describe("a machine that asks about itself", () => {
  it("is told the decision, by which policies and under which epoch, and finds it in the log", async () => {
    const { status, json, headers } = await ask(site, "/access/v1/evaluation", {
      pair: machine,
      body: { ...OWN, context: TRAINING },
      headers: { "x-request-id": "mine-1" },
    });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: {
        decision: true,
        context: { policies: ["nodes-run"], reason: "the policy nodes-run permits it", epoch: 1 },
      },
    });
    expect(headers["x-request-id"]).toBe("mine-1");
    const row = logged().at(-1);
    expect(row).toMatchObject({
      seq: (json.context as { decision_id: number }).decision_id,
      asker_kind: "node",
      asker_name: "gpu-7",
      subject_type: "Node",
      subject_id: "gpu-7",
      action: "workload.run",
      resource_type: "Compute",
      workload_kind: "training",
      decision: "allow",
      policies: '["nodes-run"]',
      reason: null,
      epoch: 1,
    });
    expect(row?.latency_micros).toBeGreaterThan(0);
    expect(JSON.parse(String(row?.asked))).toMatchObject({
      context: { provedBy: ["certificate"], address: "127.0.0.1", workload: { __entity: { type: "Workload" } } },
      facts: [{ uid: { type: "Node", id: "gpu-7" } }, { uid: OWN.resource }, { uid: { id: "nordwind" } }, { tags: {} }],
    });
  });

  it("is decided about by what the store knows at that moment", async () => {
    await putProvider("untrusted");
    expect((await evaluation({ ...OWN, context: TRAINING })).json).toMatchObject({
      decision: false,
      context: { policies: ["no-untrusted-training"], reason: "the policy no-untrusted-training forbids it" },
    });
    await putProvider("trusted");
    expect((await evaluation({ ...OWN, context: TRAINING })).json).toMatchObject({ decision: true });
  });
});

describe("questions about others", () => {
  const about = (id: string, more: object = {}) => ({ ...OWN, subject: { type: "Node", id }, ...more });

  it("need a permission of their own, which a policy may give for a team", async () => {
    const refused = await evaluation(about("gpu-7"), scheduler);
    expect(refused).toMatchObject({ status: 403, json: { code: "kernel.forbidden" } });
    expect(site.world.trail().at(-1)).toMatchObject({ kind: "denied", action: "decision.ask_others" });

    const { id: vision } = await createTeam(site.world.ctx, { name: "audio" }).then(() => teamOf("vision"));
    await updateIdentity(site.world.ctx, { id: idOf("gpu-7"), teamId: vision });
    await publish([RUN_OWN, NO_UNTRUSTED, SCHEDULER_ASKS]);
    expect((await evaluation(about("gpu-7"), scheduler)).json).toMatchObject({ decision: true });
    for (const name of ["scheduler-2", "nobody"]) {
      expect(await evaluation(about(name), scheduler)).toMatchObject({ status: 403 });
    }

    await rollBack(site.world.ctx, { to: 1, base: newestEpoch(site.world.ctx.read), note: "for a test" });
    expect(await evaluation(about("gpu-7"), scheduler)).toMatchObject({ status: 403 });
    await publish([RUN_OWN, NO_UNTRUSTED, SCHEDULER_ASKS]);
  });

  it("may report how somebody proved who they are, which nobody can of themselves", async () => {
    await publish([
      RUN_OWN,
      SCHEDULER_ASKS,
      `@id("no-password")\nforbid (principal, action == Action::"workload.run", resource) when { context.provedBy.contains("password") };\n`,
    ]);
    const reported = { context: { provedBy: ["password"], address: "203.0.113.9", risk: ["new-device"] } };
    expect((await evaluation(about("gpu-7", reported), scheduler)).json).toMatchObject({
      decision: false,
      context: { policies: ["no-password"] },
    });
    const own = await evaluation({ ...OWN, ...reported });
    expect(own).toMatchObject({ status: 400, json: { code: "policy.request_refused" } });
    expect(own.json.detail).toMatch(/context\.provedBy: .* what may be given: workload, reason/);
    await publish([RUN_OWN, NO_UNTRUSTED, SCHEDULER_ASKS]);
  });

  it.each(["gpu-7", () => idOf("gpu-7"), "spiffe://swarm.local/node/gpu-7"])("mean the same by %s", async (id) => {
    const body = about(typeof id === "string" ? id : id());
    expect(await evaluation(body)).toMatchObject({ status: 200, json: { decision: true } });
    expect(logged().at(-1)).toMatchObject({ subject_id: "gpu-7" });
  });

  it("are denied with a reason about a machine that is locked", async () => {
    await lockIdentity(site.world.ctx, { id: idOf("gpu-7"), reason: "looks odd" });
    expect((await evaluation(about("gpu-7"), scheduler)).json).toMatchObject({
      decision: false,
      context: { policies: [], reason: 'Node "gpu-7" is locked' },
    });
    await unlockIdentity(site.world.ctx, { id: idOf("gpu-7") });
    machine = await enrollMachine(site, "gpu-7");
  });
});

describe("what is asked", () => {
  it.each([
    ["a resource that nobody registered", { resource: { type: "Compute", id: "x" } }, 'there is no Compute "x"'],
    ["an action that nobody declared", { action: { name: "fly" } }, 'there is no action "fly" that could be asked for'],
    ["an action on another type", { action: { name: "model.read" } }, "model.read is not asked on a Compute"],
  ])("is denied for %s, with the reason", async (_, changed, reason) => {
    const { status, json } = await evaluation({ ...OWN, ...changed });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { decision: false, context: { policies: [], reason } },
    });
    expect(logged().at(-1)).toMatchObject({ decision: "deny", reason });
  });

  it.each([
    [{ weather: "fine" }, /context\.weather: the schema in force has no such attribute; what may be given: workload/],
    [{ now: "2020-01-01" }, /context\.now: this is established here/],
    [{ workload: { kind: "training" } }, /context\.workload\.sensitivity: this is missing/],
    [{ workload: { kind: 7, sensitivity: "public" } }, /context\.workload\.kind: expected String, found long/],
    [{ workload: { colour: "red" } }, /context\.workload\.colour: a Workload has no such attribute; .*: id, kind/],
    [{ reason: ["a"] }, /context\.reason/],
  ])("is refused when it comes with %j, and nothing is decided", async (context, detail) => {
    const before = logged().length;
    const { status, json } = await evaluation({ ...OWN, context });
    expect({ status, code: json.code }).toEqual({ status: 400, code: "policy.request_refused" });
    expect(json.detail).toMatch(detail);
    expect(logged().length).toBe(before);
  });

  it("claims nothing of itself that decides", async () => {
    const resource = { ...OWN.resource, properties: { provider: "trusted", gpus: 1 } };
    const subject = { ...OWN.subject, properties: { clearance: "top" } };
    expect((await evaluation({ ...OWN, subject, resource })).json).toMatchObject({
      context: { ignored_properties: ["subject.clearance", "resource.provider", "resource.gpus"] },
    });
  });

  it("is refused when it is no question, naming the field", async () => {
    const { status, json } = await evaluation({ ...OWN, subject: { type: "Node" } });
    expect({ status, json }).toMatchObject({ status: 400, json: { code: "gateway.body_invalid" } });
    expect(json.detail).toMatch(/subject\.id/);
    let deep: unknown = "x";
    for (let depth = 0; depth < 50; depth++) deep = { deep };
    expect(await evaluation({ ...OWN, context: { deep } })).toMatchObject({ status: 400 });
  });

  it("is not answered when it cannot be written down", async () => {
    const other = new Sqlite(site.world.runtime.settings.databaseFile);
    other.exec("CREATE TRIGGER full BEFORE INSERT ON decisions BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    try {
      const { status, json } = await evaluation(OWN);
      expect({ status, code: json.code }).toEqual({ status: 503, code: "kernel.decision_not_logged" });
      expect(json).not.toHaveProperty("decision");
    } finally {
      other.exec("DROP TRIGGER full");
      other.close();
    }
    expect((await evaluation(OWN)).json).toMatchObject({ decision: true });
  });
});

describe("many questions at once", () => {
  const YES = { resource: OWN.resource };
  const NO = { resource: { type: "Compute", id: "x" } };
  const all = (evaluations: unknown[], evaluations_semantic?: string) =>
    ask(site, "/access/v1/evaluations", {
      pair: machine,
      body: { ...OWN, evaluations, ...(evaluations_semantic && { options: { evaluations_semantic } }) },
    });

  it.each([
    [undefined, [true, false, true]],
    ["execute_all", [true, false, true]],
    ["deny_on_first_deny", [true, false]],
    ["permit_on_first_permit", [true]],
  ])("are answered in their order with %s, and each answer is in the log", async (semantic, expected) => {
    const before = logged().length;
    const { evaluations } = (await all([YES, NO, YES], semantic)).json as { evaluations: DecisionAnswer[] };
    expect(evaluations.map(({ decision }) => decision)).toEqual(expected);
    const rows = logged().slice(before);
    expect(rows.map(({ seq }) => seq)).toEqual(evaluations.map(({ context }) => context.decision_id));
    expect(rows.map(({ decision }) => decision === "allow")).toEqual(expected);
  });

  it("are denied one by one where they cannot be asked", async () => {
    const { evaluations } = (await all([{ context: { weather: "fine" } }, YES])).json as {
      evaluations: DecisionAnswer[];
    };
    expect(evaluations).toMatchObject([{ decision: false, context: { error: { status: 400 } } }, { decision: true }]);
  });

  it("are one question when there is no array, or an empty one", async () => {
    for (const more of [{}, { evaluations: [] }]) {
      const { json } = await ask(site, "/access/v1/evaluations", { pair: machine, body: { ...OWN, ...more } });
      expect(json).toMatchObject({ decision: true });
    }
  });

  it("are at most a thousand, and each is whole", async () => {
    expect(await all(Array.from({ length: 1_001 }, () => ({})))).toMatchObject({ status: 400 });
    const { status, json } = await ask(site, "/access/v1/evaluations", {
      pair: machine,
      body: { subject: OWN.subject, evaluations: [{ action: OWN.action }] },
    });
    expect(status).toBe(400);
    expect(json.detail).toMatch(/evaluations\.0\.resource/);
  });
});

describe("a search", () => {
  const search = (what: string, body: object, pair = machine) => ask(site, `/access/v1/search/${what}`, { pair, body });

  it("finds what an evaluation would allow, a page at a time", async () => {
    for (const id of ["gpu-1", "gpu-2", "gpu-3"]) {
      await put("Compute", id, { provider: provider("nordwind"), region: "eu-north", gpus: 1 });
    }
    const asked = { ...OWN, resource: { type: "Compute" }, page: { limit: 3 } };
    const first = (await search("resource", asked)).json as unknown as Found;
    expect(first.results.map(({ id }) => id)).toEqual(["gpu-1", "gpu-2", "gpu-3"]);
    const token = first.page.next_token;
    const rest = (await search("resource", { ...asked, page: { token } })).json as unknown as Found;
    expect(rest).toMatchObject({ results: [{ type: "Compute", id: "gpu-7" }], page: { next_token: "", count: 1 } });

    const other = await search("resource", { ...asked, action: { name: "compute.drain" }, page: { token } });
    expect(other).toMatchObject({ status: 400, json: { code: "policy.request_refused" } });
    expect(site.world.trail().at(-1)).toMatchObject({ kind: "decision.searched", detail: { found: 1 } });
  });

  it("finds actions", async () => {
    expect((await search("action", { subject: OWN.subject, resource: OWN.resource })).json).toMatchObject({
      results: [{ name: "workload.run" }],
    });
  });

  it("finds subjects for those who may ask about everybody", async () => {
    const asked = { ...OWN, subject: { type: "Node" } };
    expect(await search("subject", asked, scheduler)).toMatchObject({ status: 403 });
    await publish([
      RUN_OWN,
      '@id("asks")\npermit (principal == Node::"scheduler", action == Action::"decision.ask_others", resource);\n',
    ]);
    expect((await search("subject", asked, scheduler)).json).toMatchObject({
      results: [
        { type: "Node", id: "gpu-7" },
        { type: "Node", id: "scheduler" },
      ],
      page: { next_token: "" },
    });
    await publish([RUN_OWN, NO_UNTRUSTED, SCHEDULER_ASKS]);
  });
});

describe("the description of the gateway", () => {
  it("is told to everybody, and names what is there", async () => {
    const { status, json } = await ask(site, "/.well-known/authzen-configuration");
    expect(status).toBe(200);
    for (const [name, url] of Object.entries(json)) {
      if (name === "policy_decision_point") continue;
      expect(MACHINE_ROUTES.map(({ path }) => path)).toContain(new URL(String(url)).pathname);
    }
  });
});

interface Found {
  readonly results: { readonly id: string }[];
  readonly page: { readonly next_token: string };
}

function idOf(name: string): string {
  return site.world.ctx.findPrincipalByName(site.world.ctx.read, "node", name)?.id ?? "";
}

async function teamOf(name: string): Promise<{ id: string }> {
  const team = (await site.world.ctx.teams(site.world.ctx.read)).find((one) => one.name === name);
  if (!team) throw new Error(`there is no team ${name}`);
  return team;
}
