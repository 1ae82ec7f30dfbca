import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import { formatGeneralName } from "@/server/engines/x509/general-names";
import { keyAlgorithms } from "@/server/engines/x509/keys";
import { decodePem } from "@/server/engines/x509/pem";
import { rsaKeyFile } from "@/server/testing/rsa-key";
import { subjectKey } from "@/server/testing/subject-key";
import { RUN_BEGAN, testWorld, type World, type WorldOptions } from "@/server/testing/world";
import { getCertificate } from "./get";
import { issueCertificate } from "./issue";
import { previewIssue } from "./preview-issue";
import { bundleOf } from "./trust";
import { allAuthorities } from "./authority-store";

let world: World;

afterEach(() => world.close());

async function worldWith(options: WorldOptions = {}): Promise<World> {
  world = await testWorld({ hierarchy: true, ...options });
  return world;
}

function countCertificates(): number {
  const row = world.runtime.database.read.statement("SELECT count(*) AS n FROM certificates").get();
  return (row as { n: number }).n;
}

it("signs what was asked for, keeps it, and says so in the audit log", async () => {
  const { ctx } = await worldWith();
  const csr = await subjectKey().request("gpu-7", ["dns:GPU-7.swarm.local"]);

  const issued = await issueCertificate(ctx, { profile: "node", csr, names: ["10.0.0.7"], hours: 24 });

  expect(issued).toMatchObject({
    name: "gpu-7",
    kind: "node",
    status: "active",
    spiffeId: "spiffe://swarm.local/node/gpu-7",
    sans: ["uri:spiffe://swarm.local/node/gpu-7", "dns:gpu-7.swarm.local", "ip:10.0.0.7"],
    keyAlgorithm: "P-256",
    authority: { slug: "nodes" },
  });
  expect(issued.notBefore).toEqual(new Date("2026-03-12T14:31:00Z"));
  expect(issued.notAfter).toEqual(new Date("2026-03-13T14:32:00Z"));
  const certificate = parseCertificate(decodePem("CERTIFICATE", issued.certificatePem));
  expect(certificate.serial).toBe(issued.serial);
  expect(certificate.subject.text).toContain("CN=gpu-7");
  expect(certificate.subjectAltNames.map(formatGeneralName)).toEqual(issued.sans);
  expect(world.trail()).toMatchObject([
    { kind: "certificate.issued", outcome: "done", object: { id: issued.serial }, detail: { name: "gpu-7" } },
    { kind: "identity.created", object: { id: issued.identityId } },
  ]);
});

it("records the refusal and signs nothing when the policy says no", async () => {
  const { ctx } = await worldWith({ may: [] });
  const csr = await subjectKey().request("gpu-7");

  await expect(issueCertificate(ctx, { profile: "node", csr })).rejects.toMatchObject({ code: "kernel.forbidden" });
  expect(countCertificates()).toBe(0);
  expect(world.trail()).toMatchObject([{ kind: "denied", action: "certificate.issue", outcome: "refused" }]);
});

it("makes no identity for somebody who may issue but not create", async () => {
  const { ctx } = await worldWith({ may: ["certificate.issue"] });
  const csr = await subjectKey().request("gpu-7");

  await expect(issueCertificate(ctx, { profile: "node", csr })).rejects.toMatchObject({ code: "kernel.forbidden" });
  expect(world.trail()).toMatchObject([{ kind: "denied", action: "identity.create" }]);
});

