import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { subjectKey } from "@/server/testing/subject-key";
import { RUN_BEGAN, testWorld, type World } from "@/server/testing/world";
import { issueCertificate } from "./issue";
import { readTrustAnchors } from "./trust";

let world: World;

afterEach(() => world.close());

const hasCerttool = spawnSync("certtool", ["--version"]).status === 0;

it.skipIf(!hasCerttool).each([
  ["node", "gpu-7", []],
  ["node", "gpu-7.rack-3", ["ip:10.0.0.7"]],
  ["service", "db", ["dns:db.swarm.local", "ip:fd00::7"]],
] as const)("GnuTLS verifies the chain of %s %s with names %o", async (profile, name, sans) => {
  world = await testWorld({ hierarchy: true, startsAt: RUN_BEGAN });
  const issued = await issueCertificate(world.ctx, { profile, csr: await subjectKey().request(name, sans) });
  const dir = mkdtempSync(join(tmpdir(), "swarm-gnutls-"));
  writeFileSync(join(dir, "root.pem"), (await readTrustAnchors(world.ctx)).pem);
  const input = issued.certificatePem + issued.chainPem;
  const args = ["--verify", "--load-ca-certificate", join(dir, "root.pem")];
  expect(execFileSync("certtool", args, { input }).toString()).toContain("Chain verification output: Verified");
  rmSync(dir, { recursive: true });
});
