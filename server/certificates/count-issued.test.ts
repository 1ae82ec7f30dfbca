import { afterEach, expect, it } from "vitest";
import { subjectKey } from "@/server/testing/subject-key";
import { testWorld, type World } from "@/server/testing/world";
import { getAuthority, listAuthorities } from "./authorities";
import { issueCertificate } from "./issue";
import { revokeCertificate } from "./revoke";

let world: World;
afterEach(() => world.close());

it("counts what an authority issued, what is valid of it and what was revoked", async () => {
  world = await testWorld({ hierarchy: true });
  const first = await issueCertificate(world.ctx, {
    profile: "node",
    csr: await subjectKey().request("gpu-1"),
    hours: 2,
  });
  await issueCertificate(world.ctx, { profile: "node", csr: await subjectKey().request("gpu-2"), hours: 1 });
  await issueCertificate(world.ctx, { profile: "node", csr: await subjectKey().request("gpu-3"), hours: 2 });
  await revokeCertificate(world.ctx, { serial: first.serial });
  world.clock.advance(90 * 60_000);

  const nodes = await getAuthority(world.ctx, { authority: "nodes" });
  expect(nodes.counts).toEqual({ issued: 3, valid: 1, revoked: 1 });
  const { authorities } = await listAuthorities(world.ctx);
  expect(authorities.find(({ slug }) => slug === "nodes")?.counts).toEqual(nodes.counts);
  expect(authorities.find(({ slug }) => slug === "users")?.counts).toEqual({ issued: 0, valid: 0, revoked: 0 });
});
