import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAlerts } from "@/server/certificates/alerts";
import { readAttention } from "@/server/certificates/attention";
import { listAuthorities } from "@/server/certificates/authorities";
import { readExpiryCalendar } from "@/server/certificates/expiry-calendar";
import { listCertificates } from "@/server/certificates/list-certificates";
import { listJoinTokens } from "@/server/certificates/join-tokens";
import { listIdentities } from "@/server/identities/list-identities";
import { signIn } from "@/server/identities/sign-in";
import { ACTIONS } from "@/server/kernel/actions";
import type { Context } from "@/server/kernel/context";
import { ANONYMOUS, openRuntime, originOfProcess, type Runtime } from "@/server/platform/composition";
import { readSettings, type Settings } from "@/server/platform/env";
import { listResources } from "@/server/resources/list-resources";
import { TERMINAL } from "@/server/testing/terminal";
import { run } from "../run";
import { makeInstallation } from "./installation";
import type { DemoReport } from "./report";

const began = new Date();
let settings: Settings;
let runtime: Runtime;
let ctx: Context;
let report: DemoReport;

beforeAll(async () => {
  settings = readSettings({
    NODE_ENV: "test",
    SWARM_LOG_LEVEL: "silent",
    SWARM_HOME: resolve(import.meta.dirname, "../../.."),
    SWARM_DATA_DIR: mkdtempSync(join(tmpdir(), "swarm-demo-")),
  });
  const said = await swarmDemo();
  expect(said).toMatchObject({ code: 0, err: "" });
  report = JSON.parse(said.out);
  runtime = await openRuntime(settings, "test");
  ctx = runtime.contextFor(TERMINAL, originOfProcess("req_test"));
}, 240_000);

afterAll(() => {
  runtime?.close();
  rmSync(settings.dataDir, { recursive: true, force: true });
});

