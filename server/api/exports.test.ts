import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANONYMOUS, AUDITOR, testWorld, type World } from "@/server/testing/world";
import { subjectKey } from "@/server/testing/subject-key";
import { issueCertificate } from "@/server/certificates/issue";
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
    const response = await auditFile(world.as(ANONYMOUS), at("format=csv"));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "kernel.forbidden" });
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

  it("is refused to whoever may not export, with the stable code", async () => {
    const response = await certificatesFile(world.as(ANONYMOUS), of("format=csv"));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "kernel.forbidden" });
  });

  it.each(["", "format=xml"])("is refused for the address ?%s", async (query) => {
    expect((await certificatesFile(world.as(AUDITOR), of(query))).status).toBe(400);
  });
});
