import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANONYMOUS, AUDITOR, TEAM_LEAD, testWorld, type World } from "@/server/testing/world";
import { subjectKey } from "@/server/testing/subject-key";
import { issueCertificate } from "@/server/certificates/issue";
import { REFUSALS_AT_ONCE } from "@/server/kernel/refusal-budget";
import { auditFile, certificatesFile } from "./exports";

let world: World;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const at = (query: string) => new URL(`http://console/api/export/audit?${query}`);

describe("the audit log as a file", () => {
  it("is a table with a head, as a download", async () => {
    const response = await auditFile(world.as(AUDITOR), at("format=csv"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="audit-2026-03-12.csv"');
    const lines = (await response.text()).split("\r\n");
    expect(lines[0]).toMatch(/^seq,at,kind/);
    expect(lines.length).toBeGreaterThan(2);
  });

  it("is refused to whoever may not export, with the stable code", async () => {
    const response = await auditFile(world.as(TEAM_LEAD), at("format=csv"));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ status: 403, code: "kernel.forbidden" });
  });

  it("is not there for whoever is not signed in: they are told to, and the log has the refusal", async () => {
    const response = await auditFile(world.as(ANONYMOUS), at("format=csv"));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ status: 401, code: "kernel.unauthenticated" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "audit.export", outcome: "refused" }]);
  });

  it("is not refused without end to a stranger's network: then it is told when to come again, and nothing is written", async () => {
    for (let time = 0; time < REFUSALS_AT_ONCE; time++) await auditFile(world.as(ANONYMOUS), at("format=csv"));
    world.forget();
    const response = await auditFile(world.as(ANONYMOUS), at("format=csv"));
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("10");
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status: 429, code: "kernel.too_many_refusals" });
    expect(world.trail()).toEqual([]);
  });

  it.each(["", "format=xml", "format=csv&outcome=maybe"])("is refused for the address ?%s", async (query) => {
    const response = await auditFile(world.as(AUDITOR), at(query));
    expect(response.status).toBe(400);
    expect(world.trail()).toEqual([]);
  });
});

describe("the inventory as a file", () => {
  const of = (query: string) => new URL(`http://console/api/export/certificates?${query}`);

  it("holds what the address shows and nothing else, and the log says so", async () => {
    world.close();
    world = await testWorld({ hierarchy: true });
    for (const name of ["gpu-7", "gpu-8"]) {
      await issueCertificate(world.ctx, { profile: "node", name, csr: await subjectKey().request(name) });
    }
    world.forget();
    const response = await certificatesFile(world.as(AUDITOR), of("format=ndjson&q=gpu-8"));
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="certificates-2026-03-12.ndjson"');
    const lines = (await response.text()).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).name)).toEqual(["gpu-8"]);
    expect(world.trail()).toMatchObject([{ kind: "certificate.exported", outcome: "done" }]);
  });

  it.each([
    ["whoever may not export", 403, "kernel.forbidden", { ...TEAM_LEAD, roles: [] }],
    ["whoever is not signed in", 401, "kernel.unauthenticated", ANONYMOUS],
  ])("is refused to %s with %d", async (_, status, code, actor) => {
    const response = await certificatesFile(world.as(actor), of("format=csv"));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "certificate.export", outcome: "refused" }]);
  });

  it.each(["", "format=xml"])("is refused for the address ?%s", async (query) => {
    expect((await certificatesFile(world.as(AUDITOR), of(query))).status).toBe(400);
  });
});
