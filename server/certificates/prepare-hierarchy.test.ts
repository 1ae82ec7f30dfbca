import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import { encodePem } from "@/server/engines/x509/pem";
import { authorize, commit } from "@/server/kernel/permit";
import { subjectKey } from "@/server/testing/subject-key";
import { makeHierarchy, RUN_BEGAN, testWorld, type World } from "@/server/testing/world";
import { allAuthorities } from "./authority-store";
import { readCrl } from "./crl";
import { issueCertificate } from "./issue";
import { publishCrl } from "./publish-crl";
import { revokeCertificate } from "./revoke";
import { readAuthorityCertificate, readIssuers, readTrustAnchors } from "./trust";

let world: World;

afterEach(() => world.close());

it("makes a root and an authority for each kind, constrained and of ten and three years", async () => {
  world = await testWorld({ hierarchy: true });
  const made = allAuthorities(world.ctx.read).map((row) => ({ row, certificate: parseCertificate(row.certificate) }));
  expect(
    made.map(({ row, certificate }) => [row.slug, certificate.basicConstraints, certificate.notAfter.getUTCFullYear()]),
  ).toEqual([
    ["root", { authority: true, pathLength: 1 }, 2036],
    ["nodes", { authority: true, pathLength: 0 }, 2029],
    ["services", { authority: true, pathLength: 0 }, 2029],
    ["users", { authority: true, pathLength: 0 }, 2029],
  ]);
  const nodes = made.find(({ row }) => row.slug === "nodes")?.certificate;
  expect(nodes?.nameConstraints?.permitted.dns).toEqual(["swarm.local"]);
  expect(nodes?.crlUrls).toEqual(["http://127.0.0.1:8080/crl/root.crl"]);
});

it("is made once", async () => {
  world = await testWorld({ hierarchy: true });
  await expect(makeHierarchy(world.as({ kind: "terminal" }))).rejects.toMatchObject({
    code: "certificate.already_set_up",
  });
  expect(allAuthorities(world.ctx.read)).toHaveLength(4);
});

it("keeps nothing when the deed that it belongs to fails", async () => {
  world = await testWorld({ may: "all" });
  const { ctx } = world;
  const request = { organisation: "Swarm Test", trustDomain: "swarm.local", algorithm: "P-256" } as const;
  const prepared = await ctx.prepareHierarchy(ctx, request);
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  await expect(
    commit(permit, async (tx) => {
      await prepared.write(tx);
      throw new Error("something else failed");
    }),
  ).rejects.toThrow("something else failed");
  expect(allAuthorities(ctx.read)).toEqual([]);
  expect(ctx.read.statement("SELECT count(*) AS n FROM keys").get()).toEqual({ n: 0 });
});

it.each(["P-256", "P-384", "Ed25519"] as const)(
  "OpenSSL verifies chain and CRL of %s authorities",
  async (algorithm) => {
    world = await testWorld({ may: "all", startsAt: RUN_BEGAN });
    const { ctx } = world;
    const prepared = await ctx.prepareHierarchy(ctx, {
      organisation: "Swarm Test",
      trustDomain: "swarm.local",
      algorithm,
    });
    const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
    await commit(permit, async (tx) => {
      await ctx.foundOrganisation(tx, { name: "Swarm Test", trustDomain: "swarm.local", at: ctx.now() });
      return { value: await prepared.write(tx), event: { kind: "setup.finished" } };
    });
    const csr = await subjectKey().request("gpu-7", ["dns:gpu-7.swarm.local", "ip:10.0.0.7"]);
    const issued = await issueCertificate(ctx, { profile: "node", csr });

    const dir = mkdtempSync(join(tmpdir(), "swarm-openssl-"));
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(dir, name), content);
      return join(dir, name);
    };
    const root = file("root.pem", (await readTrustAnchors(ctx)).pem);
    const issuers = file("issuers.pem", (await readIssuers(ctx)).pem);
    const leaf = file("leaf.pem", issued.certificatePem);
    const verify = async () => {
      const lists = await Promise.all(["root", "nodes"].map(async (slug) => (await readCrl(ctx, slug)).der));
      const crls = file("crls.pem", lists.map((der) => encodePem("X509 CRL", der)).join(""));
      const args = [
        "verify",
        "-x509_strict",
        "-crl_check_all",
        "-CAfile",
        root,
        "-untrusted",
        issuers,
        "-CRLfile",
        crls,
        leaf,
      ];
      return execFileSync("openssl", args, { stdio: "pipe" }).toString();
    };
    expect(await verify()).toContain("OK");
    await revokeCertificate(ctx, { serial: issued.serial, reason: "keyCompromise" });
    await publishCrl(ctx, { authority: "nodes" });
    await expect(verify()).rejects.toThrow(/certificate revoked/);
    rmSync(dir, { recursive: true });
  },
);

it("serves anchors and authorities to anybody", async () => {
  world = await testWorld({ hierarchy: true });
  const stranger = world.as({ kind: "anonymous", id: "anonymous", roles: [] });
  expect((await readTrustAnchors(stranger)).pem.match(/BEGIN/g)).toHaveLength(1);
  expect((await readIssuers(stranger)).pem.match(/BEGIN/g)).toHaveLength(3);
  const { der, etag } = await readAuthorityCertificate(stranger, "nodes");
  expect(parseCertificate(der).subject.text).toContain("Nodes CA");
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  await expect(readAuthorityCertificate(stranger, "none")).rejects.toMatchObject({ code: "kernel.missing" });
});
