import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { subjectKey } from "@/server/testing/subject-key";
import { RUN_BEGAN, testWorld, type World } from "@/server/testing/world";
import { authenticateCertificate } from "./authenticate";
import { downloadAuthority, getAuthority, listAuthorities } from "./authorities";
import { downloadCertificate } from "./download";
import { getCertificate } from "./get";
import { issueCertificate } from "./issue";
import { getProfile, listProfiles } from "./profiles";
import { renew } from "./renew";
import { whoAmI } from "./whoami";

let world: World;

afterEach(() => world.close());

async function issued() {
  world = await testWorld({ hierarchy: true, startsAt: RUN_BEGAN });
  return issueCertificate(world.ctx, { profile: "node", csr: await subjectKey().request("gpu-7") });
}

/** Runs a line of a page in a directory that holds a downloaded file. */
function runProof(proof: { command: string }, file: { fileName: string; base64: string }): string[] {
  const dir = mkdtempSync(join(tmpdir(), "swarm-proof-"));
  writeFileSync(join(dir, file.fileName), Buffer.from(file.base64, "base64"));
  const [command = "", ...args] = proof.command.split(" ");
  const printed = execFileSync(command, args, { cwd: dir }).toString().trim().split("\n");
  rmSync(dir, { recursive: true });
  return printed;
}

it("tells everything about a certificate, and a line of openssl says the same", async () => {
  const { serial, certificatePem, chainPem } = await issued();
  const detail = await getCertificate(world.ctx, { serial });

  expect(detail).toMatchObject({
    status: "active",
    spiffeId: "spiffe://swarm.local/node/gpu-7",
    identity: { kind: "node", name: "gpu-7", state: "active" },
    pem: certificatePem,
    chain: [
      { role: "leaf", status: "valid" },
      { role: "issuing", name: "Nodes CA" },
      { role: "root", name: "Root CA" },
    ],
    crlUrl: "http://127.0.0.1:8080/crl/nodes.crl",
    keptItsKey: null,
    renewalFailure: null,
    alerts: [],
    issuedByName: "Priya Nair",
    issuedFrom: "192.0.2.7",
  });
  const pem = await downloadCertificate(world.ctx, { serial, form: "pem" });
  expect(runProof(detail.proof, pem)).toEqual(detail.proof.expected);
  const chain = await downloadCertificate(world.ctx, { serial, form: "chain" });
  expect(Buffer.from(chain.base64, "base64").toString()).toBe(certificatePem + chainPem);
});

it("shows the generations around a certificate and counts the older ones", async () => {
  const first = await issued();
  const serials = [first.serial];
  let presented: { serial: string; fingerprint: string } = first;
  for (let generation = 0; generation < 15; generation++) {
    const machine = world.as(await authenticateCertificate(world.ctx, presented));
    const { serial } = await renew(machine, { csr: await subjectKey().request("gpu-7") });
    presented = await getCertificate(world.ctx, { serial });
    serials.push(serial);
  }
  const last = await getCertificate(world.ctx, presented);
  expect(last.generations.map((generation) => generation.serial)).toEqual(serials.slice(5));
  expect(last.olderGenerations).toBe(5);
  expect((await getCertificate(world.ctx, first)).generations.map((generation) => generation.serial)).toEqual(
    serials.slice(0, 11),
  );
});

it("tells who a machine is by its certificate", async () => {
  const certificate = await issued();
  const machine = world.as(await authenticateCertificate(world.ctx, certificate));
  expect(await whoAmI(machine)).toMatchObject({
    kind: "node",
    name: "gpu-7",
    spiffeId: "spiffe://swarm.local/node/gpu-7",
    serial: certificate.serial,
  });
  await expect(whoAmI(world.ctx)).rejects.toMatchObject({ code: "kernel.unauthenticated" });
});

it("shows the hierarchy with its counts, constraints and CRLs", async () => {
  await issued();
  const { authorities, keyProtection } = await listAuthorities(world.ctx);
  expect(authorities.map(({ slug, pathLength, counts, crl }) => [slug, pathLength, counts.valid, crl?.state])).toEqual([
    ["root", 1, 0, "fresh"],
    ["nodes", 0, 1, "fresh"],
    ["services", 0, 0, "fresh"],
    ["users", 0, 0, "fresh"],
  ]);
  expect(keyProtection).toEqual({ master: "file", besideDatabase: true });

  const nodes = await getAuthority(world.ctx, { authority: "nodes" });
  expect(nodes.constraints).toContainEqual({ label: "Permitted DNS names", values: ["swarm.local"] });
  expect(nodes.profiles).toMatchObject([{ name: "node" }]);
  const pem = await downloadAuthority(world.ctx, { authority: "nodes", form: "pem" });
  expect(runProof(nodes.proof, pem)).toEqual(nodes.proof.expected);
  await expect(getAuthority(world.ctx, { authority: "none" })).rejects.toMatchObject({ code: "kernel.missing" });
});

it("shows the built-in profiles", async () => {
  world = await testWorld({ hierarchy: true });
  expect((await listProfiles(world.ctx)).map((profile) => profile.name)).toEqual(["node", "service", "user"]);
  expect(await getProfile(world.ctx, { profile: "node" })).toMatchObject({
    kind: "node",
    authority: { slug: "nodes" },
  });
  await expect(getProfile(world.ctx, { profile: "none" })).rejects.toMatchObject({ code: "kernel.missing" });
});

it("reads nothing to somebody who may not, and leaves the refusal", async () => {
  world = await testWorld({ hierarchy: true });
  const { serial } = await issueCertificate(world.ctx, { profile: "node", csr: await subjectKey().request("gpu-7") });
  world.forget();
  const nobody = world.as({ roles: [] });
  await expect(getCertificate(nobody, { serial })).rejects.toMatchObject({ code: "kernel.forbidden" });
  await expect(downloadCertificate(nobody, { serial, form: "pem" })).rejects.toMatchObject({
    code: "kernel.forbidden",
  });
  await expect(listAuthorities(nobody)).rejects.toMatchObject({ code: "kernel.forbidden" });
  await expect(listProfiles(nobody)).rejects.toMatchObject({ code: "kernel.forbidden" });
  expect(world.trail().map((entry) => entry.outcome)).toEqual(["refused", "refused", "refused", "refused"]);
});
