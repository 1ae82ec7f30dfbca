import { existsSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { openRuntime } from "@/server/platform/composition";
import { testWorld, type World } from "@/server/testing/world";

let world: World;
afterEach(() => world.close());

const secret = Buffer.from("correct horse battery staple");

describe("the master key", () => {
  it("may be a passphrase, which then has to be the same one", async () => {
    world = await testWorld({ environment: { SWARM_MASTER_PASSPHRASE: "a long passphrase" } });
    const { settings } = world.runtime;
    expect(existsSync(settings.masterKeyFile)).toBe(false);
    expect(world.ctx.keyProtection()).toEqual({ master: "passphrase", besideDatabase: false });
    const sealed = world.ctx.seal("a", secret);

    const again = await openRuntime(settings, "test");
    expect(Buffer.from(again.contextFor(world.ctx.actor, world.ctx.origin).unseal("a", sealed))).toEqual(secret);
    again.close();
    await expect(openRuntime({ ...settings, masterPassphrase: "another" }, "test")).rejects.toMatchObject({
      code: "key.master_wrong",
    });
    await expect(openRuntime({ ...settings, masterPassphrase: undefined }, "test")).rejects.toMatchObject({
      code: "key.master_missing",
    });
  });
});