const refused: [
  string,
  { cn?: string | null; sans?: string[]; names?: string[]; hours?: number; profile?: string },
  object,
][] = [
  ["a DNS name of the request outside the profile", { sans: ["dns:db.example.com"] }, { code: "name.dns", rule: 2 }],
  ["a DNS name of the form outside the profile", { names: ["db.example.com"] }, { code: "name.dns", rule: 2 }],
  ["the trust domain itself", { sans: ["dns:swarm.local"] }, { code: "name.dns" }],
  ["a name that merely ends alike", { sans: ["dns:evilswarm.local"] }, { code: "name.dns" }],
  ["a wildcard", { sans: ["dns:*.swarm.local"] }, { code: "name.malformed", rule: 2 }],
  ["a public address", { sans: ["ip:8.8.8.8"] }, { code: "name.ip", rule: 3 }],
  [
    "somebody else's SPIFFE ID",
    { cn: "gpu-7", names: ["spiffe://swarm.local/node/gpu-8"] },
    { code: "name.spiffe", rule: 1 },
  ],
  ["a SPIFFE ID of another kind", { sans: ["uri:spiffe://swarm.local/service/gpu-7"] }, { code: "name.spiffe" }],
  ["an address for mail on a node", { sans: ["email:gpu-7@swarm.local"] }, { code: "name.kind", rule: null }],
  ["a name that is none", { names: ["not a name"] }, { code: "name.malformed" }],
  ["a lifetime beyond the profile", { hours: 721 }, { code: "validity.too_long" }],
  ["a request that names nobody", { cn: null }, { code: "identity.name_missing" }],
];

it.each(refused)("refuses %s, with a finding, and signs nothing", async (_, wish, finding) => {
  const { ctx } = await worldWith();
  const { cn = "gpu-7", sans, names, hours, profile = "node" } = wish;
  const csr = await subjectKey().request(cn, sans);

  const attempt = issueCertificate(ctx, { profile, csr, names, hours, name: cn === "gpu-7" ? "gpu-7" : undefined });
  await expect(attempt).rejects.toMatchObject({
    code: "certificate.request_refused",
    facts: { findings: [finding] },
  });
  expect(countCertificates()).toBe(0);
});

it("says which rule was broken in words", async () => {
  const { ctx } = await worldWith();
  const csr = await subjectKey().request("gpu-7", ["dns:db.example.com"]);
  await expect(issueCertificate(ctx, { profile: "node", csr })).rejects.toThrow(
    "refused: SAN `db.example.com` is outside `*.swarm.local`, rule 2",
  );
});

it("refuses a request that another key signed", async () => {
  const { ctx } = await worldWith();
  const honest = decodePem("CERTIFICATE REQUEST", await subjectKey().request("gpu-7"));
  const forged = Buffer.from(honest);
  const at = forged.length - 5;
  forged[at] = (forged[at] ?? 0) ^ 1;
  const csr = `-----BEGIN CERTIFICATE REQUEST-----\n${forged.toString("base64")}\n-----END CERTIFICATE REQUEST-----\n`;
  await expect(issueCertificate(ctx, { profile: "node", csr })).rejects.toMatchObject({
    code: "certificate.proof_of_possession_failed",
  });
  expect(countCertificates()).toBe(0);
});

it("refuses what is not a request, and an unknown profile or person", async () => {
  const { ctx } = await worldWith();
  const csr = await subjectKey().request("alice");
  await expect(issueCertificate(ctx, { profile: "node", csr: "hello" })).rejects.toMatchObject({
    code: "certificate.request_unreadable",
  });
  await expect(issueCertificate(ctx, { profile: "nope", csr })).rejects.toMatchObject({ code: "kernel.missing" });
  await expect(issueCertificate(ctx, { profile: "user", csr })).rejects.toMatchObject({
    code: "certificate.person_unknown",
  });
});

it("issues to a person who exists, for the person's own mail address", async () => {
  const { ctx } = await worldWith();
  await world.runtime.database.writer.write(async (tx) => {
    tx.statement(`
      INSERT INTO identities (id, kind, name, display_name, email, labels, state, state_changed_at, created_at)
      VALUES ('idn_priya', 'user', 'priya', 'Priya Nair', 'priya@example.com', '{}', 'active', 1, 1)`).run();
  });
  const key = subjectKey();
  const issued = await issueCertificate(ctx, {
    profile: "user",
    csr: await key.request("priya"),
    names: ["priya@swarm.local"],
  });
  expect(issued).toMatchObject({
    identityId: "idn_priya",
    sans: ["uri:spiffe://swarm.local/user/priya", "email:priya@swarm.local"],
    authority: { slug: "users" },
  });
  expect(world.trail().map((entry) => entry.kind)).toEqual(["certificate.issued"]);
});

