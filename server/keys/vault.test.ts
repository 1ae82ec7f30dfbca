import { createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { authorize, commit } from "@/server/kernel/permit";
import { openRuntime } from "@/server/platform/composition";
import { testWorld, type World } from "@/server/testing/world";
import { makeKeyFile } from "./master-key";

let world: World;
afterEach(() => world.close());

const secret = Buffer.from("correct horse battery staple");

describe("sealing", () => {
  it("opens with the label it was sealed under and with no other", async () => {
    world = await testWorld();
    const sealed = world.ctx.seal("totp_secrets/usr_1/sealed", secret);
    expect(Buffer.from(world.ctx.unseal("totp_secrets/usr_1/sealed", sealed))).toEqual(secret);
    expect(() => world.ctx.unseal("totp_secrets/usr_2/sealed", sealed)).toThrow("altered or moved");
  });

  it("does not open when any byte differs", async () => {
    world = await testWorld();
    const sealed = world.ctx.seal("a", secret);
    for (let index = 0; index < sealed.length; index++) {
      const altered = Uint8Array.from(sealed);
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(() => world.ctx.unseal("a", altered), `byte ${index}`).toThrow();
    }
  });
});

describe("keys", () => {
  it.each(["P-256", "P-384", "Ed25519"] as const)("makes, keeps and signs with a %s key", async (algorithm) => {
    world = await testWorld({ may: "all" });
    const key = await world.ctx.makeKey(algorithm, "authority");
    const permit = await authorize(world.ctx, "key.create", { type: "Key", id: key.id });
    await commit(permit, async (tx) => ({
      value: await world.ctx.keepKey(tx, key, world.ctx.now()),
      event: { kind: "key.created" },
    }));
    const signature = await world.ctx.sign(key.id, secret);
    const publicKey = createPublicKey({ key: Buffer.from(key.publicKey), format: "der", type: "spki" });
    const digest = { "P-256": "sha256", "P-384": "sha384", Ed25519: null }[algorithm];
    expect(verify(digest, secret, publicKey, signature)).toBe(true);
    await expect(world.ctx.listenerKey(key.id)).rejects.toMatchObject({ code: "kernel.missing" });
  });
});

describe("the master key", () => {
  it("is a file that only its owner reads", async () => {
    world = await testWorld();
    expect(statSync(world.runtime.settings.masterKeyFile).mode & 0o777).toBe(0o600);
    expect(world.ctx.keyProtection()).toEqual({ master: "file", besideDatabase: true });
  });

  it("stops the start when it is missing, and is not made anew", async () => {
    world = await testWorld();
    const { masterKeyFile } = world.runtime.settings;
    rmSync(masterKeyFile);
    await expect(openRuntime(world.runtime.settings, "test")).rejects.toMatchObject({ code: "key.master_missing" });
    expect(existsSync(masterKeyFile)).toBe(false);
  });

  it("stops the start when it is another one, and changes nothing", async () => {
    world = await testWorld();
    const { settings } = world.runtime;
    const before = readFileSync(settings.databaseFile);
    rmSync(settings.masterKeyFile);
    makeKeyFile(settings.masterKeyFile, Buffer.alloc(32, 7), "draft");
    const wrong = readFileSync(settings.masterKeyFile);
    await expect(openRuntime(settings, "test")).rejects.toMatchObject({ code: "key.master_wrong" });
    expect(readFileSync(settings.masterKeyFile)).toEqual(wrong);
    expect(readFileSync(settings.databaseFile).equals(before)).toBe(true);
  });

  it("stops the start before newer code changes the tables", async () => {
    world = await testWorld();
    const { settings, database } = world.runtime;
    const version = () => database.read.statement("SELECT max(created_at) AS at FROM __drizzle_migrations").get();
    await database.writer.write(async (tx) => {
      tx.statement(
        "DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)",
      ).run();
    });
    const before = version();
    rmSync(settings.masterKeyFile);
    await expect(openRuntime(settings, "test")).rejects.toMatchObject({ code: "key.master_missing" });
    expect(version()).toEqual(before);
  });

  it("stops the start when others may read the file", async () => {
    world = await testWorld();
    const { masterKeyFile } = world.runtime.settings;
    const text = readFileSync(masterKeyFile);
    rmSync(masterKeyFile);
    writeFileSync(masterKeyFile, text, { mode: 0o644 });
    await expect(openRuntime(world.runtime.settings, "test")).rejects.toMatchObject({ code: "key.master_wrong" });
  });

  it("may be a passphrase, and then it is that one", async () => {
    world = await testWorld();
    const dataDir = join(world.runtime.settings.dataDir, "by-passphrase");
    const settings = { ...world.runtime.settings, dataDir, databaseFile: join(dataDir, "swarm.db") };
    (await openRuntime({ ...settings, masterPassphrase: "a long passphrase" }, "test")).close();
    await expect(openRuntime({ ...settings, masterPassphrase: "another" }, "test")).rejects.toMatchObject({
      code: "key.master_wrong",
    });
  });
});
