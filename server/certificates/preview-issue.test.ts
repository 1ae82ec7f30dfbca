import { afterEach, expect, it } from "vitest";
import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import { describeCertificate } from "@/server/engines/x509/certificate-text";
import { decodePem } from "@/server/engines/x509/pem";
import { subjectKey } from "@/server/testing/subject-key";
import { AUDITOR, testWorld, type World } from "@/server/testing/world";
import { issueCertificate } from "./issue";
import { previewIssue } from "./preview-issue";
import { tryRequest } from "./try-request";

let world: World;

afterEach(() => world.close());

it("shows every field exactly as it is signed afterwards", async () => {
  world = await testWorld({ hierarchy: true });
  const csr = await subjectKey().request("gpu-7", ["dns:gpu-7.swarm.local"]);
  const input = { profile: "node", csr, names: ["10.0.0.7"], hours: 12 };

  const preview = await previewIssue(world.ctx, input);
  expect(world.trail()).toEqual([]);
  const issued = await issueCertificate(world.ctx, input);

  const signed = describeCertificate(parseCertificate(decodePem("CERTIFICATE", issued.certificatePem)));
  const shown = signed.filter((field) => field.label !== "Serial number" && field.label !== "Signature");
  expect(shown.length).toBeGreaterThan(10);
  expect(preview.fields).toEqual(shown);
  expect(preview).toMatchObject({
    mayBeIssued: true,
    findings: [],
    sans: issued.sans,
    hours: 12,
    notAfter: issued.notAfter,
    identity: { name: "gpu-7", isNew: true },
    request: { keyAlgorithm: "P-256", requestedSans: ["dns:gpu-7.swarm.local"] },
  });
});

it("shows every finding at once, and no fields", async () => {
  world = await testWorld({ hierarchy: true });
  const csr = await subjectKey().request("gpu-7", ["dns:db.example.com"]);
  const preview = await previewIssue(world.ctx, { profile: "node", csr, names: ["8.8.8.8", "no name"], hours: 10_000 });
  expect(preview.findings.map((finding) => finding.code).sort()).toEqual([
    "name.dns",
    "name.ip",
    "name.malformed",
    "validity.too_long",
  ]);
  expect(preview).toMatchObject({ mayBeIssued: false, fields: [] });
});

it("shows that a machine of the other kind has the name, and issuing ends with the same", async () => {
  world = await testWorld({ hierarchy: true });
  await issueCertificate(world.ctx, { profile: "service", csr: await subjectKey().request("db") });
  const input = { profile: "node", csr: await subjectKey().request("db") };
  const preview = await previewIssue(world.ctx, input);
  expect(preview).toMatchObject({ mayBeIssued: false, findings: [{ code: "identity.machine_name_taken" }] });
  await expect(issueCertificate(world.ctx, input)).rejects.toMatchObject({ code: "identity.machine_name_taken" });
});

it("shows what cannot be read as a finding", async () => {
  world = await testWorld({ hierarchy: true });
  const preview = await previewIssue(world.ctx, { profile: "node", csr: "hello" });
  expect(preview).toMatchObject({ request: null, findings: [{ code: "certificate.request_unreadable" }] });
});

it("is refused to those who may not issue", async () => {
  world = await testWorld({ hierarchy: true, as: AUDITOR });
  const csr = await subjectKey().request("gpu-7");
  for (const text of [csr, "hello"]) {
    await expect(previewIssue(world.ctx, { profile: "node", csr: text })).rejects.toMatchObject({
      code: "kernel.forbidden",
    });
  }
});

it("lets an auditor try a request against a profile, and says which rule refuses it", async () => {
  world = await testWorld({ hierarchy: true, as: AUDITOR });
  const good = await subjectKey().request("gpu-7", ["dns:gpu-7.swarm.local"]);
  expect(await tryRequest(world.ctx, { profile: "node", csr: good })).toMatchObject({
    isAccepted: true,
    identityName: "gpu-7",
    findings: [],
  });
  const bad = await subjectKey().request("gpu-7", ["dns:db.example.com"]);
  expect(await tryRequest(world.ctx, { profile: "node", csr: bad })).toMatchObject({
    isAccepted: false,
    findings: [{ rule: 2, message: "SAN `db.example.com` is outside `*.swarm.local`, rule 2" }],
  });
  expect(await tryRequest(world.ctx, { profile: "node", csr: "hello" })).toMatchObject({
    isAccepted: false,
    request: null,
  });
});