describe("swarm demo", () => {
  it("says what the listing verbs find", async () => {
    const { counts } = report;
    for (const [kind, said] of [
      ["node", counts.nodes],
      ["service", counts.services],
      ["user", counts.people],
    ] as const) {
      const { total, byState } = await listIdentities(ctx, { kind, query: "", limit: 200 });
      expect(said).toEqual({ total, ...byState });
    }
    expect(counts.nodes).toEqual({ total: 63, active: 60, locked: 2, retired: 1 });
    expect(counts.services).toEqual({ total: 13, active: 13, locked: 0, retired: 0 });
    expect(counts.people).toEqual({ total: 7, active: 6, locked: 0, retired: 1 });
    expect((await listJoinTokens(ctx, {})).counts).toEqual(counts.joinTokens);
    expect(counts.joinTokens).toMatchObject({ open: 3, revoked: 1 });
    expect(await certificates()).toHaveLength(counts.certificates.total ?? 0);
  });

  it("has registered the hardware of every node, a quarter of it from a provider whom nobody trusts", async () => {
    const { byType, all, total } = await listResources(ctx, { text: "", limit: 1 });
    expect(report.counts.resources.total).toBe(total);
    const nodes = await listIdentities(ctx, { kind: "node", query: "", limit: 200 });
    const names = ctx.resourcesOf(ctx.read).flatMap(({ type, id }) => (type === "Compute" ? [id] : []));
    expect(new Set(names)).toEqual(new Set(nodes.items.map(({ name }) => name)));
    expect(all).toEqual({ resources: total, untrustedProviders: 1, untrustedCompute: 16 });
    expect(byType.map(({ type, count }) => [type, count])).toEqual([
      ["Compute", 63],
      ["Dataset", 3],
      ["Endpoint", 2],
      ["Model", 2],
      ["Network", 2],
      ["Pool", 3],
      ["Provider", 3],
      ["Storage", 3],
    ]);
  });

  it("has certificates in every state, and of every key that a machine may have chosen", async () => {
    const all = await certificates();
    const states = new Map<string, number>();
    for (const { status } of all) states.set(status, (states.get(status) ?? 0) + 1);
    expect([...states.keys()].sort()).toEqual(["active", "due", "expired", "renewed", "revoked"]);
    expect(states.get("due")).toBeGreaterThanOrEqual(5);
    expect(new Set(all.map(({ keyAlgorithm }) => keyAlgorithm))).toEqual(
      new Set(["P-256", "P-384", "Ed25519", "RSA-2048"]),
    );
    const reasons = new Set(all.flatMap(({ revocationReason }) => revocationReason ?? []));
    expect(reasons.size).toBe(6);

    const { days } = await readExpiryCalendar(ctx);
    const weeks = Array.from({ length: 12 }, (_, week) => days.slice(week * 7, week * 7 + 7));
    expect(weeks.filter((week) => week.some(({ ending }) => ending > 0)).length).toBeGreaterThanOrEqual(11);
  });

  it("leaves something that needs a person", async () => {
    expect(await listAlerts(ctx)).toMatchObject([{ identityName: "gpu-h100-ams-07", identityState: "locked" }]);
    const { failedRenewals, lateCrls } = await readAttention(ctx);
    expect(failedRenewals.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining(["gpu-a100-fra-06", "gpu-l40s-fra-02"]),
    );
    expect(lateCrls).toEqual([]);
    const { authorities } = await listAuthorities(ctx);
    expect(authorities.map(({ crl }) => crl?.state)).toEqual(["fresh", "fresh", "fresh", "fresh"]);
    for (const { crl } of authorities) expect(crl?.thisUpdate.getTime()).toBeGreaterThan(began.getTime() - 1000);
  });

  it("has answered its nodes, and denied one in quarantine and a job that went to the wrong place", async () => {
    const rows = runtime.database.read
      .statement("SELECT subject_id AS who, decision, policies, count(*) AS count FROM decisions GROUP BY 1, 2, 3")
      .all() as { who: string; decision: string; policies: string; count: number }[];
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(1_000);
    const denied = rows.filter(({ decision }) => decision === "deny");
    expect(denied).toEqual(
      expect.arrayContaining([
        { who: "gpu-l40s-fra-05", decision: "deny", policies: '["quarantined-node"]', count: expect.any(Number) },
        { who: "gpu-a100-fra-03", decision: "deny", policies: "[]", count: 4 },
      ]),
    );
  });

  it("has an audit log of verbs alone, that goes forward, and tells of every certificate", async () => {
    const entries = runtime.database.read
      .statement("SELECT at, kind, action, outcome, object_id AS object FROM audit_entries ORDER BY seq")
      .all() as { at: number; kind: string; action: string; outcome: string; object: string }[];
    expect(entries.length).toBe(report.counts.auditEntries.total);
    expect(entries.filter(({ action }) => !(action in ACTIONS))).toEqual([]);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).sort((a, b) => a - b));
    expect(entries.at(0)?.at).toBeLessThan(began.getTime() - 39 * 86_400_000);
    expect(entries.at(-1)?.at).toBeLessThanOrEqual(Date.now());

    const told = entries.filter(({ kind }) => kind === "certificate.issued" || kind === "certificate.renewed");
    const kept = await certificates();
    expect(told.map(({ object }) => object).sort()).toEqual(kept.map(({ serial }) => serial).sort());
    const revoked = new Set(entries.filter(({ kind }) => kind === "certificate.revoked").map(({ object }) => object));
    const retired = kept.filter((each) => each.status === "revoked" && !revoked.has(each.serial));
    expect(new Set(retired.map(({ name }) => name))).toEqual(new Set(["gpu-h100-fra-05"]));

    const refusals = entries
      .filter(({ outcome }) => outcome === "refused")
      .map(({ kind, action }) => `${kind} ${action}`);
    expect(new Set(refusals)).toEqual(
      new Set([
        "denied certificate.revoke",
        "denied identity.create",
        "enrollment.refused identity.enroll",
        "grant.refused grant.add",
        "renewal.refused certificate.renew",
        "sign_in.refused session.create",
      ]),
    );
  });

  it("lets people in with the password that it says, and keeps that nowhere", async () => {
    const stranger = runtime.contextFor(ANONYMOUS, { address: "192.0.2.7", userAgent: null, requestId: "req_test" });
    for (const { email, needsCode } of report.people) {
      const outcome = await signIn(stranger, { email, password: report.password });
      expect(outcome.status).toBe(needsCode ? "needs_code" : "signed_in");
    }
    const entries = runtime.database.read.statement("SELECT canonical FROM audit_entries").all();
    expect(JSON.stringify(entries)).not.toContain(report.password);
  });

  it("is refused where there is an installation, and changes nothing there", async () => {
    const before = await certificates();
    const again = await swarmDemo();
    expect(again).toMatchObject({ code: 1, out: "" });
    expect(JSON.parse(again.err).error.code).toBe("demo.not_empty");
    expect(await certificates()).toEqual(before);
  });
});

describe("an example that is interrupted", () => {
  it("is no installation, and can be begun anew", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "swarm-demo-"));
    const empty = {
      ...settings,
      dataDir,
      databaseFile: join(dataDir, "swarm.db"),
      masterKeyFile: join(dataDir, "m.key"),
    };
    const attempt = (work: () => Promise<number>) =>
      makeInstallation(empty, { operator: TERMINAL, now: () => new Date() }, work);

    await expect(attempt(() => Promise.reject(new Error("the power went")))).rejects.toThrow("the power went");
    expect(readdirSync(dataDir).filter((name) => name.startsWith("swarm.db"))).toEqual([]);

    expect(await attempt(async () => 7)).toBe(7);
    expect(readdirSync(dataDir).filter((name) => name.startsWith("swarm.db"))).toEqual(["swarm.db"]);
    expect(statSync(empty.databaseFile).mode & 0o077).toBe(0);
    expect(existsSync(empty.masterKeyFile)).toBe(true);
    rmSync(dataDir, { recursive: true });
  });
});

async function certificates() {
  const rows = [];
  let cursor: string | undefined;
  do {
    const page = await listCertificates(ctx, { limit: 200, cursor });
    rows.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

async function swarmDemo() {
  let [out, err] = ["", ""];
  const code = await run(["demo", "--json"], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    input: async function* () {},
    withContext: () => Promise.reject(new Error("the demo opens a new installation only")),
    withNewInstallation: (now, work) => makeInstallation(settings, { operator: TERMINAL, now }, work),
    trustDomain: () => settings.trustDomain,
    stopSignal: () => new AbortController().signal,
  });
  return { code, out, err };
}
