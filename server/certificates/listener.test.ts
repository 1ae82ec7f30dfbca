import { createPrivateKey, X509Certificate } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import { processActor, testWorld, type World } from "@/server/testing/world";
import { listenerCredentials } from "./listener";

const DAY = 24 * 3_600_000;
const NAMES = ["localhost", "127.0.0.1", "gateway.example.com"];
let world: World;

afterEach(() => world.close());

async function ask(names = NAMES) {
  return listenerCredentials(world.as(processActor("gateway")), { listener: "gateway", names });
}

it("makes a certificate for the names, with the key that belongs to it, once", async () => {
  world = await testWorld({ hierarchy: true });
  const first = await ask();

  const leaf = new X509Certificate(first.certificatePem);
  expect(leaf.checkPrivateKey(createPrivateKey(first.keyPem))).toBe(true);
  expect(leaf.checkHost("gateway.example.com")).toBe("gateway.example.com");
  expect(leaf.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(first.certificatePem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(await ask()).toEqual(first);
  expect(world.trail()).toMatchObject([{ kind: "server_certificate.issued", detail: { serial: first.serial } }]);
  expect(JSON.stringify(world.trail())).not.toContain("PRIVATE KEY");
});

it("makes a new one at two thirds of its life, and when the names change", async () => {
  world = await testWorld({ hierarchy: true });
  const first = await ask();
  world.clock.advance(20 * DAY - 60_000);
  expect((await ask()).serial).toBe(first.serial);
  world.clock.advance(60_000);
  const second = await ask();
  expect(second.serial).not.toBe(first.serial);
  expect(second.notAfter.getTime()).toBe(world.clock.now().getTime() + 30 * DAY);
  const third = await ask([...NAMES, "10.0.0.1"]);
  expect(third.serial).not.toBe(second.serial);
  expect((await ask([...NAMES, "10.0.0.1"].reverse())).serial).toBe(third.serial);
});

it("is for our own processes only, and for nobody before the setup", async () => {
  world = await testWorld({ hierarchy: true });
  await expect(listenerCredentials(world.ctx, { listener: "gateway", names: NAMES })).rejects.toMatchObject({
    code: "kernel.forbidden",
  });
  world.close();
  world = await testWorld();
  await expect(ask()).rejects.toMatchObject({ code: "certificate.not_set_up" });
});
