import { afterEach, beforeEach, expect, it } from "vitest";
import { subjectKey } from "@/server/testing/subject-key";
import { ANONYMOUS, processActor, testWorld, type World } from "@/server/testing/world";
import { enroll } from "./enroll";
import { issueCertificate } from "./issue";
import { createJoinToken } from "./join-tokens";
import { listenerCredentials } from "./listener";
import { previewIssue } from "./preview-issue";

let world: World;
beforeEach(async () => {
  world = await testWorld({ hierarchy: true });
});
afterEach(() => world.close());

async function listen(...names: string[]): Promise<void> {
  await listenerCredentials(world.as(processActor("gateway")), { listener: "gateway", names });
  world.forget();
}

const request = (name: string) => subjectKey().request(name);

it("refuses a machine the DNS name of our own gateway, on every way to a certificate", async () => {
  const { token } = await createJoinToken(world.ctx, { kind: "node", name: "gateway" });
  await listen("gateway.swarm.local", "10.0.0.1");
  const reserved = { code: "certificate.name_reserved", fault: "conflict" };

  const issuing = { profile: "service", csr: await request("gateway") };
  await expect(issueCertificate(world.ctx, issuing)).rejects.toMatchObject(reserved);
  expect(await previewIssue(world.ctx, issuing)).toMatchObject({
    mayBeIssued: false,
    findings: [{ code: reserved.code }],
  });
  await expect(createJoinToken(world.ctx, { kind: "node", name: "gateway" })).rejects.toMatchObject(reserved);
  const enrolling = enroll(world.as(ANONYMOUS), { token, csr: await request("gateway") });
  await expect(enrolling).rejects.toMatchObject(reserved);
  expect(world.ctx.read.statement("SELECT count(*) AS n FROM certificates").get()).toEqual({ n: 0 });
});

it("goes by the names of now, and takes no other name away", async () => {
  await listen("gateway.swarm.local");
  await expect(createJoinToken(world.ctx, { kind: "node", name: "gateway-2" })).resolves.toMatchObject({});
  await listen("edge.swarm.local");
  await expect(createJoinToken(world.ctx, { kind: "node", name: "gateway" })).resolves.toMatchObject({});
  await expect(createJoinToken(world.ctx, { kind: "node", name: "edge" })).rejects.toMatchObject({
    code: "certificate.name_reserved",
  });
});
