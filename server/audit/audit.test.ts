import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issueCertificate } from "@/server/certificates/issue";
import { revokeCertificate } from "@/server/certificates/revoke";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { authorize, commit } from "@/server/kernel/permit";
import { AUDITOR, TEAM_LEAD, testWorld, type World } from "@/server/testing/world";
import { AuditHistogramInput, ListAuditInput } from "./contract";
import { exportAudit } from "./export";
import { getAuditEntry } from "./get";
import { listAudit } from "./list";
import { auditFacets, auditHistogram } from "./summarize";

let world: World;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

async function makeTeams(count: number): Promise<void> {
  const permit = await authorize(world.ctx, "team.create", { type: "Team", id: "*" });
  for (let index = 0; index < count; index++) {
    await commit(permit, async () => ({
      value: undefined,
      event: {
        kind: "team.created",
        object: { type: "Team", id: `tem_${index}`, name: index === 3 ? "100%_safe" : `Team ${index}` },
        before: { name: null },
        after: { name: `Team ${index}` },
      },
    }));
  }
}

const auditor = () => world.as(AUDITOR);

describe("reading the log", () => {
  it("pages newest first without gaps or repeats", async () => {
    await makeTeams(25);
    const seen: number[] = [];
    let before: number | undefined;
    for (let pages = 0; pages < 10; pages++) {
      const page = await listAudit(auditor(), { kind: "team.created", limit: 7, before });
      expect(page.total).toEqual({ count: 25, isExact: true });
      seen.push(...page.rows.map((row) => row.seq));
      if (page.next === null) break;
      before = page.next;
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(new Set(seen).size).toBe(25);
  });

  it("takes a text literally, wildcards included", async () => {
    await makeTeams(6);
    const { rows } = await listAudit(auditor(), { text: "100%_" });
    expect(rows.map((row) => row.object.id)).toEqual(["tem_3"]);
  });

  it("finds all about a certificate by its serial: what is kept under its key, under its serial, and from before there were keys", async () => {
    world.close();
    world = await testWorld({ hierarchy: true });
    const csr = await requestFor(await makeKey("p256"));
    const { serial } = await issueCertificate(world.ctx, { profile: "node", name: "gpu-7", csr });
    await issueCertificate(world.ctx, { profile: "node", name: "gpu-8", csr });
    await expect(revokeCertificate(auditor(), { serial, reason: "superseded" })).rejects.toMatchObject({
      code: "kernel.forbidden",
    });
    await revokeCertificate(world.ctx, { serial, reason: "superseded" });
    const copy =
      "kind, action, outcome, actor_kind, actor_id, actor_name, request_id, object_type, object_id, policy_version, leaf_hash";
    await world.runtime.database.writer.write(
      async (tx) =>
        void tx
          .statement(
            `INSERT INTO audit_entries (id, at, ${copy}, canonical) SELECT 'evt_before', at, ${copy}, canonical FROM audit_entries WHERE object_id = ? LIMIT 1`,
          )
          .run(serial),
    );

    const about = { objectId: serial };
    const { rows, total } = await listAudit(auditor(), about);
    const kinds = ["certificate.issued", "certificate.revoked", "denied", "certificate.issued"];
    expect(rows.map(({ kind, object }) => [kind, object.id])).toEqual(kinds.map((kind) => [kind, serial]));
    expect(total.count).toBe(4);
    expect((await auditFacets(auditor(), about)).outcomes).toEqual({ done: 3, refused: 1 });
    const { hours } = await auditHistogram(auditor(), { ...about, lastHours: 1 });
    expect(hours.map(({ done, refused }) => [done, refused])).toEqual([[3, 1]]);
    let exported = "";
    for await (const piece of await exportAudit(auditor(), about, "ndjson")) exported += piece;
    const lines = exported.trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { object: unknown }).object)).toEqual(
      [0, 1, 2, 3].map(() => ({ type: "Certificate", id: serial, name: "gpu-7" })),
    );
    const key = await world.ctx.objectKeyOf(world.ctx.read, serial);
    expect((await listAudit(auditor(), { objectId: key ?? "" })).rows).toEqual([]);
  });

  it("shows the bytes that the leaf hash covers", async () => {
    await makeTeams(1);
    const { rows } = await listAudit(auditor(), { kind: "team.created" });
    const entry = await getAuditEntry(auditor(), { seq: rows[0]?.seq ?? 0 });
    expect(createHash("sha256").update(entry.canonical).digest("hex")).toBe(entry.leafHash);
    expect(entry).toMatchObject({ before: { name: null }, after: { name: "Team 0" }, actor: { name: "Priya Nair" } });
  });

  it("is refused to a team lead, and the refusal is in the log", async () => {
    const lead = world.as(TEAM_LEAD);
    await expect(listAudit(lead, {})).rejects.toMatchObject({ code: "kernel.forbidden" });
    await expect(getAuditEntry(lead, { seq: 1 })).rejects.toMatchObject({ code: "kernel.forbidden" });
    await expect(exportAudit(lead, {}, "csv")).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail().map((entry) => [entry.kind, entry.action])).toEqual([
      ["denied", "audit.list"],
      ["denied", "audit.read"],
      ["denied", "audit.export"],
    ]);
  });

  it("says what is missing", async () => {
    await expect(getAuditEntry(auditor(), { seq: 999 })).rejects.toMatchObject({ code: "kernel.missing" });
  });
});

describe("summing up", () => {
  it("counts by hour, empty hours included", async () => {
    await makeTeams(2);
    world.clock.advance(2 * 3_600_000);
    await makeTeams(1);
    const { hours } = await auditHistogram(
      auditor(),
      AuditHistogramInput.parse({ lastHours: 4, kind: "team.created" }),
    );
    expect(hours.map((hour) => hour.done)).toEqual([0, 2, 0, 1]);
  });

  it("does not narrow a facet by its own choice", async () => {
    await makeTeams(3);
    await expect(listAudit(world.as(TEAM_LEAD), {})).rejects.toThrow();
    const { kinds, outcomes } = await auditFacets(auditor(), { kind: "team.created" });
    expect(kinds).toContainEqual({ kind: "denied", count: 1 });
    expect(outcomes).toEqual({ done: 3, refused: 0 });
  });
});

describe("exporting", () => {
  it("writes canonical lines whose SHA-256 is the leaf hash, and records itself", async () => {
    await makeTeams(3);
    let text = "";
    for await (const piece of await exportAudit(auditor(), { kind: "team.created" }, "ndjson")) text += piece;
    const { rows } = await listAudit(auditor(), ListAuditInput.parse({ kind: "team.created" }));
    const hashes = await Promise.all(rows.map(async (row) => (await getAuditEntry(auditor(), row)).leafHash));
    const lines = text.trimEnd().split("\n");
    expect(lines.map((line) => createHash("sha256").update(line).digest("hex"))).toEqual(hashes.reverse());
    expect(world.trail().at(-1)).toMatchObject({ kind: "audit.exported", detail: { entries: 3 } });
  });
});