it("issues nothing to a locked identity", async () => {
  const { ctx } = await worldWith();
  const key = subjectKey();
  const { identityId } = await issueCertificate(ctx, { profile: "node", csr: await key.request("gpu-7") });
  await world.runtime.database.writer.write((tx) => ctx.lockIdentity(tx, identityId, "test", ctx.now()));

  await expect(issueCertificate(ctx, { profile: "node", csr: await key.request("gpu-7") })).rejects.toMatchObject({
    code: "certificate.identity_not_active",
  });
  expect(countCertificates()).toBe(1);
});

it("refuses everything before the setup", async () => {
  const { ctx } = await worldWith({ hierarchy: false });
  const csr = await subjectKey().request("gpu-7");
  await expect(issueCertificate(ctx, { profile: "node", csr })).rejects.toMatchObject({
    code: "certificate.not_set_up",
  });
});

it("issues for an RSA key of a size between the usual ones, as openssl makes it, and takes it for the size it reaches", async () => {
  const { ctx } = await worldWith();
  const request = ["req", "-new", "-key", rsaKeyFile(2560), "-subj", "/CN=gpu-7"];
  const csr = execFileSync("openssl", request, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  expect(await previewIssue(ctx, { profile: "node", csr })).toMatchObject({
    mayBeIssued: true,
    request: { keyAlgorithm: "RSA-2560" },
  });

  const issued = await issueCertificate(ctx, { profile: "node", csr });

  expect(issued).toMatchObject({ status: "active", keyAlgorithm: "RSA-2048" });
  const detail = await getCertificate(ctx, { serial: issued.serial });
  expect(detail.keyAlgorithm).toBe("RSA-2560");
  expect(detail.fields).toContainEqual(expect.objectContaining({ values: ["RSA-2560 (2560 bits)"] }));
  const text = ["x509", "-noout", "-text"];
  expect(execFileSync("openssl", text, { input: issued.certificatePem, encoding: "utf8" })).toContain("(2560 bit)");

  await world.runtime.database.writer.write(async (tx) => {
    tx.statement(
      "UPDATE profiles SET rules = json_set(rules, '$.keyTypes', json('[\"RSA-3072\"]')) WHERE name = 'service'",
    ).run();
  });
  await expect(issueCertificate(ctx, { profile: "service", name: "api", csr })).rejects.toMatchObject({
    facts: { findings: [{ code: "key.type" }] },
  });
});

it("issues to keys of every kind, and OpenSSL trusts each chain", async () => {
  const { ctx } = await worldWith({ startsAt: RUN_BEGAN });
  const dir = mkdtempSync(join(tmpdir(), "swarm-openssl-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const bundle = file("bundle.pem", bundleOf(allAuthorities(ctx.read)));
  const leaves: string[] = [];
  for (const algorithm of keyAlgorithms) {
    const csr = await subjectKey(algorithm).request("gpu-7.rack-3", ["dns:gpu-7.rack-3.swarm.local", "ip:10.1.2.3"]);
    const issued = await issueCertificate(ctx, { profile: "node", csr });
    expect(issued.keyAlgorithm).toBe(algorithm);
    file("chain.pem", issued.chainPem);
    leaves.push(file(`${algorithm}.pem`, issued.certificatePem));
  }
  const trust = ["-CAfile", bundle, "-untrusted", join(dir, "chain.pem")];
  const said = execFileSync("openssl", ["verify", "-x509_strict", "-purpose", "sslclient", ...trust, ...leaves]);
  expect(said.toString()).toBe(leaves.map((leaf) => `${leaf}: OK\n`).join(""));
  rmSync(dir, { recursive: true });
});
